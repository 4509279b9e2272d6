"""The slips whose pictures are kept: `python -m tests.documents.pictured_slips` draws them anew."""

from pathlib import Path

from pos_app.documents.paper import PAPERS
from pos_app.documents.rows import Row
from pos_app.documents.slip_raster import render, to_png
from pos_app.documents.slip_rows import (
    notice_rows,
    refund_rows,
    sale_rows,
    top_up_rows,
    trial_rows,
)
from tests.documents.samples import HANDOVER, REFUND, SALE, TOP_UP, TRIAL, WALK_IN

FOLDER = Path(__file__).parent.parent / "data" / "slips"
NAMES = ("handover", "refund", "sale", "top-up", "trial", "walk-in")


def rows_of(name: str) -> tuple[Row, ...]:
    return {
        "handover": notice_rows(HANDOVER),
        "refund": refund_rows(REFUND),
        "sale": sale_rows(SALE),
        "top-up": top_up_rows(TOP_UP),
        "trial": trial_rows(TRIAL),
        "walk-in": sale_rows(WALK_IN),
    }[name]


def picture(name: str, roll_mm: int) -> Path:
    return FOLDER / f"{name}-{roll_mm}.png"


def main() -> None:
    """Draw every kept picture anew; look at them before they are committed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        for roll_mm, paper in PAPERS.items():
            picture(name, roll_mm).write_bytes(to_png(render(rows_of(name), paper)))


if __name__ == "__main__":
    main()
