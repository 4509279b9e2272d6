"""Family sub-cards: the main wallet, spent under a limit of its own (D-30)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.windows import months_later
from pos_app.money import Money

GUARDED_BELOW_YEARS = 14


class SubCardRule(StrEnum):
    """Why a sub-card may not pay."""

    NONE = ""
    MAIN_BLOCKED = "main_blocked"
    FROZEN = "frozen"
    GUARDIAN_CONSENT = "guardian_consent"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class SubCard:
    """A sub-card: its limits, whether it is frozen alone, and whose consent it needs and has."""

    day_limit: Money
    month_limit: Money
    frozen: bool = False
    born_on: date | None = None
    guardian_consent: bool = False


@dataclass(frozen=True, slots=True)
class Used:
    """What a sub-card has spent on the business day and in its calendar month."""

    day: Money
    month: Money


@dataclass(frozen=True, slots=True)
class SubCardAnswer:
    """Whether the sub-card may pay; `left` is the most that both limits leave before it does."""

    rule: SubCardRule
    left: Money


def used_on(today: date, spends: Iterable[tuple[date, Money]]) -> Used:
    """Sum a sub-card's spends (negative: given back) of the business day and its month."""
    day = month = Money()
    for on, amount in spends:
        if (on.year, on.month) == (today.year, today.month):
            month += amount
            day += amount if on == today else Money()
    return Used(day, month)


def may_pay(amount: Money, card: SubCard, main: Status, used: Used, today: date) -> SubCardAnswer:
    """Say whether a sub-card may spend the main wallet.

    It stands and falls with the main account, and can be frozen alone. A child under 14 needs a
    guardian's recorded consent (PIPL articles 28 and 31). Limits are inclusive, the day's first.
    """
    left = max(min(card.day_limit - used.day, card.month_limit - used.month), Money())
    checks = (
        (main is not Status.NORMAL, SubCardRule.MAIN_BLOCKED),
        (card.frozen, SubCardRule.FROZEN),
        (needs_guardian(card, today) and not card.guardian_consent, SubCardRule.GUARDIAN_CONSENT),
        (used.day + amount > card.day_limit, SubCardRule.DAY),
        (used.month + amount > card.month_limit, SubCardRule.MONTH),
    )
    return SubCardAnswer(next((rule for broken, rule in checks if broken), SubCardRule.NONE), left)


def needs_guardian(card: SubCard, today: date) -> bool:
    """Say whether the holder is a child under 14, up to the day before the fourteenth birthday."""
    born = card.born_on
    return born is not None and today < months_later(born, 12 * GUARDED_BELOW_YEARS)
