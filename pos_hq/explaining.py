"""A member's figure, led back to its parts and to every event that changed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from pos_app.sync.wire_figures import Explanation, FigurePart, FigureStep, What
from pos_hq.facts import MemberUnknown
from pos_hq.fold.accounts import Right, right_of
from pos_hq.hq import Hq
from pos_hq.store import figure_rows, member_rows, released_rows
from pos_hq.store.database import Connection

STEPS_MOST = 500
POCKETS: Mapping[What, tuple[str, ...]] = {
    "stored_value": ("P", "B"),
    "points": ("PTS",),
    "coupons": ("CPN",),
    "debt": ("DEBT",),
}


@dataclass
class _Part:
    """What is left of a lot, an expiry or a coupon, as the balances have it."""

    free: int = 0
    bonus: int = 0
    given_again: int = 0
    held: Counter[str] = field(default_factory=Counter)

    @property
    def amount(self) -> int:
        return self.free + self.held.total() - self.given_again


def explain(
    hq: Hq, member: str, what: What, first: int = 0, limit: int = STEPS_MOST
) -> Explanation:
    """Explain a figure of a member, or of whom they were merged into. Raises MemberUnknown."""
    with hq.read() as book:
        owner, theirs = _owners(book, member)
        parts = _parts(book, theirs, what)
        steps = list(_steps(figure_rows.moves_of(book, theirs), set(theirs), what))
        about = _about(book, what, list(parts))
    figure = sum(part.amount for part in parts.values())
    explained = (steps[-1].after if steps else 0) - sum(p.given_again for p in parts.values())
    last = first + limit
    return Explanation(
        member=owner,
        what=what,
        figure=figure,
        explained=explained,
        even=figure == explained,
        parts=tuple(_told(ref, part, about.get(ref, {})) for ref, part in sorted(parts.items())),
        steps=tuple(steps[first:last]),
        next=last if last < len(steps) else None,
        time=hq.now_ms(),
    )


def _owners(book: Connection, member: str) -> tuple[str, list[str]]:
    """Return whose the figure is, and everybody whose rights are theirs now."""
    owner = next(iter(member_rows.canonical_of(book, [member])), member)
    if not member_rows.peek(book, [owner]):
        raise MemberUnknown
    return owner, [owner, *sorted(member_rows.merged_into(book, owner))]


def _parts(book: Connection, members: Sequence[str], what: What) -> dict[str, _Part]:
    parts: dict[str, _Part] = {}
    again = released_rows.awaited_of(book, [bytes.fromhex(one) for one in members])
    for account, unit, amount in figure_rows.balances_of(book, members):
        right = right_of(account)
        if right is None or right.pocket not in POCKETS[what]:
            continue
        part = parts.setdefault(right.ref, _Part())
        known = again.get((account, unit))
        awaited = 0 if known is None else min(known.awaited, amount)
        _add(part, right, -amount if what == "debt" else amount)
        part.given_again += awaited
        part.bonus += amount - awaited if right.pocket == "B" else 0
    return parts


def _add(part: _Part, right: Right, amount: int) -> None:
    if right.holder in {"avail", "debt"}:
        part.free += amount
    else:
        part.held[right.holder] += amount


def _steps(moves: Iterable[Any], members: set[str], what: What) -> Iterator[FigureStep]:
    """Yield what each event changed, with the figure after it."""
    after = 0
    for (at, node, epoch, seq), some in groupby(moves, key=lambda row: row[:4]):
        rows = list(some)
        changes = [change for row in rows for change in _changes(row, members, what)]
        refs: Counter[str] = Counter()
        for right, amount in changes:
            refs[right.ref] += amount
        changed = {ref: amount for ref, amount in sorted(refs.items()) if amount}
        if not changed:
            continue
        moved = sum(changed.values())
        after += moved
        bonus = sum(amount for right, amount in changes if right.pocket == "B")
        place = {"node": node.hex(), "epoch": epoch, "seq": seq, "kind": rows[0][5], "at": at}
        yield FigureStep(**place, refs=changed, amount=moved, bonus=bonus, after=after)


def _changes(row: Any, members: set[str], what: What) -> Iterator[tuple[Right, int]]:  # noqa: ANN401 -- a row is whatever its SQL says
    """Yield whose rights a transfer changed by how much; a debt counts what is owed."""
    source, target, _unit, amount = row[-4:]
    sign = -1 if what == "debt" else 1
    for account, signed in ((source, -amount), (target, amount)):
        right = right_of(account)
        if right is not None and right.member in members and right.pocket in POCKETS[what]:
            yield right, sign * signed


def _about(book: Connection, what: What, refs: Sequence[str]) -> dict[str, dict[str, int | str]]:
    if what == "stored_value":
        return figure_rows.about_lots(book, refs)
    return figure_rows.about_coupons(book, refs) if what == "coupons" else {}


def _told(ref: str, part: _Part, about: dict[str, int | str]) -> FigurePart:
    held = {place: amount for place, amount in sorted(part.held.items()) if amount}
    return FigurePart(
        ref=ref,
        about=about,
        amount=part.amount,
        bonus=part.bonus,
        free=part.free,
        held=held,
        given_again=part.given_again,
    )
