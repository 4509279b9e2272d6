"""Member numbers: twelve digits that tell nothing and catch a slip of the finger."""

from __future__ import annotations

import re
import secrets

PREFIX = "88"
LENGTH = 12
CODE_PREFIX = "MBR:"
_SHAPE = re.compile(rf"{PREFIX}\d{{{LENGTH - len(PREFIX)}}}", re.ASCII)


def new_member_number() -> str:
    """Return a random number; whether it is free is for the book to say."""
    digits = LENGTH - len(PREFIX) - 1
    stem = f"{PREFIX}{secrets.randbelow(10**digits):0{digits}}"
    return stem + check_digit(stem)


def is_member_number(text: str) -> bool:
    """Say whether this can be a member number: prefix, length and check digit."""
    return _SHAPE.fullmatch(text) is not None and check_digit(text[:-1]) == text[-1]


def check_digit(stem: str) -> str:
    """Return the check digit of ISO 7064 MOD 11,10: any one wrong digit is caught."""
    rest = 10
    for digit in stem:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - rest) % 10)
