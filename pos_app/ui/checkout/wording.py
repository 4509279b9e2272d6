"""The panel's state, made of what it knows: every word and figure on it."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.quote import Quote
from pos_app.money import Money
from pos_app.ui.checkout.covering import fetching
from pos_app.ui.checkout.deductions import deductions, derived
from pos_app.ui.checkout.entry import tally
from pos_app.ui.checkout.facts import Now
from pos_app.ui.checkout.finished import finished
from pos_app.ui.checkout.state import (
    CashDesk,
    CheckoutState,
    Detail,
    Notice,
    NoticeAction,
    Split,
    TenderChoice,
)
from pos_app.ui.checkout.tendering import (
    IN_ORDER,
    at_most_here,
    cash_share,
    change_of,
    is_capped,
    likely_notes,
    why_no_stored_value,
)
from pos_app.ui.formats import entry as entry_text
from pos_app.ui.formats import money, points, short_money
from pos_app.ui.words import tender_name

TOP_UP = "top_up"
SPLIT = "split"
CHECK_AGAIN = "check_again"
ONE_TIME = 10_000


def state_of(now: Now) -> CheckoutState:
    """Return what the panel shows."""
    notice = _fetching(now) or now.notice or _shortage(now)
    call, ready = _call(now)
    return CheckoutState(
        number=f"#{now.number:04}",
        who=now.member.masked_name if now.member else _("Walk-in"),
        amount=now.basket.entry.text,
        tally=tally(now.basket.entry),
        detail=_detail(now, notice),
        deductions=deductions(now.quote, now.member) if now.quote else (),
        cash=_cash(now),
        split=_split(now),
        notice=notice,
        due=money(now.quote.payable if now.quote else now.basket.amount),
        due_caption=_("To pay"),
        due_note=_due_note(now),
        derived=derived(now.quote, now.member) if now.quote else (),
        tenders=_tenders(now),
        tender=now.basket.way.first.value,
        rest=now.basket.way.rest.value if now.basket.way.rest else "",
        call=call,
        call_ready=ready,
        locked=bool(now.busy or now.unknown or now.fetching),
        hold=_("Hold") if now.basket.amount else _("Held"),
        held=0 if now.basket.amount else now.held,
        clearable=bool(now.basket.touched or now.member),
        finished=finished(now.receipt, now.printing) if now.receipt else None,
        cursor=now.cursor,
    )


def _detail(now: Now, notice: Notice | None) -> Detail:
    if notice is not None:
        return Detail.NOTICE
    if _paying_cash(now) and (now.counting or now.basket.way.rest is None):
        return Detail.CASH
    return Detail.SPLIT if now.basket.way.rest is not None else Detail.DEDUCTIONS


def _paying_cash(now: Now) -> bool:
    return now.quote is not None and bool(cash_share(now.quote))


def _fetching(now: Now) -> Notice | None:
    return None if now.fetching is None else fetching(now.fetching)


def _shortage(now: Now) -> Notice | None:
    """Say what stored value does not cover, and offer the ways out."""
    quote, way = now.quote, now.basket.way
    short = quote is not None and way.first is Tender.STORED_VALUE and way.rest is None
    if quote is None or not short or not quote.missing:
        return None
    facts = {"balance": money(quote.stored_value), "missing": money(quote.missing)}
    rest = tender_name(now.last_external)
    split = NoticeAction(SPLIT, _("Rest by {tender}").format(tender=rest))
    if is_capped(now.member) or now.basket.held_only:
        words = _("{balance} can be used here without HQ, {missing} is missing.")
        return Notice(words.format(**facts), "warn", (split,))
    top_up = _("Top up {amount}").format(amount=short_money(quote.missing))
    return Notice(
        _("Balance {balance}, {missing} is missing.").format(**facts),
        "warn",
        (NoticeAction(TOP_UP, top_up), split),
    )


def _cash(now: Now) -> CashDesk | None:
    if now.quote is None or not _paying_cash(now):
        return None
    share = cash_share(now.quote)
    change = change_of(now.quote, now.basket.received_sum)
    enough = bool(now.basket.received) and change.minor >= 0
    return CashDesk(
        received=now.basket.received,
        notes=tuple(short_money(note) for note in likely_notes(share)),
        change=money(change) if enough else "",
        to_pay=money(share),
    )


def _split(now: Now) -> Split | None:
    way = now.basket.way
    if way.rest is None:
        return None
    first = _paid_by(now.quote, way.first)
    return Split(
        first=tender_name(way.first),
        typed=now.basket.share,
        hint=entry_text(first),
        rest=tender_name(way.rest),
        rest_amount=money(_paid_by(now.quote, way.rest)),
    )


def _paid_by(quote: Quote | None, tender: Tender) -> Money:
    if quote is None:
        return Money()
    if tender is Tender.STORED_VALUE:
        return quote.stored_value
    return sum((part.amount for part in quote.externals if part.tender is tender), Money())


def _due_note(now: Now) -> str:
    quote = now.quote
    if quote is None:
        return ""
    if quote.credit:
        return _("{amount} of it on credit").format(amount=money(quote.credit))
    if now.basket.way.first is Tender.STORED_VALUE and is_capped(now.member):
        return at_most_here(now.member)
    parts = []
    if quote.saved:
        parts.append(_("Saved {amount}").format(amount=money(quote.saved)))
    if quote.earns:
        parts.append(_earning(quote))
    if now.member is None:
        parts.append(_("walk-in, no points"))
    return " · ".join(parts)


def _earning(quote: Quote) -> str:
    times = quote.multiplier.value // ONE_TIME
    words = _("earns {points} pts ×{times}") if times > 1 else _("earns {points} pts")
    return words.format(points=points(quote.earns), times=times)


def _tenders(now: Now) -> tuple[TenderChoice, ...]:
    stored = TenderChoice(
        Tender.STORED_VALUE.value, why_no_stored_value(now.member), at_most_here(now.member)
    )
    return (stored, *(TenderChoice(tender.value) for tender in IN_ORDER[1:]))


def _call(now: Now) -> tuple[str, bool]:
    """Return the words of the one button, and whether it can be pressed."""
    if now.receipt is not None:
        return _("Next order"), True
    if now.unknown:
        return _("Check again"), True
    asking = _("Asking HQ…") if now.fetching else ""
    reason = now.busy or asking or _not_priced(now)
    if reason or now.quote is None:
        return reason, False
    return _call_for(now, now.quote)


def _not_priced(now: Now) -> str:
    if not now.basket.amount:
        return _("Enter an amount")
    if now.pricing:
        return _("Calculating…")
    return _("Cannot be priced yet") if now.quote is None else ""


def _call_for(now: Now, quote: Quote) -> tuple[str, bool]:
    if quote.missing and now.basket.way.rest is None and at_most_here(now.member):
        return at_most_here(now.member), False
    if quote.missing:
        return _("{amount} still missing").format(amount=money(quote.missing)), False
    short = change_of(quote, now.basket.received_sum)
    if _paying_cash(now) and now.basket.received and short.minor < 0:
        return _("{amount} short in cash").format(amount=money(-short)), False
    if not quote.payable:
        return _("Finish, nothing to pay"), True
    return _("Take payment {amount}").format(amount=money(quote.payable)), True
