"""HQ's word on file: the latest on each entity, and when this terminal heard it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pos_app.ids import EventId, MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, read_event
from pos_app.ledger.store.tokens import Findable, tokens_of

MEMBER = "member"
RETURN = "return"
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
    "tier_manual",
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
_INSERT = (
    f"INSERT INTO member (id, seq, {_NAMES})"  # noqa: S608 -- constants only
    f" VALUES (?, ?, {', '.join('?' * len(COLUMNS))}) RETURNING row"
)
_SELECT = f"SELECT row, {_NAMES} FROM member WHERE id = ?"  # noqa: S608 -- constants only
_KEEP = (
    "INSERT INTO inbox (entity, id, first_seq, first_turn, after_seq, turn, body)"
    " VALUES (?1, ?2, ?3, ?4, ?3, ?4, ?5) ON CONFLICT (entity, id) DO UPDATE SET"
    " after_seq = excluded.after_seq, turn = excluded.turn, body = excluded.body"
)
# What an entity was first seen as is not kept: until its latest word comes, replay only holds its
# place, so that rows are numbered as they were.
_SCHEDULE = (
    "SELECT first_seq AS place, first_turn AS turn, 1 AS held, id, body FROM inbox"
    " WHERE entity = 'member' AND turn > first_turn"
    " UNION ALL SELECT after_seq, turn, 0, id, body FROM inbox WHERE entity = 'member'"
    " ORDER BY 1, 2"
)
_ADD_TOKENS = "INSERT INTO m_token (tok, row) SELECT value, ? FROM json_each(?)"
_BYTES = ("tier_source", "referrer")
_ONE_OWNER = ("phone", "card")
_FOUND_BY = ("name", "phone", "card", "number")
_SPELL = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class Heard:
    """A member's row as HQ told it after an event of this chain; `held` is a mere place."""

    after_seq: int
    held: bool
    id: MemberId
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """A member as the table has them: the row's number, and its values by column."""

    row: int
    values: Mapping[str, Any]

    def told(self) -> dict[str, Any]:
        """Return the values as HQ spells them."""
        raw = {name: self.values[name] for name in _BYTES}
        spelt = {name: None if value is None else value.hex() for name, value in raw.items()}
        return {**self.values, **spelt}


def keep(book: Statements, heard: tuple[str, str, int, int], body: Mapping[str, Any]) -> None:
    """Keep the latest word: `heard` is entity, id, the chain's head, and the turn."""
    book.execute(_KEEP, (*heard, _SPELL(body)))


def word_on(book: Statements, entity: str, known: str) -> Mapping[str, Any] | None:
    """Return the latest word that was kept on an entity; None where there was none."""
    asked = "SELECT body FROM inbox WHERE entity = ? AND id = ?"
    row = book.execute(asked, (entity, known)).fetchone()
    told: Mapping[str, Any] | None = None if row is None else json.loads(row[0])
    return told


def returns_heard(book: Statements, sale: EventId) -> tuple[Event, ...]:
    """Return what other terminals gave back of a sale of this one, as HQ told."""
    asked = "SELECT body FROM inbox WHERE entity = ? AND id > ? AND id < ?"
    rows = book.execute(asked, (RETURN, f"{sale.hex}.", f"{sale.hex}/"))
    return tuple(read_return(json.loads(body)) for (body,) in rows)


def read_return(body: Mapping[str, Any]) -> Event:
    """Read HQ's word on a return elsewhere. Raises what `read_event` does."""
    return read_event(0, body["payload"].encode(), b"")


def witness(book: Statements, heard: tuple[str, str, int, int], body: Mapping[str, Any]) -> None:
    """Keep the first word and no later one: whoever changes its story is found out."""
    known = book.execute("SELECT 1 FROM inbox WHERE entity = ? AND id = ?", heard[:2]).fetchone()
    if known is None:
        keep(book, heard, body)


