"""Finding members by part of a name, a sound, a phone number or a card, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.member_rows import COLUMNS, MemberRow, member_row
from pos_app.ledger.store.tokens import TokenRange, ranges_of

# Ranks all holders of a four-digit tail among a million members; a wider answer is cut in index
# order, exact tokens first.
CANDIDATES_MAX = 150

_ONE_RANGE = f"""
    WITH hit AS (SELECT tok, row FROM m_token WHERE tok >= ? AND tok < ? LIMIT {CANDIDATES_MAX})
    SELECT {COLUMNS}, min(hit.tok) FROM hit JOIN member m ON m.row = hit.row GROUP BY m.row
    ORDER BY min(hit.tok) = ? DESC, m.last_visit DESC, m.visits DESC, m.row LIMIT ?
"""  # noqa: S608 -- constants only


@dataclass(frozen=True, slots=True)
class Found:
    """A member and the token by which they were found."""

    member: MemberRow
    token: str


def find(reader: Statements, text: str, limit: int) -> tuple[Found, ...]:
    """Return at most `limit` members whom a text may mean, exact matches, then recent visitors."""
    found: dict[int, Found] = {}
    for wanted in ranges_of(text):
        for one in _in_range(reader, wanted, limit):
            found.setdefault(one.member.row, one)
        if len(found) >= limit:
            break
    return tuple(found.values())[:limit]


def _in_range(reader: Statements, wanted: TokenRange, limit: int) -> list[Found]:
    rows = reader.execute(_ONE_RANGE, (wanted.low, wanted.high, wanted.low, limit))
    return [Found(member_row(row), row[-1]) for row in rows]
