"""What a member may spend at this terminal, as the rules want to see it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from pos_app.ids import CouponId, EventId, LotId, MemberId
from pos_app.ledger.rules.birthdays import birthday_of
from pos_app.ledger.rules.coupons import HeldCoupon
from pos_app.ledger.rules.holder import Holder, Status
from pos_app.ledger.rules.manual_tier import manual_from
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tier_standing import ManualTier, stands_at
from pos_app.ledger.rules.tiers import TierState
from pos_app.ledger.rules.wallet import Lot
from pos_app.ledger.rules.windows import Figures
from pos_app.ledger.store.accounts import holding_of
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Json, Transfer
from pos_app.ledger.store.gift_rows import gifts_had
from pos_app.ledger.store.member_rows import MemberUnknown
from pos_app.ledger.store.remote_rows import NOTHING_HEARD, remote_of
from pos_app.ledger.store.right_rows import Right, elsewhere
from pos_app.money import Growth, Money, Points

_HELD = (
    "SELECT a.pocket, a.lot, a.expires_on, b.amount FROM account a JOIN balance b ON"
    " b.account = a.id"
    " LEFT JOIN lot l ON l.id = a.lot WHERE a.member = ? AND b.amount <> 0"
    " ORDER BY l.at, l.seq, a.expires_on, a.id"
)
_COUPONS = (
    "SELECT id, template, valid_from, valid_until FROM coupon WHERE member = ? AND state = 'held'"
    " AND valid_until >= ?"
    " ORDER BY valid_until, template, id"
)
_MEMBER = (
    "SELECT tier, status, birthday, lunar, visits, tier_since, tier_protected_until,"
    " tier_source, tier_before, tier_manual"
    " FROM member WHERE id = ?"
)
_BOUGHT = "SELECT id, at FROM lot WHERE member = ? ORDER BY at, seq"
_WINDOW = (
    "SELECT coalesce(sum(CASE WHEN seq > ? THEN spend END), 0),"
    " coalesce(sum(CASE WHEN seq > ? THEN growth END), 0),"
    " coalesce(sum(CASE WHEN on_day = ? AND points > 0 THEN points END), 0)"
    " FROM growth WHERE member = ? AND on_day > ?"
)


@dataclass(frozen=True, slots=True)
class Wallet:
    """A member's rights at this terminal: lots oldest first, points by expiry, and points owed."""

    lots: tuple[Lot, ...]
    batches: tuple[PointsBatch, ...]
    debt: Points

    @property
    def principal(self) -> Money:
        """What is left of what the member paid in."""
        return Money(sum(lot.principal.minor for lot in self.lots))

    @property
    def bonus(self) -> Money:
        """What is left of what the shop gave on top."""
        return Money(sum(lot.bonus.minor for lot in self.lots))

    def points_on(self, day: date) -> Points:
        """Return the points usable on a day, less what is owed."""
        usable = sum(batch.points.minor for batch in self.batches if batch.expires_on >= day)
        return Points(usable - self.debt.minor)


def after_moves(wallet: Wallet, moves: Iterable[Transfer]) -> Wallet:
    """Return the wallet as it will stand once these transfers are posted.

    A lot that they open comes last.
    """
    principal = {lot.id: lot.principal.minor for lot in wallet.lots}
    bonus = {lot.id: lot.bonus.minor for lot in wallet.lots}
    batches = {batch.expires_on: batch.points.minor for batch in wallet.batches}
    debt = wallet.debt.minor
    for move in moves:
        for code, change in ((move.source, -move.amount), (move.target, move.amount)):
            held = holding_of(code)
            if held is None or held.pocket == "CPN":
                continue
            if held.pocket == "DEBT":
                debt -= change
            elif held.expires_on is not None:
                day = date.fromisoformat(held.expires_on)
                batches[day] = batches.get(day, 0) + change
            elif held.lot is not None:
                side, other = (principal, bonus) if held.pocket == "P" else (bonus, principal)
                side[LotId(held.lot)] = side.get(LotId(held.lot), 0) + change
                other.setdefault(LotId(held.lot), 0)
    lots = tuple(Lot(lot, Money(paid), Money(bonus[lot])) for lot, paid in principal.items())
    left = tuple(PointsBatch(day, Points(count)) for day, count in sorted(batches.items()) if count)
    return Wallet(lots, left, Points(debt))


