"""How a member's tier follows, from what all terminals told (TIR-05)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pos_app.clock import business_date
from pos_app.ledger.rules.manual_tier import manual_from, manual_text
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.tier_account import TierAccount, account_of
from pos_app.ledger.rules.tier_review import downgrade_notice
from pos_app.ledger.rules.tier_standing import MANUAL_DAYS_MOST, ManualTier
from pos_app.ledger.rules.windows import Qualified, figures_on
from pos_app.money import Growth, Money
from pos_app.sync.wire_tiers import TierFall, TierGiven, TierNext, TierOrder, TierView
from pos_hq.facts import MemberUnknown, TierDayRefused, TierUnknown
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.tiering import tier_state
from pos_hq.fold.values import Act, Member
from pos_hq.hq import Hq
from pos_hq.store import growth_rows, member_rows, programme_rows
from pos_hq.store.loading import load_members
from pos_hq.store.saving import save
from pos_hq.window import window_start


def tier_of(hq: Hq, member: str) -> TierView:
    """Return the tier of today with its whole derivation.

    Of whoever was merged into another member it is the other one's. Raises MemberUnknown.
    """
    with hq.read() as book:
        known = member_rows.canonical_of(book, [member]) or {member}
        found = member_rows.peek(book, sorted(known))
        if not found or found[0].erased:
            raise MemberUnknown
        rules = programme_rows.in_force(book, hq.now_ms())
        today = business_date(hq.now(), zone=rules.zone, cutover=rules.cutover)
        first = today - timedelta(days=rules.growth.window_days)
        orders = growth_rows.counted(book, found[0].id, first.isoformat())
    return _view(found[0], orders, today, rules)


def give(hq: Hq, member: str, given: ManualTier | None, *, by: str, reason: str) -> None:
    """Let a member stand at a tier up to a day, or end what was given; tills hear of it.

    Raises MemberUnknown, TierUnknown, TierDayRefused.
    """
    with hq.write() as book:
        member = (member_rows.canonical_of(book, [member]) or {member}).pop()
        sheet = Sheet(Whence("", 0, "", hq.now_ms(), {}))
        load_members(book, sheet, [member], window_start(hq, book))
        one = sheet.members.get(member)
        if one is None or one.erased:
            raise MemberUnknown
        _ensure_fits(hq, given, programme_rows.in_force(book, hq.now_ms()))
        text = None if given is None else manual_text(given.code, given.until.isoformat(), reason)
        one.tier_manual = text
        told = "ended" if given is None else f"{given.code} until {given.until.isoformat()}"
        sheet.act(Act("TIER_GIVEN", member, f"{told}: {reason}", (), by))
        sheet.changed.add(member)
        save(book, sheet)


def _ensure_fits(hq: Hq, given: ManualTier | None, rules: Programme) -> None:
    if given is None:
        return
    if given.code not in {tier.code for tier in rules.tier}:
        raise TierUnknown(given.code, tuple(tier.code for tier in rules.tier))
    today = business_date(hq.now(), zone=rules.zone, cutover=rules.cutover)
    last = today + timedelta(days=MANUAL_DAYS_MOST)
    if not today <= given.until <= last:
        raise TierDayRefused(today, last)


def _view(
    member: Member, orders: Sequence[growth_rows.Counted], today: date, rules: Programme
) -> TierView:
    rows = [
        Qualified(date.fromisoformat(one.on), Money(one.spend), Growth(one.growth))
        for one in orders
    ]
    state, figures = tier_state(member, rules), figures_on(rows, today, rules)
    account = account_of(state, manual_from(member.tier_manual), figures, today, rules)
    standing = account.standing
    return TierView(
        member=member.id,
        on=today.isoformat(),
        programme=rules.version,
        tier=standing.code,
        reason=standing.reason.value,
        first_day=figures.since.isoformat(),
        spend=figures.spend.minor,
        growth=figures.growth.minor,
        spend_needed=standing.spend_needed.minor,
        growth_needed=standing.growth_needed.minor,
        reached=standing.reached,
        held=account.held,
        held_since=account.since.isoformat(),
        protected_until=_day(account.protected_until),
        review_on=_day(account.review_on),
        given=_given(account),
        next=_next(account),
        falls=_falls(member, rows, today, rules),
        orders=tuple(TierOrder(**one._asdict()) for one in orders),
    )


def _given(account: TierAccount) -> TierGiven | None:
    manual = account.manual
    return None if manual is None else TierGiven(tier=manual.code, until=manual.until.isoformat())


def _next(account: TierAccount) -> TierNext | None:
    gap = account.gap
    if gap is None:
        return None
    missing = (gap.spend_missing.minor, gap.growth_missing.minor)
    return TierNext(tier=gap.code, spend_missing=missing[0], growth_missing=missing[1])


def _falls(
    member: Member, rows: Sequence[Qualified], today: date, rules: Programme
) -> TierFall | None:
    notice = downgrade_notice(tier_state(member, rules), rows, today, rules)
    if notice is None:
        return None
    return TierFall(
        tier=notice.falls_to,
        on=notice.review_on.isoformat(),
        spend_missing=notice.spend_missing.minor,
        growth_missing=notice.growth_missing.minor,
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
