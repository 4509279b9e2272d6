"""Which tier a member stands at on a day, and the arithmetic that says so."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tiers import TierState, rank_of, tier_of
from pos_app.ledger.rules.windows import Figures
from pos_app.money import Growth, Money

# Whoever is to have a tier for longer is given it again.
MANUAL_DAYS_MOST = 366


class TierReason(StrEnum):
    """Why a member stands at a tier."""

    LOWEST = "lowest"
    SPEND = "spend"
    GROWTH = "growth"
    SPEND_AND_GROWTH = "spend_and_growth"
    PROTECTED = "protected"
    HELD = "held"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class TierFloor:
    """A tier that cannot be lost before `until`, the first day on which it can."""

    code: str
    until: date


@dataclass(frozen=True, slots=True)
class ManualTier:
    """A tier that a person gave; `until` is its last day."""

    code: str
    until: date


@dataclass(frozen=True, slots=True)
class TierStanding:
    """The tier and its derivation: both thresholds are inclusive, and either is enough.

    `reached` is what the figures alone reach. `until` is the last day of a protection or of a
    person's word, where that is the reason.
    """

    code: str
    reason: TierReason
    figures: Figures
    spend_needed: Money
    growth_needed: Growth
    reached: str
    until: date | None = None


_Candidate = tuple[str, TierReason, date | None]


def tier_on(
    today: date,
    figures: Figures,
    floor: TierFloor | None,
    manual: ManualTier | None,
    programme: Programme,
    held: str | None = None,
) -> TierStanding:
    """Return the tier as a pure function of its inputs (TIR-01, TIR-03, DAT-07).

    The highest counts: what the figures reach, the protected floor, the tier that was held and
    waits for its review, the tier given by hand. A tier given by hand lifts and never lowers; on
    equal height the figures are the reason.
    """
    reached = tier_of(figures.spend, figures.growth, programme)
    best: _Candidate = (reached, _by_figures(reached, figures, programme), None)
    if floor is not None and today < floor.until:
        best = _higher(best, (floor.code, TierReason.PROTECTED, floor.until), programme)
    if held is not None:
        best = _higher(best, (held, TierReason.HELD, None), programme)
    if manual is not None and today <= manual.until:
        best = _higher(best, (manual.code, TierReason.MANUAL, manual.until), programme)
    tier = programme.tier_named(best[0])
    return TierStanding(
        code=tier.code,
        reason=best[1],
        figures=figures,
        spend_needed=Money(tier.spend_fen),
        growth_needed=Growth(tier.growth),
        reached=reached,
        until=best[2],
    )


def stands_at(
    state: TierState, manual: ManualTier | None, figures: Figures, today: date, programme: Programme
) -> TierStanding:
    """Return the tier that counts today: a held tier falls by its review alone (TIR-03)."""
    return tier_on(today, figures, floor_of(state), manual, programme, held=state.code)


def given_or_held(held: str, manual: ManualTier | None, today: date, programme: Programme) -> str:
    """Return the same where the figures are not at hand: they have lifted the held tier already."""
    if manual is None or today > manual.until:
        return held
    return max(held, manual.code, key=lambda code: rank_of(code, programme))


def floor_of(state: TierState) -> TierFloor | None:
    """Return the floor that a held tier's protection lays."""
    return None if state.protected_until is None else TierFloor(state.code, state.protected_until)


def _higher(best: _Candidate, other: _Candidate, programme: Programme) -> _Candidate:
    return other if rank_of(other[0], programme) > rank_of(best[0], programme) else best


def _by_figures(code: str, figures: Figures, programme: Programme) -> TierReason:
    tier = programme.tier_named(code)
    if rank_of(code, programme) == 0:
        return TierReason.LOWEST
    spent, grown = figures.spend.minor >= tier.spend_fen, figures.growth.minor >= tier.growth
    if spent and grown:
        return TierReason.SPEND_AND_GROWTH
    return TierReason.SPEND if spent else TierReason.GROWTH
