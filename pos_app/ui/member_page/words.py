"""What is known about a member, in words: identity, figures, tier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos_app.language import _, _n
from pos_app.ledger.counter import CouponCard
from pos_app.ledger.member_profile import Profile
from pos_app.ledger.rules.holder import Status
from pos_app.money import Growth, Money
from pos_app.ui.coupon_words import (
    coupon_condition,
    coupon_expiry,
    coupon_figure,
    coupon_title,
)
from pos_app.ui.formats import as_of, money, points, short_money
from pos_app.ui.member_page.file import MONTHS, MemberFile, first_month
from pos_app.ui.member_page.state import (
    Identity,
    MonthBar,
    Overview,
    Ticket,
    TierStep,
    TierSum,
)
from pos_app.ui.parts.state import Fact
from pos_app.ui.tag_words import (
    band_name,
    known_tags,
    stage_explained,
    stage_name,
    tag_name,
    tags_explained,
)
from pos_app.ui.words import gender_name, status_name

_TONES = {Status.NORMAL: "ok", Status.FROZEN: "warn", Status.BLACKLISTED: "danger"}
_SLEEPS_AFTER_DAYS = 60
_HOT_DAYS = 3


def identity(file: MemberFile, phone: str) -> Identity:
    """Return the left column; `phone` is the whole number while it is revealed."""
    kept, standing = file.profile, file.member.standing
    return Identity(
        name=kept.masked_name or _("Without a name"),
        initial=kept.initial,
        tier=kept.tier_name,
        phone=phone or kept.masked_phone,
        revealed=bool(phone),
        number=kept.number,
        standing=status_name(kept.status),
        standing_tone=_TONES[kept.status],
        standing_note=kept.status_reason,
        tags=_tags(file),
        found=_found(file),
        explained=tags_explained(standing) + stage_explained(standing, file.programme),
        note=kept.note,
        facts=_facts(kept),
        consents=_consents(kept),
    )


def _facts(kept: Profile) -> tuple[Fact, ...]:
    born = kept.birthday
    if born and kept.lunar:
        born = _("{day} (lunar)").format(day=born)
    facts = (
        Fact(_("Member number"), kept.number),
        Fact(_("Joined"), kept.joined_on.isoformat()),
        Fact(_("Last visit"), kept.last_visit.isoformat() if kept.last_visit else _("never")),
        Fact(_("Visits"), str(kept.visits)),
        Fact(_("Birthday"), born or _("Not said")),
        Fact(_("Gender"), gender_name(kept.gender.value)),
        Fact(_("Member card"), kept.masked_card or _("None")),
        Fact(_("Payment PIN"), *_pin(kept)),
        Fact(_("Brought by"), kept.referrer_masked),
    )
    return tuple(fact for fact in facts if fact.value)


def _pin(kept: Profile) -> tuple[str, str]:
    if kept.pin_lock is not None:
        return _("Locked"), "danger"
    return (_("Set"), "") if kept.has_pin else (_("Not set"), "warn")


def _consents(kept: Profile) -> tuple[Fact, ...]:
    version = _("Version {version}")
    marketing = kept.marketing_version
    return (
        Fact(_("Terms"), version.format(version=kept.terms_version)),
        Fact(_("Offers"), version.format(version=marketing) if marketing else _("Not agreed")),
    )


def _tags(file: MemberFile) -> tuple[str, ...]:
    tags = []
    days = file.member.birthday_in_days
    if days is not None:
        soon = _n("Birthday in {days} day", "Birthday in {days} days", days).format(days=days)
        tags.append(_("Birthday today") if days == 0 else soon)
    last = file.profile.last_visit
    if file.member.standing.stage:
        return tuple(tags)
    if last is None:
        tags.append(_("New"))
    elif (file.today - last).days >= _SLEEPS_AFTER_DAYS:
        tags.append(_("Asleep for {days} days").format(days=(file.today - last).days))
    return tuple(tags)


def _found(file: MemberFile) -> tuple[str, ...]:
    """Return what HQ found out: the stage, the band, then the tags."""
    standing = file.member.standing
    first = (stage_name(standing), band_name(standing, file.programme))
    return (*filter(None, first), *map(tag_name, known_tags(standing)))


def overview(file: MemberFile) -> Overview:
    """Return balance, expiries and the year."""
    member = file.member
    spent = Money(sum(month.spend.minor for month in file.months))
    year = _("{spent} in 12 months, {average} an order")
    return Overview(
        balance=_balance(file),
        points=_points(file),
        lots=(),
        months=_months(file),
        year=year.format(spent=money(spent), average=short_money(member.average_ticket)),
    )


def _balance(file: MemberFile) -> tuple[Fact, ...]:
    member = file.member
    name = _("Usable here") if member.cut_off else _("Stored value")
    facts = (
        Fact(name, money(member.balance), "brand"),
        Fact(_("Principal"), money(member.principal)),
        Fact(_("Bonus"), money(member.bonus)),
    )
    if not member.cut_off:
        return facts
    return (*facts, Fact(_("Balance in all"), money(member.whole), "warn", note=_told(file)))


def _told(file: MemberFile) -> str:
    """Say when HQ told what the member has in all."""
    at = file.member.as_of
    time = "" if at is None else as_of(at, now=file.now, zone=file.programme.zone)
    return _("as of {time}").format(time=time)


def _points(file: MemberFile) -> tuple[Fact, ...]:
    member = file.member
    worth = money(Money(max(member.points.minor, 0)))
    tone = "danger" if member.points.minor < 0 else "brand"
    name = _("Points here") if member.cut_off else _("Points")
    facts = [Fact(name, points(member.points), tone, note=_("worth {sum}").format(sum=worth))]
    if member.cut_off:
        total = points(member.total.points_on(member.today))
        facts.append(Fact(_("Points in all"), total, "warn", note=_told(file)))
    if member.debt:
        facts.append(Fact(_("Points owed"), points(member.debt), "danger"))
    facts.extend(
        Fact(
            _("Until {day}").format(day=batch.expires_on.isoformat()),
            points(batch.points),
            "warn" if (batch.expires_on - file.today).days <= 30 else "",
        )
        for batch in member.usable.batches[:4]
        if batch.expires_on >= file.today
    )
    return tuple(facts)


def _months(file: MemberFile) -> tuple[MonthBar, ...]:
    spent = {month.month: month.spend for month in file.months}
    first = first_month(file.today)
    starts = [_month_after(first, step) for step in range(MONTHS)]
    return tuple(
        MonthBar(
            _month_name(start),
            max(spent.get(start, Money()).minor, 0),
            short_money(spent.get(start, Money())),
        )
        for start in starts
    )


def _month_after(first: date, step: int) -> date:
    months = first.year * 12 + first.month - 1 + step
    return date(months // 12, months % 12 + 1, 1)


def _month_name(start: date) -> str:
    names = (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip
    return names[start.month - 1]


def tickets(file: MemberFile) -> tuple[Ticket, ...]:
    """Return the coupons in the member's hand; those at HQ last while it cannot be reached."""
    away = _("At HQ, online only")
    here = tuple(_ticket(card, file.today) for card in file.member.coupons)
    return here + tuple(
        replace(_ticket(card, file.today), reason=away) for card in file.member.away
    )


