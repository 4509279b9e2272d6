"""The sentence for every fact: what happened, what is safe, what to do."""

from __future__ import annotations

from pos_app.errors import PosError
from pos_app.ui.sentences import (
    closings,
    copies,
    hq,
    ledger_file,
    members,
    operators,
    payments,
    printers,
    programmes,
    refunds,
    rights,
    topups,
)
from pos_app.ui.sentences.said import said

# Each of these files has taught `said` the facts of its topic by being imported.
TOPICS = (
    closings,
    copies,
    hq,
    ledger_file,
    members,
    operators,
    payments,
    printers,
    programmes,
    refunds,
    rights,
    topups,
)


def sentence(fact: PosError) -> str:
    """Return one plain sentence, or two, in the language now spoken."""
    return said(fact)
