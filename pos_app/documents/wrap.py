"""Breaking a text into lines: between Chinese characters and words, not inside a word."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise

Measure = Callable[[str], int]

_FIRST_WIDE = "\u2e80"
_OPENING = {"Ps", "Pi"}
_CLOSING = {"Pe", "Pf", "Po"}
_SHAPELESS = {"Cc", "Cf", "Cs"}
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def wrap(text: str, width: int, measure: Measure) -> tuple[str, ...]:
    """Return lines no wider than `width`; a line break in the text is kept."""
    paragraphs = text.splitlines() or [""]
    return tuple(line for each in paragraphs for line in _lines(cleaned(each), width, measure))


def cleaned(text: str) -> str:
    """Return the text without control characters, variation selectors and extra blanks."""
    shaped = (ch for ch in _SELECTORS.sub("", text) if ch.isspace() or _has_shape(ch))
    return " ".join("".join(shaped).split())


def _has_shape(ch: str) -> bool:
    return unicodedata.category(ch) not in _SHAPELESS


def _lines(text: str, width: int, measure: Measure) -> Iterator[str]:
    if measure(text) <= width:
        yield text
        return
    line = ""
    for piece in _pieces(text, width, measure):
        if line and measure((line + piece).rstrip()) > width:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    yield line.rstrip()


def _pieces(text: str, width: int, measure: Measure) -> Iterator[str]:
    """Yield what stays together; a piece wider than a line falls into characters."""
    start = 0
    for end, (before, after) in enumerate(pairwise(text), start=1):
        if _may_part(before, after):
            yield from _narrow(text[start:end], width, measure)
            start = end
    yield from _narrow(text[start:], width, measure)


def _narrow(piece: str, width: int, measure: Measure) -> Iterator[str]:
    return iter((piece,) if measure(piece.rstrip()) <= width else piece)


def _may_part(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters: a mark never starts a line."""
    if before == " " or after == " ":
        return before == " "
    if unicodedata.category(after) in _CLOSING or unicodedata.category(before) in _OPENING:
        return False
    return before >= _FIRST_WIDE or after >= _FIRST_WIDE
