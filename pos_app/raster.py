"""A picture in black dots, as documents draw it and a printer burns it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raster:
    """Rows from the top, each filled up to whole bytes; the highest bit is left, 1 is black."""

    width: int
    height: int
    rows: bytes

    def __post_init__(self) -> None:
        assert len(self.rows) == self.row_bytes * self.height, "the rows do not fill the picture"

    @property
    def row_bytes(self) -> int:
        """Return how many bytes one row takes."""
        return (self.width + 7) // 8

    def strips(self, height: int) -> tuple["Raster", ...]:
        """Cut the picture into strips of at most `height` rows, top first."""
        cuts = range(0, self.height, height)
        return tuple(self._strip(top, min(top + height, self.height)) for top in cuts)

    def _strip(self, top: int, bottom: int) -> "Raster":
        rows = self.rows[top * self.row_bytes : bottom * self.row_bytes]
        return Raster(self.width, bottom - top, rows)
