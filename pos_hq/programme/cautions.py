"""What is lawful in a programme, and is probably not what its author meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from itertools import product

from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.topup import TopUpFacts, TopUpRefused, offer_top_up
from pos_app.money import Money
from pos_hq.programme.amounts import yuan

_SUMS_MOST = 60


@dataclass(frozen=True, slots=True)
class Reached:
    """The most that any member spent and grew in the window, and the largest order; in fen."""

    spend: int
    growth: int
    order: int


def cautions(programme: Programme, reached: Reached, now: datetime) -> Iterator[str]:
    """Yield one sentence for each doubt; none of them stands in the way of publishing."""
    yield from _at_once(programme, now)
    yield from _splitting(programme)
    yield from _out_of_reach(programme)
    yield from _given_away(programme)
    if reached.order:
        yield from _never_reached(programme, reached)


def _at_once(programme: Programme, now: datetime) -> Iterator[str]:
    if programme.effective_from <= now:
        yield (
            "effective_from: this moment has passed. Each terminal changes when it hears of it;"
            " one that is offline sells by the old programme until then."
        )


def _splitting(programme: Programme) -> Iterator[str]:
    """Try every pair of sums of rungs under every mix of campaigns (invariant I8 goes beyond)."""
    for first, born in product((False, True), repeat=2):
        found = _split_that_pays(programme, first=first, born=born)
        if found is not None:
            one, other, split, whole = found
            whose = _WHOSE[first, born]
            yield (
                f"stored_value.campaigns: for {whose}, {yuan(one)} and {yuan(other)} bring"
                f" {yuan(split)} on top, but {yuan(one + other)} at once bring {yuan(whole)}:"
                " splitting the top-up pays."
            )
            return


_WHOSE = {
    (False, False): "any member",
    (False, True): "a member in the birthday month",
    (True, False): "a member's first top-up",
    (True, True): "a member's first top-up in the birthday month",
}


def _split_that_pays(
    programme: Programme, *, first: bool, born: bool
) -> tuple[int, int, int, int] | None:
    then = cache(partial(_bonus, programme, TopUpFacts(birthday_month=born)))
    now = cache(partial(_bonus, programme, TopUpFacts(first_topup=first, birthday_month=born)))
    for one, other in product(_sums(programme), repeat=2):
        begin, rest, whole = now(one), then(other), now(one + other)
        if begin is None or rest is None or whole is None:
            continue
        if begin + rest > whole:
            return one, other, begin + rest, whole
    return None


def _sums(programme: Programme) -> list[int]:
    rules = programme.stored_value
    rungs = [rung.topup_fen for rung in rules.ladder]
    if rules.campaigns.big_1000_300.enabled:
        rungs.append(rules.campaigns.big_1000_300.topup_fen)
    sums = {times * rung for rung in rungs for times in range(1, rules.named_limit_fen // rung + 1)}
    return sorted(sums)[:_SUMS_MOST]


def _bonus(programme: Programme, facts: TopUpFacts, fen: int) -> int | None:
    """Return what a sum brings on an empty card; None for one that it may not hold."""
    try:
        return offer_top_up(Money(fen), Money(), facts, programme).bonus.minor
    except TopUpRefused:
        return None


def _out_of_reach(programme: Programme) -> Iterator[str]:
    rules = programme.stored_value
    for rung in rules.ladder:
        if rung.topup_fen + rung.bonus_fen > rules.named_limit_fen:
            yield (
                f"stored_value.ladder.{rung.topup_fen}: {yuan(rung.topup_fen)} with its bonus is"
                f" more than a card may hold ({yuan(rules.named_limit_fen)}); nobody reaches it."
            )
    guard = programme.second_factor
    if guard.manager_approval_from_fen > rules.named_limit_fen:
        yield (
            "second_factor.manager_approval_from_fen: no card holds"
            f" {yuan(guard.manager_approval_from_fen)}; no payment ever asks for a manager."
        )
    points = programme.points
    if points.redeem_min % points.redeem_step:
        yield (
            f"points.redeem_min: {points.redeem_min} is no whole step of {points.redeem_step};"
            " the fewest points that can be used are the next step."
        )


def _given_away(programme: Programme) -> Iterator[str]:
    for one in programme.coupon.template:
        if one.type == "full_reduction" and one.face_fen >= one.threshold_fen:
            yield (
                f"coupon.template.{one.code}: it takes {yuan(one.face_fen)} off orders from"
                f" {yuan(one.threshold_fen)} on; such an order is free."
            )


def _never_reached(programme: Programme, reached: Reached) -> Iterator[str]:
    for tier in programme.tier[1:]:
        if reached.spend < tier.spend_fen and reached.growth < tier.growth:
            yield (
                f"tier.{tier.code}: nobody reached {yuan(tier.spend_fen)} or {tier.growth} growth"
                f" in the last {programme.growth.window_days} days; the most was"
                f" {yuan(reached.spend)} and {reached.growth}."
            )
    for one in programme.coupon.template:
        if one.threshold_fen > reached.order:
            yield (
                f"coupon.template.{one.code}: no order came to {yuan(one.threshold_fen)} so far;"
                f" the largest was {yuan(reached.order)}."
            )
