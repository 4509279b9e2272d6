"""Sentences about orders, points, PINs and payments."""

from __future__ import annotations

from pos_app.language import _, _n
from pos_app.ledger.coupon_issue import TemplateUnknown
from pos_app.ledger.factors import PinLocked, PinNotHere, PinNotSet, PinWrong
from pos_app.ledger.held_orders import HeldOrderGone, TooManyHeld
from pos_app.ledger.rules.access import DailyLimitReached
from pos_app.ledger.rules.basket import BasketRefused, Unfit
from pos_app.ledger.rules.gifts import GiftRefused
from pos_app.ledger.rules.points import PointsNotCovered
from pos_app.ledger.rules.points_use import PointsRefused, PointsRule
from pos_app.ledger.rules.wallet import NotCovered
from pos_app.ledger.sales import CashShort, QuoteChanged
from pos_app.money import LARGEST_ENTRY_FEN, Money, NotAnAmount
from pos_app.security.evidence import NotProved
from pos_app.ui.formats import money, points
from pos_app.ui.gift_words import why_no_gift
from pos_app.ui.sentences.here import wall_clock
from pos_app.ui.sentences.said import said


@said.register
def _not_an_amount(fact: NotAnAmount) -> str:
    words = _("“{text}” is not an amount. Type digits, for example 328.50.")
    return words.format(text=fact.text.strip()[:20])


@said.register
def _basket_refused(fact: BasketRefused) -> str:
    most = money(Money(LARGEST_ENTRY_FEN))
    reasons = {
        Unfit.EMPTY: _("The order is empty."),
        Unfit.NO_QUANTITY: _("A line has no quantity."),
        Unfit.NEGATIVE_PRICE: _("A price is negative. To give money back, use Refund (F9)."),
        Unfit.NOTHING_DUE: _("The order comes to nothing. Enter an amount."),
        Unfit.TOO_MANY: _("The order has too many items. Split it into two."),
        Unfit.TOO_LARGE: _("One order is at most {amount}. Split it into two."),
        Unfit.NEGATIVE_TENDER: _("A tender cannot pay a negative sum."),
        Unfit.CREDIT_ASKED: _("Credit cannot be chosen: it only covers what stored value lacks."),
    }
    return reasons[fact.reason].format(amount=most)


@said.register
def _not_covered(fact: NotCovered) -> str:
    facts = {
        "usable": money(fact.usable_here),
        "missing": money(fact.wanted - fact.usable_here),
    }
    words = _("{usable} can be used here, {missing} is missing. Add another tender, or top up.")
    return words.format(**facts)


@said.register
def _points_not_covered(fact: PointsNotCovered) -> str:
    words = _("Only {usable} points can be used, {wanted} were asked for.")
    return words.format(usable=points(fact.usable_here), wanted=points(fact.wanted))


@said.register
def _points_refused(fact: PointsRefused) -> str:
    reasons = {
        PointsRule.NEGATIVE: _("Points cannot be negative."),
        PointsRule.NOT_PERMITTED: _("This member cannot use points now."),
        PointsRule.IN_DEBT: _("The member owes points from a refund. None can be used yet."),
        PointsRule.STEP: _("Points are used in whole hundreds. This order takes up to {most}."),
        PointsRule.MINIMUM: _("That is below the least number. This order takes up to {most}."),
        PointsRule.BALANCE: _("The member has fewer points. This order takes up to {most}."),
        PointsRule.SHARE: _("Points pay a part of an order only: up to {most} here."),
    }
    return reasons[fact.rule].format(most=points(fact.most))


@said.register
def _gift_refused(fact: GiftRefused) -> str:
    return why_no_gift(fact.reason, fact.missing, online=True)


@said.register
def _quote_changed(fact: QuoteChanged) -> str:
    facts = {"now": money(fact.fresh.payable), "before": money(fact.shown.payable)}
    words = _("The price has changed: {now} instead of {before}. Nothing was taken.")
    return words.format(**facts)


@said.register
def _cash_short(fact: CashShort) -> str:
    facts = {"given": money(fact.given), "missing": money(fact.wanted - fact.given)}
    return _("{given} was handed over, {missing} is missing.").format(**facts)


@said.register
def _pin_not_set(_fact: PinNotSet) -> str:
    return _(
        "This member has no payment PIN yet. Set one under member details (F10), "
        "or use another tender."
    )


@said.register
def _pin_not_here(fact: PinNotHere) -> str:
    if fact.online:
        return _(
            "This till cannot check the member's PIN. Let a manager reset it under member details "
            "(F10), or use another tender."
        )
    return _("Offline: this till cannot check the member's PIN. Use another tender.")


@said.register
def _pin_wrong(fact: PinWrong) -> str:
    words = _n(
        "That is not the PIN. {left} attempt left.",
        "That is not the PIN. {left} attempts left.",
        fact.attempts_left,
    )
    return words.format(left=fact.attempts_left)


@said.register
def _pin_locked(fact: PinLocked) -> str:
    if fact.until is None:
        return _("The PIN is locked until a manager checks the identity and resets it.")
    words = _("The PIN is locked until {time}. Other tenders can be used.")
    return words.format(time=wall_clock(fact.until))


@said.register
def _not_proved(fact: NotProved) -> str:
    reasons = {
        "missing": _("This payment needs the member's PIN. Nothing was taken."),
        "missing_approval": _("This needs a manager's approval. Nothing was changed."),
        "own_approval": _("Nobody approves their own request. Ask another manager."),
        "stale": _("The confirmation has expired. Please confirm once more."),
        "other_payment": _("The confirmation was given for another payment. Confirm once more."),
        "other_act": _("The approval was given for something else. Ask once more."),
    }
    forged = _("The confirmation is not valid. Nothing was changed.")
    return reasons.get(fact.reason, forged)


@said.register
def _daily_limit(fact: DailyLimitReached) -> str:
    facts = {"limit": money(fact.limit), "spent": money(fact.spent_today)}
    words = _("Stored value pays at most {limit} a day, {spent} is used. Use another tender.")
    return words.format(**facts)


@said.register
def _template_unknown(fact: TemplateUnknown) -> str:
    return _("The programme has no coupon {code}.").format(code=fact.code)


@said.register
def _too_many_held(fact: TooManyHeld) -> str:
    words = _("{most} orders wait already. Take one up again before the next (F8).")
    return words.format(most=fact.most)


@said.register
def _held_order_gone(_fact: HeldOrderGone) -> str:
    return _("This order was taken up already.")
