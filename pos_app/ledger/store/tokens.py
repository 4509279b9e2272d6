"""The words under which a member is found: name, sound, phone, card and number."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

TAIL_MARK = "~"
LEAST_DIGITS = 4
_TAIL_DIGITS = 4
_LEAST_LETTERS = 2
_READINGS_MAX = 48
_UNITS_MAX = 40
_HIGHEST = "\U0010ffff"
_IDEOGRAPHS = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNIT = re.compile(rf"[{_IDEOGRAPHS}]|[^\W{_IDEOGRAPHS}]+")
_DIGITS = re.compile(r"\+?[\d\s\-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Findable:
    """What of a member can be searched: phone in E.164; an erased member has none of it."""

    name: str
    phone: str | None
    card: str | None
    number: str


@dataclass(frozen=True, slots=True)
class TokenRange:
    """One range of the token index; `low` itself is what was asked for."""

    low: str
    high: str


def tokens_of(who: Findable) -> frozenset[str]:
    """Return every token under which this member stands in the index."""
    return frozenset(token for token in (*_of_name(who.name), *_of_digits(who)) if token)


def ranges_of(text: str) -> tuple[TokenRange, ...]:
    """Return the index ranges that answer a typed text, the likeliest first.

    Four digits are the tail of a phone first, more digits its beginning first. Fewer than four
    digits or two letters answer nothing, so that nobody leafs through the members.
    """
    if _DIGITS.fullmatch(text.strip()):
        digits = re.sub(r"\D", "", text)
        if len(digits) < LEAST_DIGITS:
            return ()
        head, tail = _range(digits), _range(TAIL_MARK + digits[::-1])
        return (tail, head) if len(digits) == _TAIL_DIGITS else (head, tail)
    word = "".join(_units(text)).replace("ü", "v")
    letters_only = word.isascii()
    return () if not word or (letters_only and len(word) < _LEAST_LETTERS) else (_range(word),)


def _range(low: str) -> TokenRange:
    return TokenRange(low, low + _HIGHEST)


def _of_digits(who: Findable) -> Iterator[str]:
    yield who.number
    if who.card:
        yield who.card.casefold()
    if who.phone:
        digits = who.phone.removeprefix("+")
        yield digits
        yield who.phone.removeprefix("+86").removeprefix("+")
        yield TAIL_MARK + digits[::-1]


def _of_name(name: str) -> Iterator[str]:
    units = _units(name)[:_UNITS_MAX]
    for start in range(len(units)):
        yield "".join(units[start:])
        yield from map("".join, _sounds(units[start:]))
    for sounds in _sounds(units):
        yield "".join(sound[0] for sound in sounds)


def _units(text: str) -> list[str]:
    """Split into what is read as one: an ideograph, or a run of other letters and digits."""
    return _UNIT.findall(unicodedata.normalize("NFKC", text).casefold().replace("_", " "))


def _sounds(units: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the readings of a name, those that vary in the family name first, within bounds."""
    backwards = product(*(_readings(unit) for unit in reversed(units)))
    return (sounds[::-1] for sounds in islice(backwards, _READINGS_MAX))


@lru_cache(maxsize=32_768)
def _readings(unit: str) -> tuple[str, ...]:
    """Return every reading of an ideograph without tones, lü as lv and lu; others as written."""
    if len(unit) > 1 or unit.isascii():
        return (unit,)
    # Only a new name needs its tables; those of whole phrases, four fifths of them, nobody asks.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin  # noqa: PLC0415 -- kept out of the start of the program

    spoken = pinyin(unit, style=Style.NORMAL, heteronym=True)[0]
    return tuple(
        dict.fromkeys(form for sound in spoken for form in (sound, sound.replace("v", "u")))
    )
