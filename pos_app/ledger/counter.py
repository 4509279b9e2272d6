"""The member at the counter.

Everything that the cashier sees at a glance, and the price of an order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos_app.ids import CouponId, MemberId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.masking import initial_of, mask_name, mask_phone
from pos_app.ledger.rules.basket import Order
from pos_app.ledger.rules.birthdays import birthday_in
from pos_app.ledger.rules.coupons import HeldCoupon
from pos_app.ledger.rules.holder import Birthday, Holder, Status
from pos_app.ledger.rules.item_benefits import is_member_day
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.quote import Quote, quote
from pos_app.ledger.rules.tiers import TierGap, next_tier, tier_name
from pos_app.ledger.store import lately, member_rows
from pos_app.ledger.store.event import Event, Kind
from pos_app.ledger.store.holdings import Wallet, member_state, wallet_of
from pos_app.ledger.store.lately import MonthSpend
from pos_app.ledger.store.member_rows import MemberUnknown
from pos_app.ledger.store.pins import has_pin
from pos_app.money import Growth, Money, Points

RECENT_LINES = 6
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
class RecentLine:
    """One of the member's latest events; a negative amount left the member's pocket."""

    seq: int
    at: datetime
    kind: Kind
    title: str
    units: int
    amount: Money
    points: Points
    tender: str
    synced: bool


@dataclass(frozen=True, slots=True)
class MemberAtCounter:
    """A loaded member. Money and points are what may be used here now."""

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
    points: Points
    next_expiry: PointsBatch | None
    coupons: tuple[CouponCard, ...]
    spend: Money
    growth: Growth
    next_tier: TierGap | None
    birthday_in_days: int | None
    member_day_pct: int | None
    has_pin: bool
    recent: tuple[RecentLine, ...]
    months: tuple[MonthSpend, ...]

    @property
    def principal(self) -> Money:
        """What is left of what the member paid in."""
        return self.wallet.principal

    @property
    def bonus(self) -> Money:
        """What is left of what the shop gave on top."""
        return self.wallet.bonus

    @property
    def balance(self) -> Money:
        """Principal and bonus together."""
        return self.principal + self.bonus

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
    row = member_rows.by_id(reader, member)
    if row is None:
        raise MemberUnknown(member)
    holder = member_state(reader, member, today=today, programme=rules).holder
    wallet = wallet_of(reader, member)
    first = _months_back(today, MONTHS_SHOWN - 1)
    return MemberAtCounter(
        id=row.id,
        number=row.number,
        name=row.name,
        masked_name=mask_name(row.name),
        initial=initial_of(row.name),
        masked_phone=mask_phone(row.phone or ""),
        tier=row.tier,
        tier_name=tier_name(row.tier, rules),
        status=row.status,
        status_reason=row.status_reason,
        joined_on=row.joined_on,
        last_visit=row.last_visit,
        visits=row.visits,
        note=row.note,
        wallet=wallet,
        points=wallet.points_on(today),
        next_expiry=next((batch for batch in wallet.batches if batch.expires_on >= today), None),
        coupons=tuple(coupon_card(held, rules) for held in holder.coupons),
        spend=holder.spend,
        growth=holder.growth,
        next_tier=next_tier(holder.tier, holder.spend, holder.growth, rules),
        birthday_in_days=_days_to(holder.birthday, today),
        member_day_pct=_member_day_pct(holder, today, rules),
        has_pin=has_pin(reader, member),
        recent=recent_lines(ledger, member),
        months=_every_month(lately.months_of(reader, member, first=first), first),
    )


def price(ledger: Ledger, order: Order, member: MemberId | None) -> Quote:
    """Return the price of an order as of now.

    Raises BasketRefused, PointsRefused, MemberUnknown.
    """
    rules = ledger.programme
    if member is None:
        return quote(order, None, rules, ledger.now())
    holder = member_state(ledger.read(), member, today=ledger.today(), programme=rules).holder
    return quote(order, holder, rules, ledger.now())


def recent_lines(
    ledger: Ledger, member: MemberId, limit: int = RECENT_LINES
) -> tuple[RecentLine, ...]:
    """Return the member's latest sales, top-ups and refunds, newest first."""
    acked = lately.acked_seq(ledger.read())
    events = lately.last_events(ledger.read(), member, limit)
    return tuple(_recent(event, synced=event.seq <= acked) for event in events)


def _recent(event: Event, *, synced: bool) -> RecentLine:
    body = event.body
    paid = {
        Kind.SALE: -body.get("payable", 0),
        Kind.TOPUP: body.get("amount", 0),
    }.get(event.kind, body.get("money", 0))
    lines = body.get("lines", [])
    shares = body.get("externals", [])
    tender = "stored_value" if body.get("stored_value") else body.get("tender", "")
    return RecentLine(
        seq=event.seq,
        at=event.at,
        kind=event.kind,
        title=lines[0]["title"] if lines else "",
        units=sum(line["quantity"] for line in lines),
        amount=Money(paid),
        points=Points(body["earned"]["points"] if event.kind is Kind.SALE else 0),
        tender=tender or (shares[0]["tender"] if shares else ""),
        synced=synced,
    )


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


def _every_month(known: tuple[MonthSpend, ...], first: date) -> tuple[MonthSpend, ...]:
    spent = {month.month: month for month in known}
    months = (_months_back(first, -ahead) for ahead in range(MONTHS_SHOWN))
    return tuple(spent.get(month, MonthSpend(month, Money(), 0)) for month in months)
