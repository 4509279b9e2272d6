"""What is wrong with a registration form, field by field, before the ledger is asked."""

from __future__ import annotations

import calendar

from pos_app.language import _
from pos_app.ledger.names import NAME_MOST, NameRefused, TextFault, clean_name
from pos_app.ledger.phones import Phone, PhoneFault, PhoneMalformed, parse_phone
from pos_app.ledger.rules.holder import Birthday
from pos_app.ui.register.state import Form

PIN_DIGITS = 6
_LUNAR_MONTH_DAYS = 30
_EARLIEST_YEAR = 1900
_LEAP_YEAR = 2000


def phone_of(text: str) -> Phone | None:
    """Return the number once it is whole."""
    try:
        return parse_phone(text)
    except PhoneMalformed:
        return None


def phone_note(text: str) -> str:
    """Say what is wrong with a number; of one that is still being typed, nothing."""
    try:
        parse_phone(text)
    except PhoneMalformed as malformed:
        return {
            PhoneFault.NOT_DIGITS: _("Only digits, please."),
            PhoneFault.TOO_LONG: _("This number has too many digits."),
            PhoneFault.NOT_MOBILE: _("This is not a mobile number."),
            PhoneFault.UNKNOWN: _("No country has such a number."),
        }.get(malformed.reason, "")
    return ""


def name_problem(name: str) -> str:
    """Any character of GB 18030 may stand in a name; nothing that hides or reorders."""
    try:
        clean_name(name)
    except NameRefused as refused:
        if refused.reason is TextFault.TOO_LONG:
            return _("At most {count} characters.").format(count=NAME_MOST)
        return _("This name holds a character that cannot be shown. Please type it again.")
    return ""


def birthday_problem(form: Form, this_year: int) -> str:
    """Say what is wrong with the birthday; without one, nothing is."""
    if not (form.month or form.day or form.year):
        return ""
    if not (form.month and form.day):
        return _("Month and day, please; the year may stay empty.")
    if not all(part.isdecimal() for part in (form.month, form.day, form.year or "0")):
        return _("Only digits, please.")
    if form.year and not _EARLIEST_YEAR <= int(form.year) <= this_year:
        return _("The year must lie between {first} and {last}.").format(
            first=_EARLIEST_YEAR, last=this_year
        )
    return "" if _day_exists(form) else _("There is no such day.")


def birthday_of(form: Form) -> Birthday | None:
    """Return the birthday of a form that has no problem with it."""
    if not form.month:
        return None
    year = int(form.year) if form.year else None
    leap = form.lunar and form.leap
    return Birthday(int(form.month), int(form.day), year, lunar=form.lunar, leap=leap)


def pin_problem(form: Form) -> str:
    """Say what is wrong with the two PINs; without one, nothing is."""
    if not form.pin and not form.pin_again:
        return ""
    if not (form.pin.isascii() and form.pin.isdigit() and len(form.pin) == PIN_DIGITS):
        return _("Six digits.")
    if form.pin_again and form.pin != form.pin_again:
        return _("The two PINs are not the same.")
    return "" if form.pin_again else _("Please let the member type the PIN twice.")


def _day_exists(form: Form) -> bool:
    month, day = int(form.month), int(form.day)
    if not 1 <= month <= 12:
        return False
    if form.lunar:
        return 1 <= day <= _LUNAR_MONTH_DAYS
    year = int(form.year) if form.year else _LEAP_YEAR
    return 1 <= day <= calendar.monthrange(year, month)[1]
