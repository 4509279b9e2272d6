"""Which rights a grant takes: pure answers to what a terminal wants for a member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from pos_app.clock import business_date
from pos_app.errors import PosError
from pos_app.ids import LotId
from pos_app.ledger.rules.points import PointsBatch, redeem_batches
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.wallet import Lot, spend_lots
from pos_app.money import BasisPoints, Money, Points
from pos_app.sync.wire import GrantAsk, Want
from pos_hq.fold.accounts import CNY, PTS, right_of
from pos_hq.fold.sheet import Sheet

Line = tuple[str, str, int]


@dataclass(eq=False)
class Refused(PosError):
    """HQ's final no, and its reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Node:
    """What all members together have at the asking node: fen, and how many members they are."""

    fen: int
    members: int


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for what, when, and by which rules."""

    ask: GrantAsk
    at: str
    now: datetime
    rules: Programme
    node: Node

    @property
    def today(self) -> date:
        """Return the calendar day in the programme's zone, by which points expire."""
        return self.now.astimezone(self.rules.zone).date()


def lines_for(sheet: Sheet, asking: Asking) -> list[Line]:
    """Return the rights of a grant: every want is met at least as far as it must be.

    Raises Refused.
    """
    if len({want.unit for want in asking.ask.wants}) < len(asking.ask.wants):
        raise Refused("wanted_twice")
    lines = [line for want in asking.ask.wants for line in _lines(sheet, asking, want)]
    if not lines:
        raise Refused("not_covered")
    return lines


def valid_until(sheet: Sheet, asking: Asking, lines: Sequence[Line]) -> datetime:
    """Return when the node must give back what is left: never after the first points expire."""
    rules = asking.rules
    if asking.ask.purpose == "jit":
        until = asking.now + timedelta(minutes=rules.offline.jit_grant_ttl_minutes)
    else:
        until = _allowance_end(asking.now, rules)
    days = [date.fromisoformat(ref) for pocket, ref, _ in lines if pocket == PTS]
    days += [
        date.fromisoformat(sheet.coupons[ref].valid_until)
        for pocket, ref, _ in lines
        if pocket == "CPN" and ref in sheet.coupons
    ]
    ends = (_midnight(day + timedelta(days=1), rules) for day in days)
    return min((until, *ends))


def _lines(sheet: Sheet, asking: Asking, want: Want) -> list[Line]:
    if want.unit == CNY:
        return _money(sheet, asking, want)
    return _points(sheet, asking, want) if want.unit == PTS else _coupon(sheet, asking, want)


def _money(sheet: Sheet, asking: Asking, want: Want) -> list[Line]:
    free = _free(sheet, asking.ask.member)
    owed = min(
        0, sum(amount for key, amount in free.items() if key[0] in {"P", "B"} and amount < 0)
    )
    lots = _lots(sheet, free)
    usable = max(0, sum(lot.total.minor for lot in lots) + owed)
    most = min(want.want, usable, _allowed_fen(sheet, asking, want.want))
    _ensure(want, most, usable)
    return [
        line
        for spend in spend_lots(lots, Money(most))
        for line in (
            ("P", spend.lot.hex, spend.principal.minor),
            ("B", spend.lot.hex, spend.bonus.minor),
        )
        if line[2]
    ]


def _points(sheet: Sheet, asking: Asking, want: Want) -> list[Line]:
    free = _free(sheet, asking.ask.member)
    alive = [
        (date.fromisoformat(ref), amount)
        for (pocket, ref), amount in free.items()
        if pocket == PTS and date.fromisoformat(ref) >= asking.today
    ]
    batches = [PointsBatch(day, Points(amount)) for day, amount in alive if amount > 0]
    usable = max(0, sum(amount for _, amount in alive))
    most = min(want.want, usable, _allowed_points(sheet, asking, want.want))
    _ensure(want, most, usable)
    taken = redeem_batches(batches, Points(most), asking.today)
    return [(PTS, batch.expires_on.isoformat(), batch.points.minor) for batch in taken]


def _coupon(sheet: Sheet, asking: Asking, want: Want) -> list[Line]:
    ref = want.unit.removeprefix("CPN:")
    known = sheet.coupons.get(ref)
    day = business_date(asking.now, zone=asking.rules.zone, cutover=asking.rules.cutover)
    alive = known is not None and date.fromisoformat(known.valid_until) >= day
    most = min(want.want, _free(sheet, asking.ask.member)["CPN", ref]) if alive else 0
    _ensure(want, most, most)
    return [("CPN", ref, most)] if most else []


def _ensure(want: Want, most: int, usable: int) -> None:
    if most < want.least:
        raise Refused("above_allowance" if usable >= want.least else "not_covered")


def _free(sheet: Sheet, member: str) -> Counter[tuple[str, str]]:
    """Return what HQ may grant of a member's, by pocket and reference."""
    free: Counter[tuple[str, str]] = Counter()
    for account, unit in sheet.owned[member]:
        right = right_of(account)
        if right is not None and right.holder == "avail":
            free[right.pocket, right.ref] += sheet.balances[account, unit]
    return free


def _lots(sheet: Sheet, free: Counter[tuple[str, str]]) -> list[Lot]:
    refs = {ref for pocket, ref in free if pocket in {"P", "B"} and ref in sheet.lots}
    in_order = sorted(refs, key=lambda ref: (sheet.lots[ref].at, ref))
    lots = (
        Lot(LotId(UUID(ref)), Money(max(free["P", ref], 0)), Money(max(free["B", ref], 0)))
        for ref in in_order
    )
    return [lot for lot in lots if lot.total]


def _allowed_fen(sheet: Sheet, asking: Asking, wanted: int) -> int:
    """Return how much an allowance may still add here; the spending of the moment has no cap."""
    if asking.ask.purpose == "jit":
        return wanted
    rules, here = asking.rules.offline, _held_here(sheet, asking, {"P", "B"})
    if not here and asking.node.members >= rules.allowance_members:
        return 0
    whole = sum(
        sheet.balances[account, unit]
        for account, unit in sheet.owned[asking.ask.member]
        if unit == CNY
    )
    share = Money(max(whole, 0)).floor_bp(BasisPoints(rules.allowance_per_member_pct_bp)).minor
    of_member = min(rules.allowance_per_member_max_fen, share) - here
    return max(0, min(of_member, rules.allowance_node_max_fen - asking.node.fen))


def _allowed_points(sheet: Sheet, asking: Asking, wanted: int) -> int:
    if asking.ask.purpose == "jit":
        return wanted
    here = _held_here(sheet, asking, {PTS})
    return max(0, asking.rules.offline.allowance_points_max - here)


def _held_here(sheet: Sheet, asking: Asking, pockets: set[str]) -> int:
    total = 0
    for account, unit in sheet.owned[asking.ask.member]:
        right = right_of(account)
        if right is not None and right.holder == asking.at and right.pocket in pockets:
            total += sheet.balances[account, unit]
    return total


def _allowance_end(now: datetime, rules: Programme) -> datetime:
    """Return the end of the next business day, and so many hours more as the programme says."""
    day = business_date(now, zone=rules.zone, cutover=rules.cutover)
    end = datetime.combine(day + timedelta(days=2), rules.cutover, rules.zone)
    _, _, more = rules.offline.allowance_ttl.partition("+")
    return end.astimezone(now.tzinfo) + timedelta(hours=int(more.removesuffix("h") or "0"))


def _midnight(day: date, rules: Programme) -> datetime:
    return datetime.combine(day, time(), rules.zone)
