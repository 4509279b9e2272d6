"""Operators: who may sign in, and how often their number was tried in vain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind
from pos_app.ledger.store.projections import failures

_ADD = (
    "INSERT INTO operator (id, number, name, role, verifier, active, seq)"
    " VALUES (?, ?, ?, ?, ?, 1, ?)"
)


def _appoint(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    person = private or {"name": "", "verifier": ""}
    who = (UUID(event.body["id"]).bytes, event.body["number"], person["name"], event.body["role"])
    to.execute(_ADD, (*who, person["verifier"], event.seq))


def _edit(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    """Copy what the edit names: name and role, active (0 or 1), a new PIN, the end of a lock."""
    target = (event.seq, UUID(event.body["id"]).bytes)
    if "role" in event.body:
        named = ("" if private is None else private["name"], event.body["role"], *target)
        to.execute("UPDATE operator SET name = ?, role = ?, seq = ? WHERE id = ?", named)
    if "active" in event.body:
        active = (event.body["active"], *target)
        to.execute("UPDATE operator SET active = ?, seq = ? WHERE id = ?", active)
    if "pin" in event.body:
        verifier = ("" if private is None else private["verifier"], *target)
        to.execute("UPDATE operator SET verifier = ?, seq = ? WHERE id = ?", verifier)
    if "unlocked" in event.body:
        failures.forget(to, UUID(event.body["unlocked"]))


def _fail(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    failures.add(to, event, UUID(event.body["subject"]))


def _pass(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    """End the row of wrong PINs: a sign-in or an approval was proved by the right one."""
    if "subject" in event.body:
        failures.clear(to, UUID(event.body["subject"]))


TOPIC = {
    Kind.OPERATOR_NEW: _appoint,
    Kind.OPERATOR_EDIT: _edit,
    Kind.SIGN_IN: _pass,
    Kind.SIGN_IN_FAIL: _fail,
    Kind.NOTE: _pass,
}
