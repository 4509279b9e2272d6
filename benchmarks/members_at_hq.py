"""Members laid into HQ's tables at once, as if all stores had told of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from benchmarks.population import members
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.told import member_body
from pos_hq.fold.values import Member
from pos_hq.hq import Hq
from pos_hq.store import feed_rows, member_rows
from pos_hq.store.feed_rows import Told

_AT_ONCE = 10_000


def lay_members(hq: Hq, count: int, note: str = "", *, after: int = 0) -> None:
    """Lay members and tell everybody; the same again with another note has changed them all.

    The first `after` of all people are left out.
    """
    remaining = islice(_members(after + count, note), after, None)
    while some := list(islice(remaining, _AT_ONCE)):
        sheet = Sheet(Whence("", 0, "open", hq.now_ms(), {}))
        told = [Told("member", one.id, member_body(sheet, one, hq.now_ms())) for one in some]
        with hq.write() as book:
            member_rows.save(book, some)
            feed_rows.take_turn(book)
            feed_rows.tell(book, told)


def _members(count: int, note: str) -> Iterator[Member]:
    """Return the same people every time, under identities in order."""
    for place, person in enumerate(members(count), 1):
        yield Member(
            id=f"{place:032x}",
            number=person.number,
            phone=person.phone,
            name=person.name,
            tier=person.tier,
            tier_since=person.joined_on.isoformat(),
            joined_on=person.joined_on.isoformat(),
            card=person.card,
            note=note,
            consent_terms=person.terms,
            last_visit=None if person.last_visit is None else person.last_visit.isoformat(),
            visits=person.visits,
        )
