"""A strip of receipt paper that is filled from the top and then becomes a picture."""

from collections.abc import Callable

from PIL import Image, ImageDraw

from pos_app.documents.paper import Paper
from pos_app.documents.typeface import Face
from pos_app.raster import Raster

BLACK, WHITE = 0, 255
# A dot that is covered by a little less than half still burns: thermal paper likes it bold.
_TO_DOTS = [BLACK] * 150 + [WHITE] * 106

_Mark = Callable[[ImageDraw.ImageDraw], None]


class Sheet:
    """Collects marks and remembers how far down the paper they reach."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.y = 0
        self._marks: list[_Mark] = []

    @property
    def left(self) -> int:
        """Return the first dot inside the margin."""
        return self.paper.margin

    @property
    def right(self) -> int:
        """Return the first dot of the right margin."""
        return self.paper.width - self.paper.margin

    @property
    def inner_width(self) -> int:
        """Return the dots between the margins."""
        return self.right - self.left

    def skip(self, dots: int) -> None:
        """Leave paper white."""
        self.y += dots

    def text(self, x: int, baseline: int, text: str, face: Face, ink: int = BLACK) -> None:
        """Write from the left end of a base line."""
        self._marks.append(lambda pen: face.draw(pen, (x, baseline), text, ink))

    def text_to(self, right: int, baseline: int, text: str, face: Face) -> None:
        """Write so that the text ends at `right`."""
        self.text(right - face.width_of(text), baseline, text, face)

    def box(self, left: int, top: int, right: int, bottom: int) -> None:
        """Fill a box with black; the far edges are part of it."""
        self._marks.append(lambda pen: pen.rectangle((left, top, right, bottom), fill=BLACK))

    def stamp(self, x: int, y: int, mask: Image.Image) -> None:
        """Blacken the dots that are set in the mask."""
        self._marks.append(lambda pen: pen.bitmap((x, y), mask, fill=BLACK))

    def raster(self) -> Raster:
        """Return the picture in dots."""
        image = Image.new("L", (self.paper.width, self.y), WHITE)
        pen = ImageDraw.Draw(image)
        for mark in self._marks:
            mark(pen)
        dots = image.point(_TO_DOTS, "1")
        return Raster(image.width, image.height, dots.tobytes("raw", "1;I"))


def line_height(size: int) -> int:
    """Return the height of a line of Chinese text."""
    return size * 3 // 2


def baseline_in(top: int, height: int, size: int) -> int:
    """Return the base line that centres Chinese characters: 0.88 above it, 0.12 below."""
    return top + height // 2 + size * 38 // 100
