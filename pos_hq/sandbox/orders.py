"""Orders priced again: the same goods, the same wishes, another programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pos_app.ledger.rules.basket import Order, Tender, TenderAsk
from pos_app.ledger.rules.birthdays import is_birthday_month
from pos_app.ledger.rules.coupons import HeldCoupon
from pos_app.ledger.rules.holder import Birthday, Holder, Status
from pos_app.ledger.rules.item_benefits import is_member_day
from pos_app.ledger.rules.points import MultiplierReason, multiplier_for
from pos_app.ledger.rules.points_use import PointsRefused
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.quote import Quote, quote
from pos_app.ledger.rules.sale_record import (
    batch_from,
    lot_from,
    order_of,
    use_from,
)
from pos_app.ledger.rules.wallet import Lot
from pos_app.money import Points
from pos_hq.sandbox.deeds import Deed
from pos_hq.sandbox.effects import Effect, of_quote, of_sale
from pos_hq.sandbox.people import Person
from pos_hq.sandbox.rules import Rules
from pos_hq.sandbox.skipped import Skip


def sell(deed: Deed, person: Person | None, rules: Rules) -> tuple[Effect, Effect]:
    """Return what an order did, and would have done under the draft.

    A difference is believed only where the order's own version makes of the same facts what was
    recorded. Raises Skip.
    """
    was = of_sale(deed.body)
    if not rules.concern(deed) and (person is None or not person.moved_on(deed.day)):
        return was, was
    body = deed.whole()
    order = _as_wished(order_of(body))
    holder = None if person is None else _holder(body, deed, person, rules.own)
    would = _price(order, _later(holder, person, deed), rules.draft, deed)
    if of_quote(would) != was:
        holder = _proved(order, holder, deed, rules.own)
        would = _price(order, _later(holder, person, deed), rules.draft, deed)
    instead = of_quote(would)
    if person is not None and instead != was:
        person.part().instead[deed.id] = would
    return was, instead


def _proved(order: Order, holder: Holder | None, deed: Deed, own: Programme) -> Holder | None:
    """Return the holder with whom the order's own version says what was recorded.

    Only the tier of a moment long ago may be another than what HQ can tell. Raises Skip.
    """
    was = of_sale(deed.body)
    for one in _candidates(holder, own):
        if of_quote(_price(order, one, own, deed)) == was:
            return one
    raise Skip("differs from its own version")


def _candidates(holder: Holder | None, own: Programme) -> Iterator[Holder | None]:
    yield holder
    if holder is not None:
        yield from (
            replace(holder, tier=tier.code) for tier in own.tier if tier.code != holder.tier
        )


def _later(holder: Holder | None, person: Person | None, deed: Deed) -> Holder | None:
    """Return the holder as the draft's own days have made them: another tier, other points."""
    if holder is None or person is None:
        return holder
    was, would = person.was, person.would
    tier = holder.tier if would.tier.code == was.tier.code else would.tier.code
    more = would.earned[deed.day] - was.earned[deed.day]
    earned = Points(max(holder.earned_today.minor + more, 0))
    return replace(holder, tier=tier, earned_today=earned)


def _price(order: Order, holder: Holder | None, rules: Programme, deed: Deed) -> Quote:
    """Price an order; of points that the rules refuse, as many are used as they allow."""
    try:
        return quote(order, holder, rules, deed.at)
    except PointsRefused as refused:
        return quote(replace(order, points=refused.most), holder, rules, deed.at)


def _as_wished(order: Order) -> Order:
    """Let stored value pay what it paid then at most, and what is more be paid from outside."""
    asks = tuple(
        TenderAsk(ask.tender) if ask.tender is Tender.STORED_VALUE else ask for ask in order.tenders
    )
    if not any(ask.amount is None and ask.tender is not Tender.STORED_VALUE for ask in asks):
        asks = (*asks, TenderAsk(Tender.WECHAT))
    return replace(order, tenders=asks)


def _holder(body: Mapping[str, Any], deed: Deed, person: Person, own: Programme) -> Holder:
    """Return the member as the till saw them, as far as this order shows it."""
    earned = body["earned"]
    birthday, first = _occasions(deed, person, own)
    spends = (lot_from(one) for one in body["lots"])
    uses = (use_from(one) for one in body["coupons"])
    room = own.points.daily_earn_cap - earned["points"]
    return Holder(
        tier=person.was.tier.code,
        lots=tuple(Lot(one.lot, one.principal, one.bonus) for one in spends),
        batches=tuple(map(batch_from, body["batches"])),
        coupons=tuple(
            HeldCoupon(use.coupon, use.template, date.min, use.valid_until) for use in uses
        ),
        birthday=birthday,
        first_order=first,
        earned_today=Points(
            room if earned["pending"] else min(person.was.earned[deed.day], max(room, 0))
        ),
        status=Status.NORMAL if earned["multiplier"] else Status.BLACKLISTED,
    )


def _occasions(deed: Deed, person: Person, own: Programme) -> tuple[Birthday | None, bool]:
    """Return birthday and first order as HQ knows them, unless the till knew otherwise."""
    reason = MultiplierReason(deed.body["earned"]["reason"])
    born, first = person.birthday, not person.bought
    best = multiplier_for(
        own,
        member_day=is_member_day(deed.day, own),
        birthday_month=born is not None and is_birthday_month(born, deed.day),
        first_order=first,
    )
    if best.reason is reason:
        return born, first
    told = reason is MultiplierReason.BIRTHDAY_MONTH
    month = Birthday(deed.day.month, 1) if told else None
    return month, reason is MultiplierReason.FIRST_ORDER
