"""An event as the sandbox reads it: what was decided by a programme, from its exact bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from pos_app.ledger.rules.forms import FORMS, PLAIN, SALE, Form, filled

_EPOCH_START = datetime(1970, 1, 1, tzinfo=UTC)
# The units of a sale are read when its goods come back, and not before.
_READ = {**FORMS, "SALE": Form(SALE.usual, {k: v for k, v in SALE.inner.items() if k != "units"})}


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did at a till, when, and by which version of the rules."""

    id: bytes
    kind: str
    at: datetime
    day: date
    rules: str
    store: str
    of: bytes | None
    body: Mapping[str, Any]

    def whole(self) -> Mapping[str, Any]:
        """Return the body with everything that went without saying."""
        return filled(self.body, FORMS.get(self.kind, PLAIN))


def deed_of(identity: bytes, store: str, payload: bytes) -> Deed:
    """Read an event. Raises LookupError, TypeError, ValueError or AttributeError."""
    value = json.loads(payload)
    kind, of = value["kind"], value.get("of")
    return Deed(
        id=identity,
        kind=kind,
        at=_EPOCH_START + timedelta(milliseconds=value["at"]),
        day=date.fromisoformat(value["day"]),
        rules=value["rules"],
        store=store,
        of=None if of is None else UUID(of).bytes,
        body=filled(value["body"], _READ.get(kind, PLAIN)),
    )
