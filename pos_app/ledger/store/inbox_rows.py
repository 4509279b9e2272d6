"""The feed on file: the latest word on each entity, and when this terminal heard it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pos_app.ids import MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.tokens import Findable, tokens_of

MEMBER = "member"
COLUMNS = (
    "number",
    "phone",
    "name",
    "gender",
    "birthday",
    "lunar",
    "status",
    "status_reason",
    "tier",
    "tier_since",
    "tier_protected_until",
    "tier_source",
    "tier_before",
    "joined_on",
    "card",
    "referrer",
    "note",
    "consent_terms",
    "consent_marketing",
    "last_visit",
    "visits",
    "birthday_changed_on",
)
_NAMES = ", ".join(COLUMNS)
_SETTINGS = ", ".join(f"{name} = ?" for name in COLUMNS)
_INSERT = f"INSERT INTO member (id, seq, {_NAMES}) VALUES (?, ?, {', '.join('?' * len(COLUMNS))})"  # noqa: S608 -- constants only
_UPDATE = f"UPDATE member SET seq = ?, {_SETTINGS} WHERE id = ?"  # noqa: S608 -- constants only
_SELECT = f"SELECT {_NAMES} FROM member WHERE id = ?"  # noqa: S608 -- constants only
_KEEP = (
    "INSERT INTO inbox (entity, id, first_seq, first_feed, after_seq, feed_seq, body)"
    " VALUES (?1, ?2, ?3, ?4, ?3, ?4, ?5) ON CONFLICT (entity, id) DO UPDATE SET"
    " after_seq = excluded.after_seq, feed_seq = excluded.feed_seq, body = excluded.body"
)
# What an entity was first seen as is not kept: until its latest word comes, replay only holds its
# place, so that rows are numbered as they were.
_SCHEDULE = (
    "SELECT first_seq AS place, first_feed AS feed, 1 AS held, id, body FROM inbox"
    " WHERE entity = 'member' AND feed_seq > first_feed"
    " UNION ALL SELECT after_seq, feed_seq, 0, id, body FROM inbox WHERE entity = 'member'"
    " ORDER BY 1, 2"
)
_BYTES = ("tier_source", "referrer")


@dataclass(frozen=True, slots=True)
class Heard:
    """A member's row as the feed told it after an event of this chain; `held` is a mere place."""

    after_seq: int
    held: bool
    id: MemberId
    row: Mapping[str, Any]


def keep(book: Statements, heard: tuple[str, str, int, int], body: Mapping[str, Any]) -> None:
    """Keep the latest word: `heard` is entity, id, the chain's head, and the place in the feed."""
    book.execute(_KEEP, (*heard, json.dumps(body, ensure_ascii=False, sort_keys=True)))


def witness(book: Statements, heard: tuple[str, str, int, int], body: Mapping[str, Any]) -> None:
    """Keep the first word and no later one: whoever changes its story is found out."""
    known = book.execute("SELECT 1 FROM inbox WHERE entity = ? AND id = ?", heard[:2]).fetchone()
    if known is None:
        keep(book, heard, body)


def schedule(book: Statements) -> Iterator[Heard]:
    """Yield what the feed told about members, in the order in which it was taken."""
    for place, _feed, held, member, body in book.execute(_SCHEDULE).fetchall():
        yield Heard(place, bool(held), MemberId(UUID(member)), json.loads(body))


def member_as_kept(book: Statements, member: MemberId) -> dict[str, Any] | None:
    """Return the member's row as the feed spells it; None for one not known here."""
    row = book.execute(_SELECT, (member.bytes,)).fetchone()
    if row is None:
        return None
    named = dict(zip(COLUMNS, row, strict=True))
    return named | {name: None if named[name] is None else named[name].hex() for name in _BYTES}


def lay_member(to: Statements, heard: Heard) -> None:
    """Write the member's row and tokens as the feed told them."""
    if heard.held:
        _hold_place(to, heard)
        return
    before = _tokens(to, heard.id)
    _free(to, heard)
    values = tuple(_value(name, heard.row.get(name)) for name in COLUMNS)
    if before is None:
        to.execute(_INSERT, (heard.id.bytes, heard.after_seq, *values))
    else:
        to.execute(_UPDATE, (heard.after_seq, *values, heard.id.bytes))
    row, after = _found(to, heard.id)
    for token in sorted(after - (before or frozenset())):
        to.execute("INSERT INTO m_token (tok, row) VALUES (?, ?)", (token, row))
    for token in sorted((before or frozenset()) - after):
        to.execute("DELETE FROM m_token WHERE tok = ? AND row = ?", (token, row))


def _hold_place(to: Statements, heard: Heard) -> None:
    if _tokens(to, heard.id) is None:
        nobody = {**heard.row, "phone": None, "card": None, "name": "", "birthday": None}
        lay_member(to, Heard(heard.after_seq, held=False, id=heard.id, row=nobody))


def _free(to: Statements, heard: Heard) -> None:
    """Take phone and card from whoever else holds them here: HQ has decided whose they are."""
    for name in ("phone", "card"):
        wanted = heard.row.get(name)
        if wanted is None:
            continue
        found = to.execute(
            f"SELECT id FROM member WHERE {name} = ? AND id <> ?",  # noqa: S608 -- constants only
            (wanted, heard.id.bytes),
        ).fetchone()
        if found is not None:
            other = MemberId(UUID(bytes=found[0]))
            _, before = _found(to, other)
            to.execute(f"UPDATE member SET {name} = NULL WHERE id = ?", (other.bytes,))  # noqa: S608 -- constants only
            row, after = _found(to, other)
            for token in sorted(before - after):
                to.execute("DELETE FROM m_token WHERE tok = ? AND row = ?", (token, row))


def _tokens(to: Statements, member: MemberId) -> frozenset[str] | None:
    row = to.execute("SELECT 1 FROM member WHERE id = ?", (member.bytes,)).fetchone()
    return None if row is None else _found(to, member)[1]


def _found(to: Statements, member: MemberId) -> tuple[int, frozenset[str]]:
    asked = "SELECT row, name, phone, card, number FROM member WHERE id = ?"
    row, *findable = to.execute(asked, (member.bytes,)).fetchone()
    return int(row), tokens_of(Findable(*findable))


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 -- a column is whatever the table says
    if name in _BYTES:
        return None if value is None else bytes.fromhex(value)
    if value is None and name in {"lunar", "visits"}:
        return 0
    return value
