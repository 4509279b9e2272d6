"""Identity documents: which kinds are taken, and whether a number can be one (GB 11643-1999)."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pos_app.errors import PosError

_BORN = slice(6, 14)
_CHECK_DIGITS = "10X98765432"
_MODULUS = 11


class DocumentKind(StrEnum):
    """What may be shown; residents of Hong Kong, Macao and Taiwan may have a residence permit.

    Such a permit has a number like a resident's identity card.
    """

    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"


class DocumentFault(StrEnum):
    """What is wrong with a number, or that the name is missing."""

    NAME = "name"
    FORM = "form"
    BORN = "born"
    CHECK_DIGIT = "check_digit"


@dataclass(frozen=True, slots=True)
class Document:
    """What was shown: never printed, never logged, never in the chain."""

    kind: DocumentKind
    number: str = field(repr=False)
    name: str = field(repr=False)


@dataclass(eq=False)
class DocumentRefused(PosError):
    """No document has this number."""

    kind: DocumentKind
    fault: DocumentFault


_FORMS = {
    DocumentKind.RESIDENT_ID: r"[1-9]\d{16}[\dX]",
    DocumentKind.PASSPORT: r"(?=.*\d)[A-Z0-9]{5,20}",
    DocumentKind.HK_MACAO_PERMIT: r"[HM]\d{8}(\d\d)?",
    DocumentKind.TAIWAN_PERMIT: r"\d{8}|\d{10}[A-Z]?",
}


def clean_number(kind: DocumentKind, text: str, today: date) -> str:
    """Return a document's number as it is kept. Raises DocumentRefused."""
    number = re.sub(r"[\s()\-]", "", text).upper()
    if not re.fullmatch(_FORMS[kind], number, re.ASCII):
        raise DocumentRefused(kind, DocumentFault.FORM)
    if kind is DocumentKind.RESIDENT_ID:
        _ensure_resident(number, today)
    return number


def check_digit(first: str) -> str:
    """Return the last digit of an identity number from the seventeen before it (ISO 7064)."""
    weighed = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first))
    return _CHECK_DIGITS[weighed % _MODULUS]


def _ensure_resident(number: str, today: date) -> None:
    kind = DocumentKind.RESIDENT_ID
    try:
        born = date.fromisoformat(number[_BORN])
    except ValueError:
        raise DocumentRefused(kind, DocumentFault.BORN) from None
    if born > today:
        raise DocumentRefused(kind, DocumentFault.BORN)
    if number[-1] != check_digit(number[:-1]):
        raise DocumentRefused(kind, DocumentFault.CHECK_DIGIT)
