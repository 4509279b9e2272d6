"""The look-up's list, in words."""

from __future__ import annotations

from datetime import date

from pos_app.language import _
from pos_app.ledger.members import MemberHit
from pos_app.ledger.rules.holder import Status
from pos_app.ui.counter.reading import HomeRead
from pos_app.ui.counter.state import Figure, Hit, Home, Waiting
from pos_app.ui.formats import clock_time, money
from pos_app.ui.phone_words import spaced
from pos_app.ui.words import status_name

LEAST_LETTERS = 2
LEAST_DIGITS = 4
PHONE_DIGITS = 11


def worth_searching(text: str) -> bool:
    """Say whether a typed text is long enough to mean somebody."""
    bare = text.replace(" ", "")
    return len(bare) >= (LEAST_DIGITS if bare.isdecimal() else LEAST_LETTERS)


def whole_phone(text: str) -> bool:
    """Say whether a text is a whole phone number, which opens its member at once."""
    bare = text.replace(" ", "").replace("-", "")
    return len(bare) == PHONE_DIGITS and bare.isdecimal() and bare.startswith("1")


def hit_of(found: MemberHit, today: date) -> Hit:
    return Hit(
        key=found.id.hex,
        initial=found.initial,
        name=found.masked_name,
        phone=spaced(found.masked_phone),
        tier=found.tier_name,
        visit=_visit(found.last_visit, today),
        warning="" if found.status is Status.NORMAL else status_name(found.status),
    )


def nobody(text: str) -> str:
    """Say that nobody was found, and what to do."""
    bare = text.replace(" ", "")
    if whole_phone(text):
        shown = f"{bare[:3]} **** {bare[-4:]}"
        return _("No member has {phone}. F3 registers this number.").format(phone=shown)
    return _("Nobody found for “{text}”. F3 registers a new member.").format(text=text[:20])


def home_of(read: HomeRead) -> Home:
    today = read.today
    return Home(
        waiting=tuple(
            Waiting(
                key=str(order.id),
                amount=money(order.amount),
                who=order.member_masked or _("Walk-in"),
                time=clock_time(order.at, zone=read.moment.zone),
            )
            for order in read.waiting
        ),
        lately=tuple(hit_of(found, read.moment.today) for found in read.lately),
        today=(
            Figure(_("Orders"), str(today.orders), money(today.sales)),
            Figure(_("Top-ups"), str(today.top_ups), money(today.top_up_sum)),
            Figure(_("Refunds"), str(today.refunds), money(today.refund_sum)),
            Figure(_("Cash taken"), "", money(today.cash_in)),
        ),
        first_day=not (read.lately or read.waiting or today.orders),
    )


def _visit(day: date | None, today: date) -> str:
    if day is None:
        return _("first visit")
    if day == today:
        return _("here today")
    shown = f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"
    return _("last {day}").format(day=shown)
