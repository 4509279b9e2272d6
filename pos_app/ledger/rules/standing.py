"""What a member's status leaves of the programme at this counter."""

from dataclasses import dataclass
from datetime import date

from pos_app.ledger.rules.access import Act, permitted
from pos_app.ledger.rules.basket import Order
from pos_app.ledger.rules.holder import Holder
from pos_app.ledger.rules.item_benefits import Prices, is_member_day, list_prices, member_day_prices
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.wallet import Lot
from pos_app.money import Money


@dataclass(frozen=True, slots=True)
class Standing:
    """The holder as far as the status permits; without a member everything is empty."""

    holder: Holder | None
    benefits: bool = False
    coupons: bool = False
    points: bool = False
    earns: bool = False
    pays: bool = False
    lots: tuple[Lot, ...] = ()

    @property
    def tier(self) -> str:
        return "" if self.holder is None else self.holder.tier

    @property
    def credit(self) -> Money:
        """Return what may be spent early: nothing where stored value may not be spent."""
        return self.holder.credit if self.holder is not None and self.pays else Money()

    @property
    def batches(self) -> tuple[PointsBatch, ...]:
        """Return the points that may be redeemed: none where they may not be."""
        return self.holder.batches if self.holder is not None and self.points else ()


def standing_of(holder: Holder | None) -> Standing:
    """Read the status: frozen is like nobody, blacklisted may only spend what was paid in."""
    if holder is None:
        return Standing(None)
    may_pay = permitted(holder.status, Act.PAY_STORED_VALUE)
    return Standing(
        holder,
        benefits=bool(permitted(holder.status, Act.USE_BENEFIT)),
        coupons=bool(permitted(holder.status, Act.USE_COUPON)),
        points=bool(permitted(holder.status, Act.REDEEM_POINTS)),
        earns=bool(permitted(holder.status, Act.EARN_POINTS)),
        pays=bool(may_pay),
        lots=holder.lots if may_pay else (),
    )


def prices_for(
    order: Order, standing: Standing, today: date, programme: Programme
) -> tuple[Prices, ...]:
    """Return the ways to price the lines: at list and, where it takes something off, by the day."""
    plain = list_prices(order.basket)
    if not (standing.benefits and is_member_day(today, programme)):
        return (plain,)
    benefit = programme.tier_named(standing.tier).member_day
    reduced = member_day_prices(order.basket, benefit)
    return (plain,) if reduced is None else (plain, reduced)
