"""Documents shown: that one was, never what it said, and until when the record is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind

_TAKE = (
    "INSERT INTO real_name (event_id, member, sealed_for, kept_until, seq) VALUES (?, ?, ?, ?, ?)"
)
_KEEP = "UPDATE real_name SET kept_until = max(kept_until, ?) WHERE event_id = ?"


def _take(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    """Note a record; one whose sidecar was deleted is no longer there."""
    if private is not None:
        assert event.member is not None, "a document is a member's"
        about = (event.body["sealed_for"], event.body["kept_until"], event.seq)
        to.execute(_TAKE, (event.id.bytes, event.member.bytes, *about))


def _refer(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    if "real_name" in event.body:
        until = event.body["real_name_until"]
        to.execute(_KEEP, (until, UUID(event.body["real_name"]).bytes))


TOPIC = {Kind.REAL_NAME: _take, Kind.TOPUP: _refer}
