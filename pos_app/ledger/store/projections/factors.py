"""Factors: the verifier of each member's PIN, and how often it was missed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pos_app.ids import MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind
from pos_app.ledger.store.projections import failures


def _set_pin(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    member = _member(event)
    to.execute("DELETE FROM pin WHERE member = ?", (member.bytes,))
    if private is not None:
        row = (member.bytes, private["verifier"], event.seq)
        to.execute("INSERT INTO pin (member, verifier, seq) VALUES (?, ?, ?)", row)
    failures.forget(to, member)


def _fail(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    failures.add(to, event, _member(event))


def _pass(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    """Forget the failures in a row; the right PIN may have been hashed anew."""
    failures.clear(to, _member(event))
    if private is not None:
        renewed = (private["verifier"], event.seq, _member(event).bytes)
        to.execute("UPDATE pin SET verifier = ?, seq = ? WHERE member = ?", renewed)


def _member(event: Event) -> MemberId:
    assert event.member is not None, "a PIN has an owner"
    return event.member


TOPIC = {Kind.PIN_SET: _set_pin, Kind.PIN_FAIL: _fail, Kind.PIN_PASS: _pass}
