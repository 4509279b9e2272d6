"""Lots of stored value: when each arrived and what was paid for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind, milliseconds


def _arrive(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    assert event.member is not None, "a top-up has an owner"
    lot = UUID(event.body["lot"])
    row = (lot.bytes, event.member.bytes, event.seq, milliseconds(event.at))
    to.execute(
        "INSERT INTO lot (id, member, seq, at, paid, bonus) VALUES (?, ?, ?, ?, ?, ?)",
        (*row, event.body["amount"], event.body["bonus"]),
    )


TOPIC = {Kind.TOPUP: _arrive}
