"""What each line costs once the item-level benefit is taken off (RND-D)."""

from dataclasses import dataclass
from datetime import date

from pos_app.ledger.rules.basket import Basket, Line
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.programme_benefits import MemberDayBenefit


@dataclass(frozen=True, slots=True)
class Prices:
    """Fen payable per line, before any coupon."""

    lines: tuple[int, ...]
    saved: int = 0
    member_day: bool = False


def list_prices(basket: Basket) -> Prices:
    """Return what the lines cost without a benefit."""
    return Prices(tuple(line.listed.minor for line in basket.lines))


def member_day_prices(basket: Basket, benefit: MemberDayBenefit) -> Prices | None:
    """Return the prices of the member day, or None where it takes nothing off."""
    if benefit.scope == "designated_items" and not basket.itemised:
        return None
    payable = tuple(_payable(line, benefit) for line in basket.lines)
    saved = basket.listed.minor - sum(payable)
    return Prices(payable, saved, member_day=True) if saved else None


def _payable(line: Line, benefit: MemberDayBenefit) -> int:
    takes_part = not line.gift and (benefit.scope == "order" or line.designated)
    percent = benefit.pct if takes_part else 100
    return line.listed.minor * percent // 100


def is_member_day(today: date, programme: Programme) -> bool:
    """Say whether a business day is the monthly member day."""
    return today.day == programme.member_day.day_of_month
