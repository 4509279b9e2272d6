"""Tiers: which one the figures reach, how far the next one is, what orders and refunds change."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from pos_app.ids import EventId
from pos_app.ledger.rules.programme import Programme
from pos_app.money import BasisPoints, Growth, Money


@dataclass(frozen=True, slots=True)
class TierGap:
    """What is missing to the next tier; either figure alone is enough."""

    code: str
    spend_missing: Money
    growth_missing: Growth
    progress: BasisPoints


@dataclass(frozen=True, slots=True)
class TierState:
    """The tier that a member holds.

    `upgrade_source` is the order that caused it, `before` the state that this order found;
    both are needed to undo the upgrade when the order is returned.
    """

    code: str
    since: date
    protected_until: date | None = None
    upgrade_source: EventId | None = None
    before: Self | None = None


def tier_of(spend: Money, growth: Growth, programme: Programme) -> str:
    """Return the highest tier that the window's spend or growth reaches (thresholds inclusive)."""
    reached = [
        tier.code
        for tier in programme.tier
        if spend.minor >= tier.spend_fen or growth.minor >= tier.growth
    ]
    return reached[-1] if reached else programme.tier[0].code


def tier_name(code: str, programme: Programme) -> str:
    """Return the name that people read."""
    return programme.tier_named(code).name


def next_tier(held: str, spend: Money, growth: Growth, programme: Programme) -> TierGap | None:
    """Return the tier above the one held and what is missing to it, or None at the top.

    Progress is that of the nearer of both ways, from nothing to the threshold.
    """
    above = programme.tier[rank_of(held, programme) + 1 :]
    if not above:
        return None
    goal = above[0]
    nearest = max(
        spend.minor * 10_000 // goal.spend_fen,
        growth.minor * 10_000 // goal.growth,
    )
    return TierGap(
        code=goal.code,
        spend_missing=max(Money(goal.spend_fen) - spend, Money()),
        growth_missing=max(Growth(goal.growth) - growth, Growth()),
        progress=BasisPoints(min(max(nearest, 0), 10_000)),
    )


def rank_of(code: str, programme: Programme) -> int:
    """Return the place of a tier, 0 for the lowest and for a code the programme no longer has."""
    return programme.tier.index(programme.tier_named(code))


def tier_after_order(
    state: TierState, spend: Money, growth: Growth, on: date, order: EventId, programme: Programme
) -> TierState:
    """Return the state after an order; spend and growth include it. Reached is upgraded at once."""
    reached = tier_of(spend, growth, programme)
    if rank_of(reached, programme) <= rank_of(state.code, programme):
        return state
    return TierState(
        code=reached,
        since=on,
        protected_until=_protected_from(on, programme),
        upgrade_source=order,
        before=state,
    )


def tier_after_refund(
    state: TierState, spend: Money, growth: Growth, refunded: EventId, programme: Programme
) -> TierState:
    """Return the state after a refund; spend and growth no longer hold what came back.

    Only the upgrade that the refunded order caused is undone, and only when the figures reach the
    tier no more, neither by spend nor by growth; protection does not help it. Every other tier
    waits for the review. Nobody falls below the state the order found.
    """
    if not programme.tier_rules.refund_reverses_upgrade or state.upgrade_source != refunded:
        return state
    reached = tier_of(spend, growth, programme)
    if rank_of(reached, programme) >= rank_of(state.code, programme):
        return state
    found = state.before
    if found is None or rank_of(reached, programme) > rank_of(found.code, programme):
        return replace(state, code=reached)
    return found


def tier_after_review(
    state: TierState, spend: Money, growth: Growth, today: date, programme: Programme
) -> TierState:
    """Return the state after the review: it falls a level at most, and is protected again.

    While the protection lasts there is nothing to review.
    """
    if state.protected_until is not None and today < state.protected_until:
        return state
    held = rank_of(state.code, programme)
    reached = rank_of(tier_of(spend, growth, programme), programme)
    kept = max(reached, held - programme.tier_rules.downgrade_max_levels)
    code = programme.tier[kept].code
    since = state.since if kept == held else today
    return TierState(code, since, _protected_from(today, programme))


def _protected_from(day: date, programme: Programme) -> date:
    return day + timedelta(days=programme.tier_rules.protection_days)
