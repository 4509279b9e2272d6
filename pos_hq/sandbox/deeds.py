"""An event as the sandbox reads it: what was decided by a programme, from its exact bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from pos_app.ledger.rules.forms import FORMS, PLAIN, Form, filled

_EPOCH_START = datetime(1970, 1, 1, tzinfo=UTC)
# What every event is read for; the rest is filled in for those that are priced anew.
_EARNED = {"earned", "taken_back"}
_READ = {
    kind: Form(form.usual, {name: form.inner[name] for name in form.inner.keys() & _EARNED})
    for kind, form in FORMS.items()
}


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
