"""Points above the daily cap: they wait until a person has looked, and are credited then."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pos_app.ledger.rules.points_expiry import released
from pos_app.ledger.rules.programme import Programme
from pos_app.money import Points
from pos_hq.facts import MemberUnknown
from pos_hq.fold import accounts
from pos_hq.fold.accounts import PTS
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Act
from pos_hq.hq import Hq
from pos_hq.store import job_rows, member_rows, programme_rows
from pos_hq.store.loading import load_members
from pos_hq.store.saving import save
from pos_hq.window import window_start


class Waiting(NamedTuple):
    """Points of one member and day that wait for a review."""

    member: str
    on_day: str
    points: int


def waiting(hq: Hq) -> tuple[Waiting, ...]:
    """Return what waits for a review, the oldest first."""
    with hq.read() as book:
        return tuple(Waiting(*row) for row in job_rows.unreviewed(book))


def release(hq: Hq, member: str, *, by: str) -> int:
    """Credit all points of a member that wait; return how many. Again, it finds none.

    They repay a debt first. Raises MemberUnknown.
    """
    with hq.write() as book:
        rules = programme_rows.in_force(book, hq.now_ms())
        owner = next(iter(member_rows.canonical_of(book, [member])), member)
        sheet = Sheet(Whence("", 0, "", hq.now_ms(), {}))
        load_members(book, sheet, [owner], window_start(hq, book))
        if owner not in sheet.members or sheet.members[owner].erased:
            raise MemberUnknown
        today, total = hq.now().astimezone(rules.zone).date(), 0
        for row in job_rows.unreviewed(book, owner):
            _, on_day, points = row
            sheet.act(_credit(sheet, Waiting(*row), (today, rules), by))
            job_rows.keep_release(book, owner, on_day, points, hq.now_ms())
            total += points
        if total:
            sheet.tell(owner, "points_released", {"points": total}, "message")
        save(book, sheet)
    return total


def _credit(sheet: Sheet, one: Waiting, now: tuple[date, Programme], by: str) -> Act:
    owes = accounts.debt(one.member)
    debt = Points(max(-sheet.balances[owes, PTS], 0))
    credited = released(Points(one.points), date.fromisoformat(one.on_day), debt, *now)
    moves = [("pts_issued", owes, PTS, (debt - credited.debt).minor)]
    if credited.batch is not None:
        free = accounts.avail(PTS, one.member, credited.batch.expires_on.isoformat())
        moves.append(("pts_issued", free, PTS, credited.batch.points.minor))
    return Act("RELEASE_POINTS", one.member, one.on_day, tuple(m for m in moves if m[3]), by)
