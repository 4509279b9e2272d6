"""Sentences about operators, their rights and their sign-in."""

from __future__ import annotations

from pos_app.language import _, _n
from pos_app.ledger.appointments import LastManager, NotOneself, NumberMalformed, NumberTaken
from pos_app.ledger.factors import OwnPinWrong
from pos_app.ledger.operators import ManagerExists, OperatorLocked, SignInRefused
from pos_app.ledger.pin_choice import PinWeak
from pos_app.ledger.rights import NeedsApproval, NotAllowed, OperatorUnknown
from pos_app.security.pin import WeakPin
from pos_app.ui.sentences.acts import act_name
from pos_app.ui.sentences.here import wall_clock
from pos_app.ui.sentences.said import said


@said.register
def _sign_in_refused(fact: SignInRefused) -> str:
    words = _n(
        "Number or PIN is not right. {left} attempt left.",
        "Number or PIN is not right. {left} attempts left.",
        fact.attempts_left,
    )
    return words.format(left=fact.attempts_left)


@said.register
def _operator_locked(fact: OperatorLocked) -> str:
    words = _("This number is locked until {time}. A manager can open it before.")
    return words.format(time=wall_clock(fact.until))


@said.register
def _manager_exists(_fact: ManagerExists) -> str:
    return _("This terminal has a manager already. Sign in as the manager to add operators.")


@said.register
def _number_malformed(_fact: NumberMalformed) -> str:
    return _("A staff number is one to eight digits.")


@said.register
def _number_taken(fact: NumberTaken) -> str:
    return _("Number {number} belongs to another operator.").format(number=fact.number)


@said.register
def _last_manager(_fact: LastManager) -> str:
    return _("This is the last manager. Appoint another one first.")


@said.register
def _not_oneself(_fact: NotOneself) -> str:
    return _("Another manager has to decide about your own appointment.")


@said.register
def _own_pin_wrong(fact: OwnPinWrong) -> str:
    words = _n(
        "This is not your PIN. {left} attempt left.",
        "This is not your PIN. {left} attempts left.",
        fact.attempts_left,
    )
    return words.format(left=fact.attempts_left)


@said.register
def _operator_unknown(_fact: OperatorUnknown) -> str:
    return _("This operator may not work here any more. Please sign in again.")


@said.register
def _not_allowed(fact: NotAllowed) -> str:
    return _("{act}: your role does not allow it.").format(act=act_name(fact.act))


@said.register
def _needs_approval(fact: NeedsApproval) -> str:
    return _("{act} needs a manager's approval.").format(act=act_name(fact.act))


@said.register
def _pin_weak(fact: PinWeak) -> str:
    reasons = {
        WeakPin.NOT_DIGITS: _("The PIN is six digits."),
        WeakPin.REPEATED: _("Too easy to guess: the figures repeat. Choose another PIN."),
        WeakPin.ASCENDING: _("Too easy to guess: the figures count up. Choose another PIN."),
        WeakPin.DESCENDING: _("Too easy to guess: the figures count down. Choose another PIN."),
        WeakPin.BIRTHDAY: _("Too easy to guess: it holds the birthday. Choose another PIN."),
        WeakPin.PHONE_TAIL: _("Too easy to guess: it is in the phone number. Choose another PIN."),
        WeakPin.TOP_LIST: _("Too easy to guess: many people choose it. Choose another PIN."),
    }
    return reasons[fact.reason]