def schedule(book: Statements) -> Iterator[Heard]:
    """Yield what HQ told about members, in the order in which it was taken."""
    for place, _turn, held, member, body in book.execute(_SCHEDULE).fetchall():
        yield Heard(place, bool(held), MemberId(UUID(member)), json.loads(body))


def member_as_kept(book: Statements, member: MemberId) -> Kept | None:
    """Return the member's row; None for one not known here."""
    row = book.execute(_SELECT, (member.bytes,)).fetchone()
    return None if row is None else Kept(row[0], dict(zip(COLUMNS, row[1:], strict=True)))


def replay_member(to: Statements, heard: Heard) -> None:
    """Write the member's row and tokens as they were written when HQ told them."""
    kept = member_as_kept(to, heard.id)
    if not heard.held:
        lay_member(to, heard, kept)
    elif kept is None:
        nobody = {**heard.row, "phone": None, "card": None, "name": "", "birthday": None}
        lay_member(to, Heard(heard.after_seq, held=False, id=heard.id, row=nobody), None)


def lay_member(to: Statements, heard: Heard, kept: Kept | None) -> bool:
    """Write the member's row and tokens as HQ told them; False where they were so already."""
    values = {name: _value(name, heard.row.get(name)) for name in COLUMNS}
    before: Mapping[str, Any] = {} if kept is None else kept.values
    for name in _ONE_OWNER:
        if values[name] is not None and values[name] != before.get(name):
            _free(to, name, values[name])
    if kept is None:
        (row,) = to.execute(_INSERT, (heard.id.bytes, heard.after_seq, *values.values())).fetchall()
        _add_tokens(to, row[0], _tokens(values))
        return True
    changed = {name: new for name, new in values.items() if new != kept.values[name]}
    if changed:
        _change(to, heard.after_seq, kept, changed)
    return bool(changed)


def _change(to: Statements, seq: int, kept: Kept, changed: Mapping[str, Any]) -> None:
    """Write the columns that differ: each unique one would cost a page of its index, too."""
    settings = "".join(f", {name} = ?" for name in changed)
    to.execute(
        f"UPDATE member SET seq = ?{settings} WHERE row = ?",  # noqa: S608 -- constants only
        (seq, *changed.values(), kept.row),
    )
    if not changed.keys().isdisjoint(_FOUND_BY):
        before, after = _tokens(kept.values), _tokens({**kept.values, **changed})
        _add_tokens(to, kept.row, after - before)
        _drop_tokens(to, kept.row, before - after)


def _free(to: Statements, name: str, value: str) -> None:
    """Take a phone or card from whoever else holds it here: HQ has decided whose it is."""
    asked = f"SELECT id FROM member WHERE {name} = ?"  # noqa: S608 -- constants only
    found = to.execute(asked, (value,)).fetchone()
    other = None if found is None else member_as_kept(to, MemberId(UUID(bytes=found[0])))
    if other is not None:
        to.execute(f"UPDATE member SET {name} = NULL WHERE row = ?", (other.row,))  # noqa: S608 -- constants only
        left = _tokens({**other.values, name: None})
        _drop_tokens(to, other.row, _tokens(other.values) - left)


def _tokens(values: Mapping[str, Any]) -> frozenset[str]:
    return tokens_of(Findable(*(values[name] for name in _FOUND_BY)))


def _add_tokens(to: Statements, row: int, tokens: frozenset[str]) -> None:
    to.execute(_ADD_TOKENS, (row, json.dumps(sorted(tokens))))


def _drop_tokens(to: Statements, row: int, tokens: frozenset[str]) -> None:
    for token in sorted(tokens):
        to.execute("DELETE FROM m_token WHERE tok = ? AND row = ?", (token, row))


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 -- a column is whatever the table says
    if name in _BYTES:
        return None if value is None else bytes.fromhex(value)
    if value is None and name in {"lunar", "visits"}:
        return 0
    return value
