"""Sales and returns: what they were paid with, what came back, and what they count for."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from pos_app.ids import EventId
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.tiers import tier_after_order, tier_after_refund
from pos_app.money import Growth, Money
from pos_hq.fold import earnings, goods, postings, returns, reviewed, standing, things
from pos_hq.fold.earnings import Earned
from pos_hq.fold.fact import Fact, whole
from pos_hq.fold.sheet import Sheet, case_of
from pos_hq.fold.tiering import come_nearer, take_tier, tier_state
from pos_hq.fold.values import Growing, Member, ReturnedAway, SaleLegs

LEGS = ("external", "principal", "bonus", "points")


def sell(sheet: Sheet, fact: Fact) -> None:
    """Book an order and keep what it was paid with."""
    postings.post(sheet, fact)
    body = fact.body
    outside = sum(whole(share["amount"]) for share in body["externals"])
    paid = dict(zip(LEGS, (outside, *_minors(body, LEGS[1:])), strict=True))
    if fact.id is not None:
        who = None if fact.member is None else sheet.canonical(fact.member)
        back = dict.fromkeys(LEGS, 0)
        sheet.sales[fact.id] = SaleLegs(
            paid, back, who, fact.day, goods.sold(body), *_standing(fact)
        )
        sheet.new_sales.add(fact.id)
    if fact.member is None:
        return
    earned = earnings.check(sheet, fact)
    member = sheet.member_of(fact)
    _grow(sheet, fact, fact.day, earned, 1)
    if member is not None:
        member.visits += 1
        member.last_visit = max(member.last_visit or "", fact.day)
        sheet.changed.add(member.id)
        standing.bought(sheet, fact, sum(paid.values()) - paid["points"], goods.sold(body))
        _retier(sheet, fact, member, refunded=None)


def give_back(sheet: Sheet, fact: Fact) -> None:
    """Book a return; more than the order was paid with is told, and booked all the same."""
    postings.post(sheet, fact)
    body, sold = fact.body, None if fact.of is None else sheet.sales.get(fact.of)
    legs = body["legs"]
    outside = sum(whole(share["amount"]) for share in legs["external"])
    back = (outside, *_minors(legs, ("principal", "bonus")), whole(body["points"]))
    _ensure_covered(sheet, fact, sold, dict(zip(LEGS, back, strict=True)))
    if sold is not None:
        sold.goods = goods.kept(sold.goods, body)
    _tell_home(sheet, fact)
    things.take_back(sheet, fact)
    returns.waivers(sheet, fact)
    lost = returns.check(sheet, fact, sold)
    if fact.member is None:
        return
    sold_on = date.fromisoformat(body["sold_on"]).isoformat()
    _grow(sheet, fact, sold_on, lost, -1)
    reviewed.take_back(sheet, fact, sheet.canonical(fact.member), sold_on)
    member = sheet.member_of(fact)
    if member is not None and fact.of is not None:
        sheet.changed.add(member.id)
        _retier(sheet, fact, member, refunded=EventId(UUID(bytes=fact.of)))


def _standing(fact: Fact) -> tuple[int, int, int, int]:
    """Return an order's rate and what it stands at; a walk-in's earns nothing.

    How much of a part was paid on credit, which earns nothing, only the till's rows can say.
    """
    told = earnings.recorded(fact.body)
    lent = any(share["tender"] == Tender.CREDIT for share in fact.body["externals"])
    if fact.member is None or not told.eligible or lent:
        return 0, 0, 0, 0
    rate = whole(fact.body["earned"]["multiplier"])
    return rate, told.points, told.pending, told.growth


def _minors(body: Any, names: tuple[str, ...]) -> tuple[int, ...]:  # noqa: ANN401 -- decoded JSON
    return tuple(whole(body[name]) for name in names)


def _ensure_covered(sheet: Sheet, fact: Fact, sold: SaleLegs | None, back: dict[str, int]) -> None:
    if sold is None:
        there = {"of": None if fact.of is None else fact.of.hex(), **back}
        sheet.open_case(case_of(sheet, fact, "REFUND_EXCESS", there=there))
        return
    twice = _returned_twice(sheet, fact)
    for leg, amount in back.items():
        sold.back[leg] += amount
        excess = min(sold.back[leg] - sold.paid[leg], amount)
        if excess > 0 and not twice:
            told = {"here": {leg: sold.paid[leg]}, "there": {leg: sold.back[leg]}}
            unit = "PTS" if leg == "points" else "CNY"
            sheet.open_case(case_of(sheet, fact, "REFUND_EXCESS", unit=unit, amount=excess, **told))
    assert fact.of is not None, "a known sale was named"
    sheet.new_sales.add(fact.of)


def _returned_twice(sheet: Sheet, fact: Fact) -> bool:
    """Tell of units that two terminals gave back, of which one could not be asked in time."""
    origin = None if fact.of is None else sheet.origins.get(fact.of)
    if origin is None or fact.id is None:
        return False
    named = fact.body.get("units")
    units = [unit for unit in named if type(unit) is int] if isinstance(named, list) else []
    earlier = {origin.units[unit] for unit in units if unit in origin.units}
    origin.units.update((unit, fact.id) for unit in units if unit not in origin.units)
    for event in sorted(earlier):
        told = {"here": {"event": event.hex()}, "there": {"event": fact.id.hex()}}
        amount = whole(fact.body.get("amount", 0))
        sheet.open_case(case_of(sheet, fact, "REFUND_EXCESS", unit="CNY", amount=amount, **told))
    return bool(earlier)


def _tell_home(sheet: Sheet, fact: Fact) -> None:
    """Let the terminal of the sale hear of a return that another one made."""
    origin = None if fact.of is None else sheet.origins.get(fact.of)
    if origin is None or fact.of is None or fact.id is None:
        return
    if origin.node != sheet.whence.node:
        sheet.returned_away.append(ReturnedAway(origin.node, fact.of, fact.id, fact.payload))


def _grow(sheet: Sheet, fact: Fact, on_day: str, earned: Earned, sign: int) -> None:
    assert fact.member is not None, "somebody grows"
    member = sheet.canonical(fact.member)
    counted = (earned.eligible, earned.growth, earned.points, earned.pending)
    figures = [sign * figure for figure in counted]
    sheet.growing.append(Growing(member, on_day, fact.seq, *figures))
    sheet.pending[member, on_day] += figures[3]
    spend, growth = sheet.grown.get(member, (0, 0))
    if on_day > sheet.counts_after:
        sheet.grown[member] = (spend + figures[0], growth + figures[1])
    if member in sheet.members:
        come_nearer(sheet.members[member], on_day, figures[0], figures[1])
        sheet.changed.add(member)
    sheet.touched.add(member)


def _retier(sheet: Sheet, fact: Fact, member: Member, *, refunded: EventId | None) -> None:
    """Work out the tier from what all stores know; no rules, no change."""
    canonical = sheet.members.get(sheet.canonical(member.id), member)
    rules = sheet.whence.rules.get(fact.rules)
    if rules is None or fact.id is None:
        return
    spend, growth = sheet.grown.get(canonical.id, (0, 0))
    figures = (Money(spend), Growth(growth))
    state = tier_state(canonical, rules)
    if refunded is None:
        order = EventId(UUID(bytes=fact.id))
        stands = tier_after_order(state, *figures, date.fromisoformat(fact.day), order, rules)
    else:
        stands = tier_after_refund(state, *figures, refunded, rules)
    if stands != state:
        take_tier(sheet, canonical, stands)
