"""What members had of the gift catalogue, counted from their orders at this till."""

from __future__ import annotations

from pos_app.ids import MemberId
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.store.driver import Statements

# A unit that was paid in points, on the line that says which gift it is.
_HAD = (
    "SELECT json_extract(CAST(j.payload AS TEXT), '$.body.lines[' || u.line || '].gift') AS gift,"
    " count(*) FROM sale s JOIN journal j ON j.seq = s.seq JOIN sale_unit u ON u.seq = s.seq"
    " WHERE s.member = ? AND u.points > 0 AND u.returned_by IS NULL GROUP BY gift"
    " HAVING gift IS NOT NULL"
)


def gifts_had(
    book: Statements, member: MemberId, programme: Programme
) -> tuple[tuple[str, int], ...]:
    """Return how many units of each gift a member had and kept; nobody asks without a limit."""
    if all(gift.per_member is None for gift in programme.points.gift):
        return ()
    return tuple((str(gift), int(count)) for gift, count in book.execute(_HAD, (member.bytes,)))
