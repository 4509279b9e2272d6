"""Rights that HQ granted and that went back: their lots, their coupons, and how long they stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind

_LOT = (
    "INSERT INTO lot (id, member, seq, at, paid, bonus) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO NOTHING"
)
_COUPON = (
    "INSERT INTO coupon (id, member, template, valid_from, valid_until, state, seq)"
    " VALUES (?, ?, ?, ?, ?, 'held', ?) ON CONFLICT (id) DO UPDATE SET state = 'held',"
    " valid_from = excluded.valid_from, valid_until = excluded.valid_until, seq = excluded.seq"
)
_GONE = "UPDATE coupon SET state = 'returned', seq = ? WHERE id = ?"
_TERM = (
    "INSERT INTO hold_term (member, purpose, valid_until) VALUES (?, ?, ?)"
    " ON CONFLICT (member) DO UPDATE SET valid_until = max(valid_until, excluded.valid_until),"
    " purpose = min(purpose, excluded.purpose)"
)
_OVER = "DELETE FROM hold_term WHERE member = ?"


def _receive(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    owner = _owner(event)
    for pocket, ref, _amount, about in event.body["lines"]:
        if pocket in {"P", "B"}:
            bought = (about["at"], about["paid"], about["bonus"])
            to.execute(_LOT, (UUID(ref).bytes, owner, event.seq, *bought))
        elif pocket == "CPN":
            span = (about["template"], about["valid_from"], about["valid_until"])
            to.execute(_COUPON, (UUID(ref).bytes, owner, *span, event.seq))
    if event.body["lines"]:
        to.execute(_TERM, (owner, event.body["purpose"], event.body["valid_until"]))
    if private is not None and private.get("pin"):
        to.execute(
            "INSERT INTO pin (member, verifier, seq) VALUES (?, ?, ?) ON CONFLICT (member)"
            " DO UPDATE SET verifier = excluded.verifier, seq = excluded.seq",
            (owner, private["pin"], event.seq),
        )


def _give_up(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    for pocket, ref, _amount in event.body["lines"]:
        if pocket == "CPN":
            to.execute(_GONE, (event.seq, UUID(ref).bytes))
    if event.body["over"]:
        to.execute(_OVER, (_owner(event),))


def _bring(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    """Take in the lots and coupons that a return of another terminal's sale brings here."""
    away = event.body.get("away", {})
    for lot, *bought in away.get("lots", ()):
        to.execute(_LOT, (UUID(lot).bytes, _owner(event), event.seq, *bought))
    for coupon, *span in away.get("coupons", ()):
        to.execute(_COUPON, (UUID(coupon).bytes, _owner(event), *span, event.seq))


def _owner(event: Event) -> bytes:
    assert event.member is not None, "rights have an owner"
    return event.member.bytes


TOPIC = {Kind.GOT: _receive, Kind.RETURN: _give_up, Kind.REFUND: _bring}
