"""Coupons in members' hands: issued, used, given back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind

_STATE = "UPDATE coupon SET state = ?, seq = ? WHERE id = ?"


def _issue(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    assert event.member is not None, "a coupon has an owner"
    body = event.body
    span = (body["template"], body["valid_from"], body["valid_until"])
    to.execute(
        "INSERT INTO coupon (id, member, template, valid_from, valid_until, state, seq)"
        " VALUES (?, ?, ?, ?, ?, 'held', ?)"
        " ON CONFLICT (id) DO UPDATE SET member = excluded.member, seq = excluded.seq",
        (UUID(body["coupon"]).bytes, event.member.bytes, *span, event.seq),
    )
    if "paper" in body:
        # What was granted to the paper for a time is the member's now.
        to.execute("DELETE FROM hold_term WHERE member = ?", (UUID(body["coupon"]).bytes,))


def _use(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    for used in event.body["coupons"]:
        to.execute(_STATE, ("used", event.seq, UUID(used["coupon"]).bytes))


def _give_back(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    for back in event.body["coupons_back"]:
        held = UUID(back["coupon"]).bytes
        to.execute(_STATE, ("held", event.seq, held))
        to.execute("UPDATE coupon SET valid_until = ? WHERE id = ?", (back["valid_until"], held))


TOPIC = {
    Kind.COUPON_ISSUE: _issue,
    Kind.SALE: _use,
    Kind.REFUND: _give_back,
    Kind.VOID: _give_back,
}
