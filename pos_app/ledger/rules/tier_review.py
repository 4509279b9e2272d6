"""When a tier is looked at again, what is said before it falls, and what then becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tiers import TierState, rank_of, tier_after_review
from pos_app.ledger.rules.windows import Figures, Qualified, figures_on, months_later
from pos_app.money import Growth, Money

MONTHS_OF_CYCLE = {"quarterly": 3, "half_yearly": 6, "yearly": 12}


@dataclass(frozen=True, slots=True)
class DowngradeNotice:
    """What a member is told before a review: what would be lost, when, and what would keep it.

    `figures` are those of the review's day if nothing more is bought. Either missing figure alone
    is enough to keep the tier.
    """

    held: str
    falls_to: str
    tell_from: date
    review_on: date
    figures: Figures
    spend_missing: Money
    growth_missing: Growth


def review_on(state: TierState, programme: Programme) -> date | None:
    """Return the day of the next review, or None for the lowest tier, which cannot fall.

    Cycles are counted from the day the tier was reached; a review falls on the first of them that
    is after the last review and not before the end of the protection (TIR-03).
    """
    if rank_of(state.code, programme) == 0:
        return None
    rules = programme.tier_rules
    reviewed, protected = state.since, state.since
    if state.protected_until is not None:
        protected = state.protected_until
        reviewed = protected - timedelta(days=rules.protection_days)
    months = MONTHS_OF_CYCLE[rules.review_cycle]
    days = (months_later(state.since, months * cycle) for cycle in count(1))
    return next(day for day in days if day >= protected and day > reviewed)


def downgrade_notice(
    state: TierState, rows: Sequence[Qualified], today: date, programme: Programme
) -> DowngradeNotice | None:
    """Return what a member must be told today, or None when nothing threatens or it is too early.

    `rows` is what is known today; what will have left the window by the review no longer counts.
    """
    day = review_on(state, programme)
    if day is None:
        return None
    tell_from = day - timedelta(days=programme.tier_rules.downgrade_notice_days)
    figures = figures_on(rows, day, programme)
    falls_to = tier_after_review(state, figures.spend, figures.growth, day, programme).code
    if today < tell_from or rank_of(falls_to, programme) >= rank_of(state.code, programme):
        return None
    held = programme.tier_named(state.code)
    return DowngradeNotice(
        held=state.code,
        falls_to=falls_to,
        tell_from=tell_from,
        review_on=day,
        figures=figures,
        spend_missing=Money(held.spend_fen) - figures.spend,
        growth_missing=Growth(held.growth) - figures.growth,
    )


def review(
    state: TierState,
    rows: Sequence[Qualified],
    told_on: date | None,
    today: date,
    programme: Programme,
) -> TierState:
    """Return the state after today's review; before its day nothing changes.

    A tier that still holds is confirmed as of the review's day, however late this runs. It falls
    only when the member was told so many days before; the fall waits for that.
    `told_on` is the day on which the notice of this review was given.
    """
    day = review_on(state, programme)
    if day is None or today < day:
        return state
    stands = _reviewed(state, rows, day, programme)
    if rank_of(stands.code, programme) >= rank_of(state.code, programme):
        return stands
    if told_on is None:
        return state
    falls_on = max(day, told_on + timedelta(days=programme.tier_rules.downgrade_notice_days))
    return state if today < falls_on else _reviewed(state, rows, falls_on, programme)


def _reviewed(
    state: TierState, rows: Sequence[Qualified], day: date, programme: Programme
) -> TierState:
    figures = figures_on(rows, day, programme)
    return tier_after_review(state, figures.spend, figures.growth, day, programme)
