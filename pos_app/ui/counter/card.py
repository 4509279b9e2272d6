"""The member card and what stands below it, in words."""

from __future__ import annotations

from pos_app.language import _, _n
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.recent import RecentLine
from pos_app.ledger.rules.access import Act, permitted
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.store.event import Kind
from pos_app.money import Money
from pos_app.ui.counter.reading import MemberRead, Moment
from pos_app.ui.counter.state import Card, Chip, Figure, Insights, Month, Recent
from pos_app.ui.coupon_words import pct_off
from pos_app.ui.formats import (
    as_of,
    day_and_time,
    figures,
    money,
    points,
    short_money,
    signed,
    signed_points,
)
from pos_app.ui.phone_words import spaced
from pos_app.ui.tag_words import known_tags, tag_name, tags_explained
from pos_app.ui.words import kind_name, tender_name

_ICONS = {Kind.SALE: "receipt-text", Kind.TOPUP: "wallet"}
_NOTE_SHOWN = 24
CHIPS_SHOWN = 3


def card_of(read: MemberRead, phone: str = "") -> Card:
    """Return the card; `phone` is the whole number while it is revealed."""
    member, chips = read.member, _chips(read)
    return Card(
        initial=member.initial,
        name=member.masked_name,
        tier=member.tier_name,
        phone=spaced(phone or member.masked_phone),
        number=_("No. {number}").format(number=member.number),
        balance=_balance(read),
        points=_points(read),
        coupons=_coupons(read),
        progress=_progress(read),
        progress_bp=member.next_tier.progress.value if member.next_tier else 10_000,
        chips=chips,
        tags=_tags(member, CHIPS_SHOWN - len(chips)),
        explained=tags_explained(member.standing),
        warning=status_warning(member),
        revealed=bool(phone),
    )


def status_warning(member: MemberAtCounter) -> str:
    """Return what the member's status forbids, in words, or nothing."""
    if member.status is Status.FROZEN:
        words = _("Frozen: look up and refund only. No stored value, points, coupons, top-up.")
    elif member.status is Status.BLACKLISTED:
        words = _("Blacklisted: stored value can be spent. No points, coupons, discounts, top-up.")
    else:
        return ""
    reason = member.status_reason
    return f"{words} {_('Reason: {reason}').format(reason=reason)}" if reason else words


def act_reason(member: MemberAtCounter, act: Act) -> str:
    """Return why an action of the member is not offered, or nothing."""
    if permitted(member.status, act):
        return ""
    return _("Not while frozen") if member.status is Status.FROZEN else _("Not while blacklisted")


def insights_of(read: MemberRead) -> Insights:
    member, months = read.member, read.member.months
    visits = _n("{count} visit", "{count} visits", member.visits).format(count=member.visits)
    if member.last_visit is not None:
        last = _("last {day}").format(day=f"{member.last_visit:%m-%d}")
        visits = f"{visits} · {last}"
    average = member.average_ticket
    bars = tuple(
        Month(_month(month.month.month), max(month.spend.minor, 0), _short(month.spend))
        for month in months
    )
    return Insights(
        average=_("Average {amount}").format(amount=_short(average)) if average else "",
        visits=visits,
        months=bars,
    )


def recent_of(line: RecentLine, moment: Moment) -> Recent:
    when = day_and_time(line.at, now=moment.now, zone=moment.zone)
    tender = tender_name(Tender(line.tender)) if line.tender else ""
    earned = _("{points} pts").format(points=signed_points(line.points))
    return Recent(
        icon=_ICONS.get(line.kind, "undo-2"),
        title=_title(line),
        subtitle=f"{when} · {tender}" if tender else when,
        badge=earned if line.points else "",
        amount=signed(line.amount),
    )


def _title(line: RecentLine) -> str:
    if not line.title:
        return kind_name(line.kind)
    if line.units < 2:
        return line.title
    more = line.units - 1
    words = _n("{title} and {count} more", "{title} and {count} more", more)
    return words.format(title=line.title, count=more)


