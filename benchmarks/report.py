"""One line a target: what was measured, beside what, and whether the target is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.measure import Paired, Pick, percentile

_WIDTHS = (4, 62, 12, 12, 38, 16)
_TITLES = ("no.", "what", "ours", "reference", "ratio (p10-p90)", "target", "")


@dataclass(frozen=True, slots=True)
class Line:
    """One measured target; without `met` it is a figure that explains another."""

    number: str
    what: str
    ours: str
    reference: str = ""
    ratio: str = ""
    target: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        verdict = {True: "met", False: "missed", None: ""}[self.met]
        cells = (self.number, self.what, self.ours, self.reference, self.ratio, self.target)
        return _row((*cells, verdict))


def heading() -> str:
    """Return the titles of the columns."""
    return _row(_TITLES)


def compared(number: str, what: str, pair: Paired, *, most: float, pick: Pick = median) -> Line:
    """Report a pair whose median ratio must not exceed `most`."""
    ratios = pair.ratios(pick)
    return Line(
        number,
        what,
        shown(pick(pair.all_ours)),
        shown(pick(pair.all_reference)),
        spread(ratios),
        f"<= {most:g}x",
        median(ratios) <= most,
    )


def rates(number: str, what: str, pair: Paired, *, each: int, least: float) -> Line:
    """Report a pair in which a trial does `each` things, and ours at least so many a second."""
    ratios = [1 / ratio for ratio in pair.ratios()]
    return Line(
        number,
        what,
        f"{each / median(pair.all_ours):,.0f}/s",
        f"{each / median(pair.all_reference):,.0f}/s",
        spread(ratios),
        f">= {least:g}x",
        median(ratios) >= least,
    )


def spread(ratios: Sequence[float]) -> str:
    """Return the median ratio and between what most rounds lay."""
    low, high = percentile(ratios, 10), percentile(ratios, 90)
    return f"{median(ratios):.2f}x ({low:.2f}-{high:.2f})"


def shown(seconds: float) -> str:
    """Return a duration as people read it."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} us"
    return f"{seconds * 1e3:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _row(cells: Sequence[str]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells[:-1], _WIDTHS, strict=True))
    return " ".join((*padded, cells[-1])).rstrip()
