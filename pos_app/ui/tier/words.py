"""How a tier follows, in words."""

from __future__ import annotations

from datetime import date, datetime

from pos_app.language import _
from pos_app.ledger.rules.tier_account import TierAccount
from pos_app.ledger.rules.tier_standing import TierReason
from pos_app.ledger.store.growth_rows import Counted
from pos_app.ledger.tier_account import TierOfMember
from pos_app.money import Growth, Money
from pos_app.ui.formats import YUAN, as_of, money, points, short_money, signed_points
from pos_app.ui.parts.state import Fact, TableRow
from pos_app.ui.tier.state import TierShown
from pos_app.ui.words import kind_name

ELSEWHERE = "elsewhere"


def shown(read: TierOfMember, now: datetime) -> TierShown:
    """Return everything that the sheet shows."""
    account = read.account
    return TierShown(
        title=_name(read, account.standing.code),
        why=_why(read),
        facts=_facts(read),
        steps=_steps(read),
        rows=_rows(read, now),
        note=_note(read),
        warning=_warning(read),
    )


def _why(read: TierOfMember) -> str:
    standing = read.account.standing
    needed = {"spend": money(standing.spend_needed), "growth": points(standing.growth_needed)}
    until = "" if standing.until is None else standing.until.isoformat()
    words = {
        TierReason.LOWEST: _("Every member begins here; no higher threshold is reached."),
        TierReason.SPEND: _("What was spent reaches {spend}."),
        TierReason.GROWTH: _("The growth reaches {growth}."),
        TierReason.SPEND_AND_GROWTH: _("Spent {spend} and growth {growth} are both reached."),
        TierReason.PROTECTED: _("Reached before, and protected until {until}."),
        TierReason.HELD: _("Reached before, and kept until its review."),
        TierReason.MANUAL: _("Given by hand until {until}."),
    }
    return words[standing.reason].format(until=until, **needed)


def _facts(read: TierOfMember) -> tuple[Fact, ...]:
    account, figures = read.account, read.account.standing.figures
    window = _("{first} to {last}").format(first=_day(figures.since), last=_day(account.on))
    facts = [
        Fact(_("Days that count"), window),
        Fact(_("Spent in these days"), money(figures.spend), "strong"),
        Fact(_("Growth in these days"), points(figures.growth), "strong"),
        Fact(_("At this tier since"), _day(account.since)),
    ]
    if account.protected_until is not None:
        facts.append(Fact(_("Protected until"), _day(account.protected_until), "ok"))
    if account.review_on is not None:
        facts.append(Fact(_("Next review"), _day(account.review_on)))
    if account.manual is not None:
        name = _name(read, account.manual.code)
        words = _("{tier} until {day}").format(tier=name, day=_day(account.manual.until))
        facts.append(Fact(_("Given by hand"), words, note=read.given_for))
    return (*facts, _next(read, account))


def _next(read: TierOfMember, account: TierAccount) -> Fact:
    if account.gap is None:
        return Fact(_("Next tier"), _("The highest tier."))
    words = _("{spend} or {growth} growth to {tier}").format(
        spend=money(account.gap.spend_missing),
        growth=points(account.gap.growth_missing),
        tier=_name(read, account.gap.code),
    )
    return Fact(_("Next tier"), words)


def _steps(read: TierOfMember) -> tuple[Fact, ...]:
    """Return the thresholds, inclusive, the present tier marked."""
    words, present = _("{spend} or {growth} growth"), read.account.standing.code
    return tuple(
        Fact(
            tier.name,
            words.format(
                spend=short_money(Money(tier.spend_fen)), growth=points(Growth(tier.growth))
            )
            if tier.spend_fen
            else _("On registration"),
            "ok" if tier.code == present else "",
        )
        for tier in read.programme.tier
    )


def _rows(read: TierOfMember, now: datetime) -> tuple[TableRow, ...]:
    """Return what counts, so that the column adds up to the figures."""
    here = tuple(map(_row, read.orders))
    if not read.spend_there and not read.growth_there:
        return here
    zone = read.programme.zone
    time = "" if read.as_of is None else as_of(read.as_of, now=now, zone=zone)
    words = _("Other tills, as HQ knew at {time}").format(time=time)
    there = (money(read.spend_there).replace(YUAN, ""), signed_points(read.growth_there))
    return (*here, TableRow(ELSEWHERE, ("", words, *there)))


def _row(one: Counted) -> TableRow:
    cells = (_day(one.on), kind_name(one.kind), money(one.spend).replace(YUAN, ""))
    return TableRow(str(one.seq), (*cells, signed_points(one.growth)))


def _note(read: TierOfMember) -> str:
    return _(
        "One growth for each {sum} paid. Either threshold is enough. Reached is upgraded at once, "
        "from the next order on; a tier falls one level at most, at a review."
    ).format(sum=short_money(Money(read.programme.growth.per_fen_denominator)))


def _warning(read: TierOfMember) -> str:
    notice = read.notice
    if notice is None:
        return ""
    words = _("Falls to {tier} on {day}, unless {spend} or {growth} growth more come by then.")
    return words.format(
        tier=_name(read, notice.falls_to),
        day=_day(notice.review_on),
        spend=money(notice.spend_missing),
        growth=points(notice.growth_missing),
    )


def _name(read: TierOfMember, code: str) -> str:
    return read.programme.tier_named(code).name


def _day(day: date) -> str:
    return day.isoformat()
