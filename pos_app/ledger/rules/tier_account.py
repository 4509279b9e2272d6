"""The whole derivation of a tier, so that nobody has to believe it (TIR-05)."""

from dataclasses import dataclass
from datetime import date

from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tier_review import review_on
from pos_app.ledger.rules.tier_standing import ManualTier, TierStanding, stands_at
from pos_app.ledger.rules.tiers import TierGap, TierState, next_tier
from pos_app.ledger.rules.windows import Figures


@dataclass(frozen=True, slots=True)
class TierAccount:
    """Why a member stands at a tier on a day, and what is next.

    `protected_until` is the first day on which the held tier can be lost, `review_on` the day on
    which it is looked at again; `manual` is what a person gave, while it lasts.
    """

    on: date
    standing: TierStanding
    held: str
    since: date
    protected_until: date | None
    review_on: date | None
    manual: ManualTier | None
    gap: TierGap | None


def account_of(
    state: TierState, manual: ManualTier | None, figures: Figures, today: date, programme: Programme
) -> TierAccount:
    """Return the derivation of what `stands_at` decides."""
    standing = stands_at(state, manual, figures, today, programme)
    protected = state.protected_until
    return TierAccount(
        on=today,
        standing=standing,
        held=state.code,
        since=state.since,
        protected_until=protected if protected is not None and today < protected else None,
        review_on=review_on(state, programme),
        manual=manual if manual is not None and today <= manual.until else None,
        gap=next_tier(standing.code, figures.spend, figures.growth, programme),
    )
