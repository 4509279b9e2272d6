"""What the panel says when a payment did not simply succeed."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.rules.quote import Quote
from pos_app.ui.checkout.charge import Changed, NotTaken, Outcome, Refused, Unknown
from pos_app.ui.checkout.state import Notice, NoticeAction
from pos_app.ui.checkout.wording import CHECK_AGAIN
from pos_app.ui.formats import money
from pos_app.ui.text import sentence


def notice_of(outcome: Outcome, shown: Quote | None) -> Notice | None:
    """Return what to tell the cashier, or nothing."""
    match outcome:
        case Changed() if outcome.fresh.missing:
            return None  # the panel says itself what is missing, and what to do
        case Changed():
            return Notice(_difference(shown, outcome.fresh), "warn")
        case Refused():
            return Notice(sentence(outcome.fact), "danger")
        case Unknown():
            return _unknown(outcome.times)
        case _:
            return _quiet(outcome)


def _quiet(outcome: Outcome) -> Notice | None:
    words = ""
    if isinstance(outcome, NotTaken):
        words = _("Checked: nothing was taken. You can take the payment now.")
    return Notice(words, "info") if words else None


def _difference(shown: Quote | None, fresh: Quote) -> str:
    """Say what is different now, so that nobody pays another sum than was shown."""
    facts = {"now": money(fresh.payable), "before": money(shown.payable if shown else fresh.due)}
    lost = shown is not None and len(fresh.coupons) < len(shown.coupons)
    if lost:
        words = _("A coupon cannot be used any more. To pay is now {now} instead of {before}.")
    elif shown is not None and fresh.payable == shown.payable:
        words = _("The order was priced again; the sum stays {now}. Please confirm.")
    else:
        words = _("The price has changed: {now} instead of {before}. Please confirm.")
    return words.format(**facts)


def _unknown(times: int) -> Notice:
    if not times:
        return Notice(_("Outcome unknown. Checking the ledger, do not take it again."), "info")
    said = _("Outcome still unknown after {times} checks. Do not take the payment again.")
    actions = (NoticeAction(CHECK_AGAIN, _("Check again")),)
    return Notice(said.format(times=times), "info", actions)
