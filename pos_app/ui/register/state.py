"""What the registration sheet shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class PhoneCheck(StrEnum):
    """What is known about the typed number."""

    EMPTY = "empty"
    TYPING = "typing"
    CHECKING = "checking"
    FREE = "free"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the fields, as typed. The card comes by scan and is kept apart."""

    phone: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    gender: str = ""
    year: str = ""
    month: str = ""
    day: str = ""
    lunar: bool = False
    leap: bool = False
    pin: str = field(default="", repr=False)
    pin_again: str = field(default="", repr=False)
    terms: bool = False
    marketing: bool = False


EMPTY_FORM = Form()


@dataclass(frozen=True, slots=True)
class RegisterState:
    """`round` rises when the fields are to be emptied for the next person.

    `closed` says why nobody can be registered now; `gift` what a new member gets, and when.
    """

    open: bool = False
    round: int = 0
    phone: str = ""
    phone_check: PhoneCheck = PhoneCheck.EMPTY
    phone_note: str = ""
    duplicate: str = ""
    birthday_problem: str = ""
    name_problem: str = ""
    pin_problem: str = ""
    card: str = ""
    card_waiting: bool = False
    terms_version: str = ""
    terms_text: str = ""
    terms_open: bool = False
    gift: str = ""
    cta: str = ""
    blocked: str = ""
    busy: bool = False
    problem: str = ""
    closed: str = ""
