"""Phone numbers as people type them, kept as E.164."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

import phonenumbers
from phonenumbers import NumberParseException, ValidationResult

from pos_app.errors import PosError

Phone = NewType("Phone", str)

_HOME = "CN"
_HOME_CODE = 86
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_AT_HOME = re.compile(r"(?:\+86)?(1[3-9]\d{9})", re.ASCII)
_TYPED = re.compile(r"\(?\+?[\d\s().\-/]*\d[\d\s().\-/]*", re.ASCII)
_GAPS = re.compile(r"[ -]")
_DASH = re.compile(r"[\u2010-\u2015\u2212]")
_LONGEST = 32
_MOBILE_LENGTH = 11


class PhoneFault(StrEnum):
    """What is wrong with a phone number."""

    EMPTY = "empty"
    NOT_DIGITS = "not_digits"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NOT_MOBILE = "not_mobile"
    UNKNOWN = "unknown"


@dataclass(eq=False)
class PhoneMalformed(PosError):
    """The text is no phone number that can be a member's."""

    text: str = field(repr=False)
    reason: PhoneFault


def parse_phone(text: str) -> Phone:
    """Read a mainland mobile number in any spacing, +86 or 0086 or not, or a foreign one after +.

    Raises PhoneMalformed. A mainland number is checked against the national plan only, so that a
    prefix issued after this program is still taken; a foreign one against its country's plan.
    """
    typed = _DASH.sub("-", unicodedata.normalize("NFKC", text)).strip()
    if not typed:
        raise PhoneMalformed(text=text, reason=PhoneFault.EMPTY)
    if len(typed) > _LONGEST:
        raise PhoneMalformed(text=text, reason=PhoneFault.TOO_LONG)
    if not _TYPED.fullmatch(typed):
        raise PhoneMalformed(text=text, reason=PhoneFault.NOT_DIGITS)
    fault, phone = _read(typed)
    if fault is not None:
        raise PhoneMalformed(text=text, reason=fault)
    return phone


def national_digits(phone: Phone) -> str:
    """Return the digits as typed at home: 13812345678; of a foreign number all digits."""
    return phone.removeprefix("+86").removeprefix("+")


def _read(typed: str) -> tuple[PhoneFault | None, Phone]:
    # Nearly always; the library takes ten times as long to say so.
    if at_home := _AT_HOME.fullmatch(_GAPS.sub("", typed)):
        return None, Phone(f"+86{at_home[1]}")
    try:
        number = phonenumbers.parse(typed, _HOME)
    except NumberParseException as refused:
        return _FAULTS_OF_PARSING.get(refused.error_type, PhoneFault.UNKNOWN), Phone("")
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return _fault_of(number), Phone(written)


def _fault_of(number: phonenumbers.PhoneNumber) -> PhoneFault | None:
    if number.country_code == _HOME_CODE:
        return _fault_at_home(str(number.national_number))
    length = phonenumbers.is_possible_number_with_reason(number)
    if length in _FAULTS_OF_LENGTH:
        return _FAULTS_OF_LENGTH[length]
    return None if phonenumbers.is_valid_number(number) else PhoneFault.UNKNOWN


def _fault_at_home(digits: str) -> PhoneFault | None:
    if _MOBILE.fullmatch(digits):
        return None
    if len(digits) == _MOBILE_LENGTH or not digits.startswith("1"):
        return PhoneFault.NOT_MOBILE
    return PhoneFault.TOO_SHORT if len(digits) < _MOBILE_LENGTH else PhoneFault.TOO_LONG


_FAULTS_OF_PARSING = {
    NumberParseException.NOT_A_NUMBER: PhoneFault.TOO_SHORT,
    NumberParseException.TOO_SHORT_NSN: PhoneFault.TOO_SHORT,
    NumberParseException.TOO_SHORT_AFTER_IDD: PhoneFault.TOO_SHORT,
    NumberParseException.TOO_LONG: PhoneFault.TOO_LONG,
}
_FAULTS_OF_LENGTH = {
    ValidationResult.TOO_SHORT: PhoneFault.TOO_SHORT,
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: PhoneFault.TOO_SHORT,
    ValidationResult.TOO_LONG: PhoneFault.TOO_LONG,
    ValidationResult.INVALID_LENGTH: PhoneFault.UNKNOWN,
}
