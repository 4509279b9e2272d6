"""Tags, stages and the purchases that make them, as they stand in the database."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from pos_app.ledger.rules.tags import Purchase
from pos_app.money import Money
from pos_hq.fold.values import Staged, Tagged, Tags
from pos_hq.store.bulk import fetch, fetch_of, insert_many, locked, upsert
from pos_hq.store.database import Connection
from pos_hq.store.standing_tables import member_stage, member_tag

_STAGED = (
    "SELECT member, stage, as_of, last_purchase, purchases, paid, band, r, f, m, due"
    " FROM member_stage WHERE member"
)
_FIGURES = ("last_purchase", "purchases", "paid")


def members(book: Connection, after: bytes, most: int) -> list[tuple[bytes, str, bool]]:
    """Return the next members, locked, with the day they joined, and whether to look at them.

    Who was merged into another has no purchases any more, and who was erased has no tags.
    """
    asked = (
        "SELECT id, joined_on, merged_into, versions FROM member WHERE id > ? ORDER BY id LIMIT ?"
    )
    return [
        (bytes(member), joined_on, merged is None and "erased" not in json.loads(versions))
        for member, joined_on, merged, versions in fetch(book, locked(book, asked), after, most)
    ]


def member_count(book: Connection) -> int:
    """Return how many members there are, whatever became of them."""
    return int(fetch(book, "SELECT count(*) FROM member")[0][0])


def purchases(book: Connection, ids: Sequence[bytes]) -> Mapping[bytes, list[Purchase]]:
    """Return the orders that stand, less what came back of them."""
    asked = (
        "SELECT member, on_day, goods,"
        " external + principal + bonus - back_external - back_principal - back_bonus AS paid"
        " FROM sale WHERE member IN {keys} AND external + principal + bonus + points"
        " > back_external + back_principal + back_bonus + back_points"
    )
    found: defaultdict[bytes, list[Purchase]] = defaultdict(list)
    for member, on_day, goods, paid in fetch_of(book, asked, ids):
        day = date.fromisoformat(on_day)
        found[bytes(member)].append(Purchase(day, Money(paid), _kinds(goods)))
    return found


@lru_cache(maxsize=10_000)
def _kinds(goods: str) -> frozenset[str]:
    """Return the categories in what an order keeps; the same few baskets come again and again."""
    return frozenset(filter(None, json.loads(goods)))


def top_ups(book: Connection, ids: Sequence[bytes]) -> Mapping[bytes, list[int]]:
    """Return when members paid in."""
    found: defaultdict[bytes, list[int]] = defaultdict(list)
    for member, at in fetch_of(book, "SELECT member, at FROM lot WHERE member IN {keys}", ids):
        found[bytes(member)].append(at)
    return found


def tags(book: Connection, ids: Sequence[bytes]) -> dict[str, dict[tuple[str, str], Tagged]]:
    """Return the tags of members."""
    asked = (
        "SELECT member, tag, category, since, as_of, rule, rules, why FROM member_tag"
        " WHERE member IN {keys}"
    )
    found: defaultdict[str, dict[tuple[str, str], Tagged]] = defaultdict(dict)
    for member, *told, why in fetch_of(book, asked, ids):
        said = json.loads(why)
        orders = tuple((day, fen) for day, fen in said["orders"])
        tag, category, since, as_of, rule, rules = told
        one = Tagged(tag, category, since, as_of, rule, rules, said["count"], orders)
        found[bytes(member).hex()][tag, category] = one
    return dict(found)


def stages(book: Connection, ids: Sequence[bytes]) -> dict[str, tuple[Staged, bool]]:
    """Return the stages of members, and whether terminals are to be told."""
    return dict(map(_staged, fetch_of(book, f"{_STAGED} IN {{keys}}", ids)))


def ranked(book: Connection, after: bytes, most: int) -> dict[str, tuple[Staged, bool]]:
    """Return the next members that have a stage, in the order of their identities."""
    return dict(map(_staged, fetch(book, f"{_STAGED} > ? ORDER BY member LIMIT ?", after, most)))


def buyers(book: Connection) -> int:
    """Return how many members bought something in the window."""
    return int(fetch(book, "SELECT count(*) FROM member_stage WHERE purchases > 0")[0][0])


def figures_at(book: Connection, figure: str, places: Iterable[int]) -> list[Any]:
    """Return the figures of the buyers that stand at these places, in falling order from 0."""
    assert figure in _FIGURES, "a ranking goes by these"
    asked = (
        f"SELECT {figure} FROM member_stage WHERE purchases > 0"  # noqa: S608 -- our own names
        f" ORDER BY {figure} DESC LIMIT 1 OFFSET ?"
    )
    return [fetch(book, asked, place)[0][0] for place in places]


def save_tags(book: Connection, found: Mapping[str, Tags]) -> None:
    """Replace the tags of members."""
    forget_tags(book, found)
    rows = [
        (
            bytes.fromhex(member), one.tag, one.category, one.since, one.as_of, one.rule,
            one.rules, json.dumps({"count": one.count, "orders": one.orders}),
        )
        for member, theirs in sorted(found.items())
        for one in theirs.values()
    ]  # fmt: skip
    insert_many(book, member_tag, rows)


def save_stages(book: Connection, found: Mapping[str, tuple[Staged, bool]]) -> None:
    """Write stages down, each with whether terminals are to be told."""
    rows = [
        (
            bytes.fromhex(member), one.stage, one.as_of, one.last_purchase, one.purchases,
            one.paid, one.band, *one.scores, int(due),
        )
        for member, (one, due) in sorted(found.items())
    ]  # fmt: skip
    insert_many(book, member_stage, rows, upsert(member_stage, "member"))


def forget_tags(book: Connection, gone: Iterable[str]) -> None:
    """Delete the tags of members."""
    _delete(book, "member_tag", gone)


def forget_stages(book: Connection, gone: Iterable[str]) -> None:
    """Delete the stages of members."""
    _delete(book, "member_stage", gone)


def counts(book: Connection, column: str) -> dict[str, int]:
    """Return how many members have each tag, stage or band."""
    told = {"tag": "member_tag", "stage": "member_stage", "band": "member_stage"}[column]
    asked = f"SELECT {column}, count(DISTINCT member) FROM {told} GROUP BY {column}"  # noqa: S608 -- our own names
    return {name: int(count) for name, count in sorted(fetch(book, asked), key=str) if name}


def _delete(book: Connection, name: str, gone: Iterable[str]) -> None:
    ids = [bytes.fromhex(one) for one in sorted(gone)]
    asked = f"DELETE FROM {name} WHERE member IN {{keys}} RETURNING member"  # noqa: S608 -- our own names
    fetch_of(book, asked, ids)


def _staged(row: Any) -> tuple[str, tuple[Staged, bool]]:  # noqa: ANN401 -- a row is whatever its SQL says
    member, stage, as_of, last, count, paid, band, *scores, due = row
    r, f, m = scores
    staged = Staged(stage, as_of, last, count, paid, band, (r, f, m))
    return bytes(member).hex(), (staged, bool(due))