def _balance(read: MemberRead) -> Figure:
    member = read.member
    if member.cut_off:
        words = _("{total} in all ({time})").format(total=money(member.whole), time=_told_at(read))
        return Figure(_("Usable here"), money(member.balance), words, warns=True)
    split = {"paid": figures(member.principal), "bonus": figures(member.bonus)}
    note = _("{paid} paid · {bonus} bonus").format(**split) if member.balance else ""
    return Figure(_("Stored value"), money(member.balance), note or _("none yet"))


def _points(read: MemberRead) -> Figure:
    member = read.member
    if member.cut_off and not member.debt:
        total = points(member.total.points_on(member.today))
        words = _("{total} pts in all").format(total=total)
        return Figure(_("Points here"), points(member.points), words, warns=True)
    if member.debt:
        owed = _("{points} owed from a refund").format(points=points(member.debt))
        return Figure(_("Points"), points(member.points), owed)
    worth = _("worth {amount}").format(amount=money(Money(member.points.minor)))
    return Figure(_("Points"), points(member.points), worth)


def _coupons(read: MemberRead) -> Figure:
    count, away = len(read.member.coupons), len(read.member.away)
    if away:
        words = _("{count} more at HQ").format(count=away)
        return Figure(_("Coupons here"), str(count), words, warns=True)
    today = sum(card.valid_until == read.moment.today for card in read.member.coupons)
    if today:
        note = _n("{count} expires today", "{count} expire today", today).format(count=today)
    else:
        note = _("none expires today") if count else _("none")
    return Figure(_("Coupons"), str(count), note)


def _told_at(read: MemberRead) -> str:
    """Return when HQ said what the member has in all."""
    at = read.member.as_of
    return "" if at is None else as_of(at, now=read.moment.now, zone=read.moment.zone)


def _progress(read: MemberRead) -> str:
    gap = read.member.next_tier
    if gap is None:
        return _("Highest tier")
    facts = {"amount": _short(gap.spend_missing), "tier": read.next_tier_name}
    return _("{amount} to {tier}").format(**facts)


def _chips(read: MemberRead) -> tuple[Chip, ...]:
    member = read.member
    chips = []
    if read.alerts:
        words = _n("{count} alert for a manager", "{count} alerts for a manager", read.alerts)
        chips.append(Chip(words.format(count=read.alerts)))
    if member.birthday_in_days is not None:
        chips.append(Chip(_birthday(member.birthday_in_days), "chip_warn"))
    if member.member_day_pct is not None:
        chips.append(Chip(_("Member day {off}").format(off=pct_off(member.member_day_pct))))
    if not member.has_pin:
        chips.append(Chip(_("No payment PIN")))
    elif not member.pin_here and member.cut_off:
        chips.append(Chip(_("No PIN at this till")))
    if member.note:
        chips.append(Chip(_shortened(member.note)))
    return tuple(chips)


def _tags(member: MemberAtCounter, room: int) -> tuple[Chip, ...]:
    """Return the tags that find room beside what the cashier must know now."""
    shown = known_tags(member.standing)[: max(room, 0)]
    return tuple(
        Chip(tag_name(tag), "chip_warn" if tag.name == "dormant" else "chip") for tag in shown
    )


def _birthday(days: int) -> str:
    if not days:
        return _("Birthday today")
    return _n("Birthday tomorrow", "Birthday in {days} days", days).format(days=days)


def _shortened(note: str) -> str:
    return note if len(note) <= _NOTE_SHOWN else f"{note[: _NOTE_SHOWN - 1]}…"


def _month(number: int) -> str:
    names = (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )
    return names[number - 1]


def _short(amount: Money) -> str:
    """Return whole yuan, floored: figures at a glance."""
    return short_money(Money(amount.minor // 100 * 100))
