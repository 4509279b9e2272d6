"""What is no order: returns, top-ups and enrolments under another programme."""

from __future__ import annotations

from pos_app.errors import PosError
from pos_app.ledger.rules.birthdays import is_birthday_month
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.refund import RefundPlan, after_return, plan_refund
from pos_app.ledger.rules.refund_legs import legs_of
from pos_app.ledger.rules.refund_selection import Selection
from pos_app.ledger.rules.sold import Sold
from pos_app.ledger.rules.topup import Campaign, TopUpFacts, TopUpOffer, TopUpRefused, offer_top_up
from pos_app.money import Money
from pos_hq.sandbox.deeds import Deed
from pos_hq.sandbox.effects import Effect, of_return, of_top_up
from pos_hq.sandbox.people import Person
from pos_hq.sandbox.rules import Rules
from pos_hq.sandbox.skipped import Skip


def give_back(deed: Deed, person: Person, rules: Rules) -> tuple[Effect, Effect]:
    """Return what a return undid, and would have; that of an older order undoes the same.

    Raises Skip.
    """
    was, sale = of_return(deed.body), deed.of or b""
    sold, other = person.was.sale(sale), person.would.sale(sale)
    if sold is None or other is None:
        return was, was
    plan = _plan(sold, deed, rules.own)
    if plan is None or _of_plan(plan) != was:
        raise Skip("differs from its own version")
    instead = _plan(other, deed, rules.draft)
    if instead is None:
        raise Skip("the draft allows no such return")
    if _of_plan(instead) != was:
        person.part()
    person.would.sold[sale] = after_return(other, instead)
    person.was.sold[sale] = after_return(sold, plan)
    return was, _of_plan(instead)


def _plan(sold: Sold, deed: Deed, rules: Programme) -> RefundPlan | None:
    try:
        return plan_refund(sold, _selection(sold, deed), rules, deed.at)
    except PosError:
        return None


def _selection(sold: Sold, deed: Deed) -> Selection:
    if deed.body["whole"]:
        return None
    if deed.body["units"]:
        return frozenset(deed.body["units"])
    rest = legs_of(sold.units).paid - sold.returned_amount
    return min(Money(deed.body["amount"]), rest)


def _of_plan(plan: RefundPlan) -> Effect:
    return Effect(
        points=-plan.clawback.minor,
        pending=-plan.pending_back.minor,
        growth=-plan.growth_back.minor,
        eligible=-plan.eligible_back.minor,
        paid=-plan.amount.minor,
        owed=(plan.principal + plan.bonus).minor,
    )


def top_up(deed: Deed, person: Person, rules: Rules) -> tuple[Effect, Effect]:
    """Return what a top-up brought, and would have. Raises Skip."""
    amount, bonus = deed.body["amount"], deed.body["bonus"]
    was = of_top_up(amount, bonus)
    after = deed.body["after"]
    before = Money(max(after["principal"] + after["bonus"] - amount - bonus, 0))
    for facts in _facts(deed, person):
        if _bonus(amount, before, facts, rules.own) == (deed.body["campaign"], bonus):
            instead = _offer(amount, before, facts, rules.draft)
            if instead is None:
                raise Skip("the draft allows no such top-up")
            return was, of_top_up(amount, instead.bonus.minor)
    raise Skip("differs from its own version")


def _facts(deed: Deed, person: Person) -> tuple[TopUpFacts, ...]:
    """Return what HQ knows of the member, and what the till must have known."""
    at = int(deed.at.timestamp() * 1000)
    born = person.birthday is not None and is_birthday_month(person.birthday, deed.day)
    campaign = deed.body["campaign"]
    told = (campaign == Campaign.FIRST_TOP_UP, campaign == Campaign.BIRTHDAY_MONTH)
    return TopUpFacts(person.first_lot == at, born), TopUpFacts(*told)


def _bonus(
    amount: int, before: Money, facts: TopUpFacts, rules: Programme
) -> tuple[str, int] | None:
    offer = _offer(amount, before, facts, rules)
    return None if offer is None else (offer.campaign.value, offer.bonus.minor)


def _offer(amount: int, before: Money, facts: TopUpFacts, rules: Programme) -> TopUpOffer | None:
    try:
        return offer_top_up(Money(amount), before, facts, rules)
    except TopUpRefused:
        return None


def enrol(deed: Deed, person: Person, rules: Rules) -> tuple[Effect, Effect]:
    """Return what a new member was given, and would have been.

    Who was known already gets nothing, and a till that had no HQ yet promises nothing.
    """
    given = rules.own.points.register_points
    if person.merged or (given and "welcome" not in deed.body):
        return Effect(), Effect()
    return Effect(points=given), Effect(points=rules.draft.points.register_points)