@dataclass(frozen=True, slots=True)
class MemberState:
    """A member as the rules see them.

    With the tier's history that an upgrade or a return may change, and what counts towards it.
    """

    holder: Holder
    tier: TierState
    figures: Figures
    manual: ManualTier | None


def wallet_of(book: Statements, member: MemberId) -> Wallet:
    """Return what the member may spend here.

    From the balances kept in the same transactions as the transfers.
    """
    principal: dict[UUID, int] = {}
    bonus: dict[UUID, int] = {}
    batches: list[PointsBatch] = []
    debt = 0
    for pocket, lot, expires_on, amount in book.execute(_HELD, (member.bytes,)):
        if pocket == "PTS":
            batches.append(PointsBatch(date.fromisoformat(expires_on), Points(amount)))
        elif pocket == "DEBT":
            debt -= amount
        elif pocket in {"P", "B"}:
            side, other = (principal, bonus) if pocket == "P" else (bonus, principal)
            known = UUID(bytes=lot)
            side[known] = amount
            other.setdefault(known, 0)
    lots = tuple(Lot(LotId(lot), Money(paid), Money(bonus[lot])) for lot, paid in principal.items())
    return Wallet(lots, tuple(batches), Points(debt))


def wallet_everywhere(book: Statements, member: MemberId) -> Wallet:
    """Return what the member may spend here, and what HQ last said lies free at HQ, together."""
    here = wallet_of(book, member)
    lots = {lot.id: (lot.principal.minor, lot.bonus.minor) for lot in here.lots}
    batches = Counter({batch.expires_on: batch.points.minor for batch in here.batches})
    bought = {LotId(UUID(bytes=lot)): at for lot, at in book.execute(_BOUGHT, (member.bytes,))}
    for right in elsewhere(book, member):
        if right.pocket == "PTS":
            batches[date.fromisoformat(right.ref)] += right.amount
        elif right.pocket in {"P", "B"}:
            lot = LotId(UUID(right.ref))
            paid, bonus = lots.get(lot, (0, 0))
            in_paid = right.pocket == "P"
            lots[lot] = (paid + right.amount * in_paid, bonus + right.amount * (not in_paid))
            if lot not in bought:
                bought[lot] = right.about["at"]
    return Wallet(
        tuple(
            Lot(lot, Money(lots[lot][0]), Money(lots[lot][1]))
            for lot in sorted(lots, key=bought.__getitem__)
        ),
        tuple(PointsBatch(day, Points(count)) for day, count in sorted(batches.items())),
        here.debt,
    )


def wallet_in_reach(book: Statements, member: MemberId) -> Wallet:
    """Return the same rights in the order in which a payment spends them: those held here first.

    HQ grants only what is short, so principal and bonus come out as the payment will take them.
    """
    here, whole = wallet_of(book, member), wallet_everywhere(book, member)
    held = {lot.id: lot for lot in here.lots}
    there = (
        Lot(lot.id, lot.principal - held[lot.id].principal, lot.bonus - held[lot.id].bonus)
        if lot.id in held
        else lot
        for lot in whole.lots
    )
    return replace(whole, lots=(*here.lots, *(lot for lot in there if lot.total)))


