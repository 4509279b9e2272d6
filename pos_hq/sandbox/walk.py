"""One event of a member on both ways: what it does to the figures, and to the tier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from pos_app.ids import EventId
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tiers import tier_after_order, tier_after_refund
from pos_app.ledger.rules.windows import Qualified, figures_on
from pos_app.money import Growth, Money
from pos_hq.sandbox import orders, others
from pos_hq.sandbox.deeds import Deed
from pos_hq.sandbox.effects import Effect, of_return, of_sale, of_top_up
from pos_hq.sandbox.people import Person, Way
from pos_hq.sandbox.rules import Rules

Pair = tuple[Effect, Effect]
_BACK = {"REFUND", "VOID"}


def tried(deed: Deed, person: Person | None, rules: Rules) -> Pair:
    """Return what an event did, and what it would have done. Raises Skip."""
    if person is None:
        return orders.sell(deed, None, rules)
    return _TRIED[deed.kind](deed, person, rules)


def recorded(deed: Deed) -> Effect:
    """Return what an event did."""
    return _RECORDED[deed.kind](deed)


def go_on(deed: Deed, person: Person, pair: Pair, rules: Rules | None) -> None:
    """Let a member go on from an event; without its rules the tier stays."""
    person.store = deed.store
    if deed.kind == "SALE":
        person.bought = True
    elif deed.kind not in _BACK:
        return
    if pair[0] != pair[1] or (rules is not None and not rules.same_tiers):
        person.part()
    for way, effect in zip(person.ways, pair, strict=False):  # one way while both are one
        _count(deed, way, effect)
    if rules is not None:
        _retier(deed, person.was, rules.own)
        if person.parted:
            _retier(deed, person.would, rules.draft)


def _count(deed: Deed, way: Way, effect: Effect) -> None:
    day = deed.day
    if deed.kind == "SALE":
        way.orders[deed.id] = deed
        way.earned[day] += effect.points
    else:
        day = date.fromisoformat(deed.body["sold_on"])
    way.rows.append(Qualified(day, Money(effect.eligible), Growth(effect.growth)))


def _retier(deed: Deed, way: Way, rules: Programme) -> None:
    found = figures_on(way.rows, deed.day, rules)
    if deed.kind == "SALE":
        order = EventId(UUID(bytes=deed.id))
        way.tier = tier_after_order(way.tier, found.spend, found.growth, deed.day, order, rules)
    elif deed.of is not None:
        sale = EventId(UUID(bytes=deed.of))
        way.tier = tier_after_refund(way.tier, found.spend, found.growth, sale, rules)


_TRIED: Mapping[str, Callable[[Deed, Person, Rules], Pair]] = {
    "MEMBER_NEW": others.enrol,
    "TOPUP": others.top_up,
    "SALE": orders.sell,
    "REFUND": others.give_back,
    "VOID": others.give_back,
}
_RECORDED: Mapping[str, Callable[[Deed], Effect]] = {
    "MEMBER_NEW": lambda _deed: Effect(),
    "TOPUP": lambda deed: of_top_up(deed.body["amount"], deed.body["bonus"]),
    "SALE": lambda deed: of_sale(deed.body),
    "REFUND": lambda deed: of_return(deed.body),
    "VOID": lambda deed: of_return(deed.body),
}
