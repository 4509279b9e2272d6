"""Names and remarks as people type them: all of GB 18030, nothing that hides or reorders."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from pos_app.errors import PosError

NAME_MOST = 40
REMARK_MOST = 200
# Formatting, controls, halves of a pair, line and paragraph ends. Unassigned code points are let
# through: GB 18030-2022 has ideographs that are younger than this Python's tables.
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class TextFault(StrEnum):
    """What is wrong with a typed text."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"


@dataclass(eq=False)
class NameRefused(PosError):
    """The name cannot be kept or shown."""

    reason: TextFault


@dataclass(eq=False)
class RemarkRefused(PosError):
    """The note or reason cannot be kept or shown, or is missing where it must be given."""

    reason: TextFault


def clean_name(text: str) -> str:
    """Return the name trimmed, with single blanks, in NFC; it may be empty. Raises NameRefused."""
    name, fault = _cleaned(text, NAME_MOST)
    if fault is not None:
        raise NameRefused(reason=fault)
    return name


def clean_remark(text: str) -> str:
    """Return a note or a reason, cleaned like a name; it may be empty. Raises RemarkRefused."""
    remark, fault = _cleaned(text, REMARK_MOST)
    if fault is not None:
        raise RemarkRefused(reason=fault)
    return remark


def required_remark(text: str) -> str:
    """Return a reason that must be given. Raises RemarkRefused."""
    remark = clean_remark(text)
    if not remark:
        raise RemarkRefused(reason=TextFault.EMPTY)
    return remark


def _cleaned(text: str, most: int) -> tuple[str, TextFault | None]:
    cleaned = re.sub(r"[ \u3000]+", " ", unicodedata.normalize("NFC", text)).strip()
    if any(unicodedata.category(character) in _REFUSED for character in cleaned):
        return "", TextFault.CONTROL_CHARACTER
    return cleaned, TextFault.TOO_LONG if len(cleaned) > most else None
