"""The way to HQ for who stands waiting: a lane of its own, beside the ledger's."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.sync.errands import Errands
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class Far:
    """Errands to HQ, and the lane on which they are run."""

    work: Work
    errands: Errands