def _ticket(card: CouponCard, today: date) -> Ticket:
    return Ticket(
        *coupon_figure(card),
        coupon_title(card),
        coupon_condition(card),
        coupon_expiry(card, today),
        hot=(card.valid_until - today).days < _HOT_DAYS,
    )


def tier_sum(file: MemberFile) -> TierSum:
    """Show the arithmetic of the tier, so that nobody has to believe it."""
    member, rules = file.member, file.programme
    codes = [tier.code for tier in rules.tier]
    held = codes.index(member.tier) if member.tier in codes else 0
    steps = tuple(
        TierStep(tier.name, _needs(tier.spend_fen, tier.growth), place <= held, place == held)
        for place, tier in enumerate(rules.tier)
    )
    days = rules.growth.window_days
    facts = (
        Fact(_("Spent in {days} days").format(days=days), money(member.spend), "strong"),
        Fact(_("Growth in {days} days").format(days=days), points(member.growth), "strong"),
    )
    rule = _(
        "One growth for each {sum} paid. Reached is upgraded at once, from the next order on; "
        "the review comes once a year."
    ).format(sum=short_money(Money(rules.growth.per_fen_denominator)))
    gap = member.next_tier
    progress = 10_000 if gap is None else gap.progress.value
    return TierSum(facts, _missing(file), progress, steps, rule)


def _missing(file: MemberFile) -> str:
    gap = file.member.next_tier
    if gap is None:
        return _("The highest tier.")
    words = _("{spend} or {growth} growth to {tier}")
    return words.format(
        spend=money(gap.spend_missing),
        growth=points(gap.growth_missing),
        tier=file.programme.tier_named(gap.code).name,
    )


def _needs(spend_fen: int, growth: int) -> str:
    if not spend_fen:
        return _("On registration")
    words = _("{spend} or {growth} growth")
    return words.format(spend=short_money(Money(spend_fen)), growth=points(Growth(growth)))
