"""The bundled typefaces in dots: how wide a text is, and putting it on a picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw, ImageFont

import pos_app

_FONTS = Path(pos_app.__file__).parent.parent / "resources" / "fonts"
# In the order of asking; Inter has the few signs and alphabets that Noto Sans SC lacks.
_REGULAR = ("NotoSansSC_400Regular.ttf", "Inter_400Regular.ttf")
_BOLD = ("NotoSansSC_700Bold.ttf", "Inter_700Bold.ttf")
_PROBE_SIZE = 20
_NEVER_IN_A_FONT = "\U0010ffff"
_NO_FONT = ""


@dataclass(frozen=True, slots=True)
class Face:
    """One size of one weight."""

    size: int
    bold: bool = False

    def width_of(self, text: str) -> int:
        """Return how many dots the text takes, rounded up."""
        return sum(_run_width(self, font, run) for font, run in _runs(self, text))

    def draw(self, pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, ink: int) -> None:
        """Draw the text; `at` is the left end of its base line."""
        x, baseline = at
        for font, run in _runs(self, text):
            if font == _NO_FONT:
                _draw_code_points(self, pen, (x, baseline), run, ink)
            else:
                pen.text((x, baseline), run, font=_font(font, self.size), fill=ink, anchor="ls")
            x += _run_width(self, font, run)


@lru_cache(maxsize=64)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    # The basic engine is in every build of Pillow: the same dots on every machine.
    return ImageFont.truetype(_FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


def _runs(face: Face, text: str) -> Iterator[tuple[str, str]]:
    names = _BOLD if face.bold else _REGULAR
    for font, run in groupby(text, key=lambda character: _font_with(character, names)):
        yield font, "".join(run)


@lru_cache(maxsize=8192)
def _font_with(character: str, names: tuple[str, ...]) -> str:
    return next((name for name in names if _has(name, character)), _NO_FONT)


def _has(name: str, character: str) -> bool:
    """Tell whether the font draws this character otherwise than one that cannot exist."""
    return _dots(name, character) != _dots(name, _NEVER_IN_A_FONT)


def _dots(name: str, character: str) -> tuple[tuple[int, int], float, bytes]:
    font = _font(name, _PROBE_SIZE)
    mask = font.getmask(character)
    return mask.size, font.getlength(character), bytes(mask)


@lru_cache(maxsize=4096)
def _run_width(face: Face, font: str, run: str) -> int:
    if font == _NO_FONT:
        return face.size * len(run)
    return -int(-_font(font, face.size).getlength(run) // 1)


def _draw_code_points(
    face: Face, pen: ImageDraw.ImageDraw, at: tuple[int, int], run: str, ink: int
) -> None:
    """Draw each character as a box with its number, so that a name never loses one in silence."""
    tiny = Face(max(8, face.size * 2 // 5))
    left, baseline = at
    for character in run:
        top, bottom = baseline - face.size * 7 // 8, baseline + face.size // 8
        pen.rectangle((left + 1, top, left + face.size - 2, bottom), outline=ink)
        digits = f"{ord(character):04X}"
        middle = (len(digits) + 1) // 2
        tiny.draw(pen, (left + 4, top + face.size // 2 - 1), digits[:middle], ink)
        tiny.draw(pen, (left + 4, bottom - 2), digits[middle:], ink)
        left += face.size