def coupons_everywhere(book: Statements, member: MemberId, today: date) -> tuple[HeldCoupon, ...]:
    """Return the member's coupons here and free at HQ, the first to run out first."""
    here = coupons_of(book, member, today)
    known = {held.id for held in here}
    there = [_coupon(right) for right in elsewhere(book, member) if right.pocket == "CPN"]
    usable = [one for one in there if one.id not in known and one.valid_until >= today]
    return tuple(sorted((*here, *usable), key=lambda one: (one.valid_until, one.template, one.id)))


def member_state(
    book: Statements,
    member: MemberId,
    *,
    today: date,
    programme: Programme,
    everywhere: bool = False,
) -> MemberState:
    """Return the member as the rules see them on a business day. Raises MemberUnknown.

    What may be spent is what is held here; with `everywhere`, also what HQ would grant.
    """
    row = book.execute(_MEMBER, (member.bytes,)).fetchone()
    if row is None:
        raise MemberUnknown(member)
    code, status, birthday, lunar, visits, *history, given = row
    wallet = wallet_in_reach(book, member) if everywhere else wallet_of(book, member)
    coupons = coupons_everywhere if everywhere else coupons_of
    since = today - timedelta(days=programme.growth.window_days)
    remote = remote_of(book, member) or NOTHING_HEARD
    window = (remote.known_seq, remote.known_seq, today.isoformat(), member.bytes)
    spend, growth, earned = book.execute(_WINDOW, (*window, since.isoformat())).fetchone()
    tier, manual = _tier_state(code, *history), manual_from(given)
    counted = (Money(remote.spend + spend), Growth(remote.growth + growth))
    figures = Figures(*counted, since + timedelta(days=1))
    holder = Holder(
        tier=stands_at(tier, manual, figures, today, programme).code,
        lots=wallet.lots,
        batches=wallet.batches,
        debt=wallet.debt,
        coupons=coupons(book, member, today),
        birthday=birthday_of(birthday, lunar),
        first_order=visits == 0,
        spend=figures.spend,
        growth=figures.growth,
        earned_today=Points(earned),
        status=Status(status),
        gifts_had=gifts_had(book, member, programme),
    )
    return MemberState(holder, tier, figures, manual)


def coupons_of(book: Statements, member: MemberId, today: date) -> tuple[HeldCoupon, ...]:
    """Return the coupons in the member's hand that have not run out, the first to do so first."""
    return tuple(
        HeldCoupon(
            CouponId(UUID(bytes=held)),
            template,
            date.fromisoformat(first),
            date.fromisoformat(last),
        )
        for held, template, first, last in book.execute(_COUPONS, (member.bytes, today.isoformat()))
    )


def _coupon(right: Right) -> HeldCoupon:
    about = right.about
    span = (date.fromisoformat(about["valid_from"]), date.fromisoformat(about["valid_until"]))
    return HeldCoupon(CouponId(UUID(right.ref)), about["template"], *span)


def tier_record(state: TierState) -> dict[str, Json]:
    """Encode a tier state for an event; `tier_from` reads it back."""
    return {
        "code": state.code,
        "since": state.since.isoformat(),
        "protected_until": None
        if state.protected_until is None
        else state.protected_until.isoformat(),
        "source": None if state.upgrade_source is None else state.upgrade_source.hex,
        "before": None if state.before is None else tier_record(state.before),
    }


def tier_from(record: Mapping[str, Any]) -> TierState:
    """Decode a tier state from an event."""
    return TierState(
        code=record["code"],
        since=date.fromisoformat(record["since"]),
        protected_until=date.fromisoformat(record["protected_until"])
        if record["protected_until"]
        else None,
        upgrade_source=EventId(UUID(record["source"])) if record["source"] else None,
        before=tier_from(record["before"]) if record["before"] else None,
    )


def _tier_state(
    code: str, since: str, protected: str | None, source: bytes | None, before: str | None
) -> TierState:
    return tier_from(
        {
            "code": code,
            "since": since,
            "protected_until": protected,
            "source": None if source is None else source.hex(),
            "before": None if before is None else json.loads(before),
        }
    )
