"""Member lists of any length, laid into the tables in the order of their indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from pos_app.ids import MemberId
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.tokens import Findable, tokens_of

# Sorted this many at a time, the token index grows at many fresh pages instead of at random ones.
BATCH = 100_000
_MEMBER = (
    "INSERT INTO member (row, id, number, phone, name, gender, birthday, lunar, status,"
    " status_reason, tier, tier_since, joined_on, card, note, consent_terms, last_visit, visits,"
    " seq)"
    " VALUES (?, ?, ?, ?, ?, '', NULL, 0, 'normal', '', ?, ?, ?, ?, '', ?, ?, ?, ?)"
)
_TOKEN = "INSERT INTO m_token (tok, row) VALUES (?, ?)"  # noqa: S105 -- a word of the index, no secret


@dataclass(frozen=True, slots=True)
class Delivered:
    """One member of a list: what finding and greeting them needs."""

    id: MemberId
    number: str
    phone: str
    name: str
    tier: str
    joined_on: date
    terms: str
    card: str | None = None
    last_visit: date | None = None
    visits: int = 0


def load_members(
    to: Statements, members: Iterable[Delivered], *, seq: int, batch: int = BATCH
) -> int:
    """Insert members and their tokens inside the caller's transaction; return how many."""
    (last,) = to.execute("SELECT coalesce(max(row), 0) FROM member").fetchone()
    first, remaining = int(last) + 1, iter(members)
    row = first
    while some := list(enumerate(islice(remaining, batch), start=row)):
        _insert(to, some, seq)
        row += len(some)
    return row - first


def _insert(to: Statements, members: list[tuple[int, Delivered]], seq: int) -> None:
    for row, one in members:
        day = one.joined_on.isoformat()
        visit = None if one.last_visit is None else one.last_visit.isoformat()
        who = (row, one.id.bytes, one.number, one.phone, one.name, one.tier, day, day)
        to.execute(_MEMBER, (*who, one.card, one.terms, visit, one.visits, seq))
    for token in sorted(_tokens(members)):
        to.execute(_TOKEN, token)


def _tokens(members: list[tuple[int, Delivered]]) -> Iterator[tuple[str, int]]:
    for row, one in members:
        for token in tokens_of(Findable(one.name, one.phone, one.card, one.number)):
            yield token, row
