"""What may be written down about a member, field by field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos_app.errors import PosError
from pos_app.ledger.rules.birthdays import birthday_text
from pos_app.ledger.rules.holder import Birthday
from pos_app.ledger.store.event import Json

_CARD = re.compile(r"[0-9A-Z]{4,32}", re.ASCII)
_EARLIEST_YEAR = 1900
_LUNAR_DAYS = 30
_MONTHS = 12
_A_LEAP_YEAR = 2000


class Gender(StrEnum):
    """What the member said; not saying is an answer."""

    UNSAID = ""
    FEMALE = "female"
    MALE = "male"


@dataclass(eq=False)
class BirthdayRefused(PosError):
    """There is no such day, or it has not come yet. `reason`: no_such_day, too_early, in_future."""

    reason: str


@dataclass(eq=False)
class CardRefused(PosError):
    """A member card's number is 4 to 32 letters and digits."""


def clean_card(text: str) -> str:
    """Return a card number without blanks, in capitals; empty for none. Raises CardRefused."""
    card = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()
    if card and not _CARD.fullmatch(card):
        raise CardRefused
    return card


def birthday_fields(birthday: Birthday, today: date) -> Mapping[str, Json]:
    """Return how a birthday is kept. Raises BirthdayRefused."""
    if not _exists(birthday):
        raise BirthdayRefused(reason="no_such_day")
    if birthday.year is not None and birthday.year < _EARLIEST_YEAR:
        raise BirthdayRefused(reason="too_early")
    if _lies_ahead(birthday, today):
        raise BirthdayRefused(reason="in_future")
    text, lunar = birthday_text(birthday)
    return {"birthday": text, "lunar": lunar}


def _exists(birthday: Birthday) -> bool:
    if birthday.lunar:
        return 1 <= birthday.month <= _MONTHS and 1 <= birthday.day <= _LUNAR_DAYS
    try:
        date(_A_LEAP_YEAR if birthday.year is None else birthday.year, birthday.month, birthday.day)
    except ValueError:
        return False
    return not birthday.leap


def _lies_ahead(birthday: Birthday, today: date) -> bool:
    """Compare years only in the lunar calendar, whose days this terminal does not count here."""
    if birthday.year is None:
        return False
    if birthday.lunar:
        return birthday.year > today.year
    return date(birthday.year, birthday.month, birthday.day) > today
