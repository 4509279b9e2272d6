"""Members: who they are, and under which tokens they are found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pos_app.ledger.rules.manual_tier import manual_text
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind
from pos_app.ledger.store.tokens import Findable, tokens_of

NOBODY: Mapping[str, Any] = {
    "phone": None,
    "name": "",
    "gender": "",
    "birthday": None,
    "lunar": 0,
    "card": None,
    "note": "",
}
_ENROL = (
    "INSERT INTO member (id, number, status, status_reason, tier, tier_since, joined_on, referrer,"
    " consent_terms, consent_marketing, visits, seq,"
    " phone, name, gender, birthday, lunar, card, note)"
    " VALUES (?, ?, 'normal', '', ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE = (
    "UPDATE member SET phone = ?, name = ?, gender = ?, birthday = ?, lunar = ?, card = ?,"
    " note = ?, seq = ? WHERE id = ?"
)
_PERSON = "SELECT phone, name, gender, birthday, lunar, card, note FROM member WHERE id = ?"


def _enrol(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    body, person = event.body, {**NOBODY, **(private or {})}
    day = event.business_date.isoformat()
    referrer = UUID(body["referrer"]).bytes if "referrer" in body else None
    consents = (body["terms"], body.get("marketing"))
    standing = (_member(event), body["number"], body["tier"], day, day, referrer, *consents)
    to.execute(_ENROL, (*standing, event.seq, *_in_order(person)))
    row, tokens = _tokens(to, event)
    _add(to, row, tokens)


def _edit(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    """Lay the changed fields over the row; a change whose sidecar was deleted empties its field."""
    row, before = _tokens(to, event)
    known = to.execute(_PERSON, (_member(event),)).fetchone()
    new = private or {}
    changed = {field: new.get(field, NOBODY[field]) for field in event.body["fields"]}
    person = {**dict(zip(NOBODY, known, strict=True)), **changed}
    to.execute(_UPDATE, (*_in_order(person), event.seq, _member(event)))
    _copy_facts(to, event)
    _, after = _tokens(to, event)
    _add(to, row, after - before)
    for token in sorted(before - after):
        to.execute("DELETE FROM m_token WHERE tok = ? AND row = ?", (token, row))


def _copy_facts(to: Statements, event: Event) -> None:
    if "marketing" in event.body:
        consent = (event.body["marketing"], _member(event))
        to.execute("UPDATE member SET consent_marketing = ? WHERE id = ?", consent)
    if "birthday_changed" in event.body:
        changed = (event.business_date.isoformat(), _member(event))
        to.execute("UPDATE member SET birthday_changed_on = ? WHERE id = ?", changed)


def _change_status(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    reason = "" if private is None else private["reason"]
    standing = (event.body["status"], reason, event.seq, _member(event))
    to.execute("UPDATE member SET status = ?, status_reason = ?, seq = ? WHERE id = ?", standing)


def _give_tier(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    body, reason = event.body, "" if private is None else private["reason"]
    given = None if body["tier"] is None else manual_text(body["tier"], body["until"], reason)
    told = (given, event.seq, _member(event))
    to.execute("UPDATE member SET tier_manual = ?, seq = ? WHERE id = ?", told)


def _tokens(to: Statements, event: Event) -> tuple[int, frozenset[str]]:
    found = "SELECT row, name, phone, card, number FROM member WHERE id = ?"
    row, *findable = to.execute(found, (_member(event),)).fetchone()
    return int(row), tokens_of(Findable(*findable))


def _add(to: Statements, row: int, tokens: frozenset[str]) -> None:
    for token in sorted(tokens):
        to.execute("INSERT INTO m_token (tok, row) VALUES (?, ?)", (token, row))


def _in_order(person: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(person[field] for field in NOBODY)


def _member(event: Event) -> bytes:
    assert event.member is not None, "an event about a member names them"
    return event.member.bytes


TOPIC = {
    Kind.MEMBER_NEW: _enrol,
    Kind.MEMBER_EDIT: _edit,
    Kind.MEMBER_STATUS: _change_status,
    Kind.MEMBER_TIER: _give_tier,
}
