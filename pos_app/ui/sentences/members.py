"""Sentences about members and what is typed of them."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.cards import CardDead, CardNotThere, NumberTaken
from pos_app.ledger.member_edit import BirthdayChangedLately
from pos_app.ledger.member_fields import BirthdayRefused, CardRefused
from pos_app.ledger.member_tier import TierDayRefused
from pos_app.ledger.members import CardTaken, ConsentMissing, PhoneTaken
from pos_app.ledger.names import NameRefused, RemarkRefused, TextFault
from pos_app.ledger.phones import PhoneFault, PhoneMalformed
from pos_app.ledger.rights import StatusForbids
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.store.card_rows import CardState
from pos_app.ledger.store.member_rows import MemberUnknown
from pos_app.ui.sentences.acts import act_name
from pos_app.ui.sentences.said import said


@said.register
def _member_unknown(_fact: MemberUnknown) -> str:
    return _("This member is not known here. Search by phone or name, or register (F3).")


@said.register
def _status_forbids(fact: StatusForbids) -> str:
    frozen = _("{act} is not possible: the member is frozen.")
    blacklisted = _("{act} is not possible: the member is blacklisted.")
    words = blacklisted if fact.status is Status.BLACKLISTED else frozen
    return words.format(act=act_name(fact.act))


@said.register
def _tier_day_refused(fact: TierDayRefused) -> str:
    words = _("The last day must lie between {first} and {last}.")
    return words.format(first=fact.first.isoformat(), last=fact.last.isoformat())


@said.register
def _phone_malformed(fact: PhoneMalformed) -> str:
    reasons = {
        PhoneFault.EMPTY: _("Enter the phone number."),
        PhoneFault.NOT_DIGITS: _("A phone number has digits only."),
        PhoneFault.TOO_SHORT: _("The phone number is too short: a mobile number has 11 digits."),
        PhoneFault.TOO_LONG: _("The phone number is too long: a mobile number has 11 digits."),
        PhoneFault.NOT_MOBILE: _("This is no mobile number. Mobile numbers begin with 13 to 19."),
        PhoneFault.UNKNOWN: _("This phone number does not exist. Please check it."),
    }
    return reasons[fact.reason]


@said.register
def _name_refused(fact: NameRefused) -> str:
    return _of_text(fact.reason, _("Enter the name."), _("The name is too long."))


@said.register
def _remark_refused(fact: RemarkRefused) -> str:
    return _of_text(fact.reason, _("Please say why."), _("The text is too long."))


@said.register
def _birthday_refused(fact: BirthdayRefused) -> str:
    reasons = {
        "no_such_day": _("There is no such day."),
        "too_early": _("The year of birth is too long ago."),
        "in_future": _("The birthday has not come yet."),
    }
    return reasons.get(fact.reason, _("This is no birthday."))


@said.register
def _birthday_changed(fact: BirthdayChangedLately) -> str:
    if fact.again_on is None:
        return _("The birthday was corrected lately and cannot be changed again yet.")
    words = _("The birthday was corrected within a year. It can be changed again on {day}.")
    return words.format(day=fact.again_on.isoformat())


@said.register
def _card_refused(_fact: CardRefused) -> str:
    return _("A card number is 4 to 32 letters and digits.")


@said.register
def _consent_missing(_fact: ConsentMissing) -> str:
    return _("The member has to agree to the terms first.")


@said.register
def _phone_taken(fact: PhoneTaken) -> str:
    return _("This phone number belongs to {name} already.").format(name=fact.masked)


@said.register
def _card_taken(fact: CardTaken) -> str:
    return _("This card is bound to {name}.").format(name=fact.masked)


def _of_text(fault: TextFault, empty: str, long: str) -> str:
    odd = _("The text holds a character that cannot be printed.")
    faults = {TextFault.EMPTY: empty, TextFault.TOO_LONG: long, TextFault.CONTROL_CHARACTER: odd}
    return faults[fault]


@said.register
def _card_dead(fact: CardDead) -> str:
    words = {
        CardState.LOST: _("Card {number} was reported lost on {day}. Ask who stands here."),
        CardState.REPLACED: _("Card {number} was replaced on {day}: its new number counts."),
    }
    void = _("Card {number} is void since {day}: the number was another card's already.")
    return words.get(fact.state, void).format(number=fact.masked, day=fact.on.isoformat())


@said.register
def _card_not_there(_fact: CardNotThere) -> str:
    return _("This cannot be done with this card any more. Look at the list again.")


@said.register
def _number_taken(fact: NumberTaken) -> str:
    return _("The number {number} is, or was, another card's. Take another card.").format(
        number=fact.masked
    )
