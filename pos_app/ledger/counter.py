"""The member at the counter.

Everything that the cashier sees at a glance, and the price of an order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from pos_app.ids import CouponId, MemberId
from pos_app.ledger.credit import with_credit
from pos_app.ledger.factors import lack_of_pin
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.masking import initial_of, mask_name, mask_phone
from pos_app.ledger.recent import RecentLine, recent_lines
from pos_app.ledger.rules.basket import Order
from pos_app.ledger.rules.birthdays import birthday_in
from pos_app.ledger.rules.coupons import HeldCoupon
from pos_app.ledger.rules.holder import Birthday, Holder, Status
from pos_app.ledger.rules.item_benefits import is_member_day
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.quote import Quote, quote
from pos_app.ledger.rules.tiers import TierGap, next_tier, tier_name
from pos_app.ledger.standing import UNKNOWN, Standing, standing_from
from pos_app.ledger.store import lately
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.holdings import (
    MemberState,
    Wallet,
    coupons_everywhere,
    member_state,
    wallet_everywhere,
    wallet_of,
)
from pos_app.ledger.store.lately import MonthSpend
from pos_app.ledger.store.member_rows import known_member
from pos_app.ledger.store.pins import has_pin
from pos_app.ledger.store.remote_rows import remote_of
from pos_app.money import Growth, Money, Points

MONTHS_SHOWN = 6
BIRTHDAY_NOTICE_DAYS = 7


@dataclass(frozen=True, slots=True)
class CouponCard:
    """A coupon in the member's hand with what its template says.

    One of an unknown template has no figures.
    """

    id: CouponId
    template: str
    name: str
    type: str
    face: Money
    pct: int
    cap: Money
    threshold: Money
    gift_value: Money
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class MemberAtCounter:
    """A loaded member. Money, points and coupons are what may be used here now.

    `wallet` is held here; `total` adds what HQ said lies free there, `as_of` a moment, None where
    HQ never spoke of them; `elsewhere` is stored value that other terminals held then. Online the
    total can be used: HQ grants what is not held here. `away` are coupons that lie at HQ while it
    cannot be reached. `has_pin`: here or elsewhere they have chosen a PIN; `pin_here`: this
    terminal can check it. `credit` may be spent early while HQ is away. `standing` are the tags
    and the stage that HQ found.
    """

    id: MemberId
    number: str
    name: str
    masked_name: str
    initial: str
    masked_phone: str
    tier: str
    tier_name: str
    status: Status
    status_reason: str
    joined_on: date
    last_visit: date | None
    visits: int
    note: str
    wallet: Wallet
    total: Wallet
    elsewhere: Money
    as_of: datetime | None
    standing: Standing
    online: bool
    credit: Money
    today: date
    coupons: tuple[CouponCard, ...]
    away: tuple[CouponCard, ...]
    spend: Money
    growth: Growth
    next_tier: TierGap | None
    birthday_in_days: int | None
    member_day_pct: int | None
    has_pin: bool
    pin_here: bool
    recent: tuple[RecentLine, ...]
    months: tuple[MonthSpend, ...]

    @property
    def usable(self) -> Wallet:
        """What may be spent here now."""
        return self.total if self.online else self.wallet

    @property
    def cut_off(self) -> bool:
        """Say whether HQ knows the member and cannot be reached."""
        return self.as_of is not None and not self.online

    @property
    def principal(self) -> Money:
        """What is left of what the member paid in."""
        return self.usable.principal

    @property
    def bonus(self) -> Money:
        """What is left of what the shop gave on top."""
        return self.usable.bonus

    @property
    def balance(self) -> Money:
        """Principal and bonus together."""
        return self.principal + self.bonus

    @property
    def whole(self) -> Money:
        """All stored value, here and at HQ, whether it can be reached or not."""
        return self.total.principal + self.total.bonus

    @property
    def points(self) -> Points:
        """Points that may be used here now, less what is owed."""
        return self.usable.points_on(self.today)

    @property
    def next_expiry(self) -> PointsBatch | None:
        """The usable points that run out first."""
        alive = (batch for batch in self.usable.batches if batch.expires_on >= self.today)
        return next(alive, None)

    @property
    def debt(self) -> Points:
        """Points clawed back after they were spent."""
        return self.wallet.debt

    @property
    def average_ticket(self) -> Money:
        """What an order of the months shown came to, floored to the fen."""
        orders = sum(month.orders for month in self.months)
        return (
            Money(sum(month.spend.minor for month in self.months) // orders) if orders else Money()
        )


def open_member(ledger: Ledger, member: MemberId) -> MemberAtCounter:
    """Return the member with everything the counter shows. Raises MemberUnknown."""
    reader, rules, today = ledger.read(), ledger.programme, ledger.today()
    row, online, remote = known_member(reader, member), ledger.online, remote_of(reader, member)
    holder = _state(ledger, reader, member, everywhere=online).holder
    return MemberAtCounter(
        id=row.id,
        number=row.number,
        name=row.name,
        masked_name=mask_name(row.name),
        initial=initial_of(row.name),
        masked_phone=mask_phone(row.phone or ""),
        tier=holder.tier,
        tier_name=tier_name(holder.tier, rules),
        status=row.status,
        status_reason=row.status_reason,
        joined_on=row.joined_on,
        last_visit=row.last_visit,
        visits=row.visits,
        note=row.note,
        wallet=wallet_of(reader, member),
        total=wallet_everywhere(reader, member),
        elsewhere=Money() if remote is None else Money(remote.elsewhere),
        as_of=None if remote is None else remote.as_of,
        standing=UNKNOWN if remote is None else standing_from(remote.standing),
        online=online,
        credit=holder.credit,
        today=today,
        coupons=tuple(coupon_card(held, rules) for held in holder.coupons),
        away=_away(reader, member, holder, ledger),
        spend=holder.spend,
        growth=holder.growth,
        next_tier=next_tier(holder.tier, holder.spend, holder.growth, rules),
        birthday_in_days=_days_to(holder.birthday, today),
        member_day_pct=_member_day_pct(holder, today, rules),
        has_pin=has_pin(reader, member),
        pin_here=lack_of_pin(ledger, member) is None,
        recent=recent_lines(ledger, member),
        months=_months(reader, member, today),
    )


def price(
    ledger: Ledger, order: Order, member: MemberId | None, *, held_only: bool = False
) -> Quote:
    """Return the price of an order as of now.

    Online, all that the member has counts, unless `held_only`: what is not held here HQ grants
    before the payment. Raises BasketRefused, PointsRefused, MemberUnknown.
    """
    rules = ledger.programme
    order = replace(order, store=ledger.node.store, out_of_stock=ledger.stock.out())
    if member is None:
        return quote(order, None, rules, ledger.now())
    counts = ledger.online and not held_only
    state = _state(ledger, ledger.read(), member, everywhere=counts)
    return quote(order, state.holder, rules, ledger.now())


def _away(
    reader: Statements, member: MemberId, holder: Holder, ledger: Ledger
) -> tuple[CouponCard, ...]:
    """Return the coupons that cannot be used here now."""
    everywhere = coupons_everywhere(reader, member, ledger.today())
    away = (one for one in everywhere if one not in holder.coupons)
    return tuple(coupon_card(one, ledger.programme) for one in away)


def _state(
    ledger: Ledger, reader: Statements, member: MemberId, *, everywhere: bool
) -> MemberState:
    """Return the member as the rules see them, with what may be spent early."""
    today, rules = ledger.today(), ledger.programme
    state = member_state(reader, member, today=today, programme=rules, everywhere=everywhere)
    return with_credit(ledger, reader, member, state)


def coupon_card(held: HeldCoupon, rules: Programme) -> CouponCard:
    """Return a coupon with what its template says."""
    template = rules.template(held.template)
    return CouponCard(
        id=held.id,
        template=held.template,
        name=template.name if template else "",
        type=template.type if template else "",
        face=Money(template.face_fen if template else 0),
        pct=template.pct if template else 100,
        cap=Money(template.cap_fen or 0 if template else 0),
        threshold=Money(template.threshold_fen if template else 0),
        gift_value=Money(template.gift_value_fen if template else 0),
        valid_from=held.valid_from,
        valid_until=held.valid_until,
    )


def _days_to(birthday: Birthday | None, today: date) -> int | None:
    """Return the days to the birthday when it lies within the notice.

    A lunar year may end next January.
    """
    if birthday is None:
        return None
    falls = (birthday_in(birthday, year) for year in (today.year - 1, today.year, today.year + 1))
    ahead = ((day - today).days for day in falls)
    return next((days for days in ahead if 0 <= days <= BIRTHDAY_NOTICE_DAYS), None)


def _member_day_pct(holder: Holder, today: date, rules: Programme) -> int | None:
    return rules.tier_named(holder.tier).member_day.pct if is_member_day(today, rules) else None


def _months_back(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _months(reader: Statements, member: MemberId, today: date) -> tuple[MonthSpend, ...]:
    """Return the months shown, those without an order too."""
    first = _months_back(today, MONTHS_SHOWN - 1)
    spent = {month.month: month for month in lately.months_of(reader, member, first=first)}
    months = (_months_back(first, -ahead) for ahead in range(MONTHS_SHOWN))
    return tuple(spent.get(month, MonthSpend(month, Money(), 0)) for month in months)
