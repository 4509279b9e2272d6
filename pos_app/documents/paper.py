"""The paper rolls of receipt printers and the type sizes that read well on them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything in printer dots; eight dots are one millimetre."""

    roll_mm: int
    width: int
    margin: int
    small: int
    body: int
    strong: int
    heading: int
    total: int


PAPER_80 = Paper(
    roll_mm=80, width=576, margin=8, small=20, body=24, strong=28, heading=34, total=40
)
PAPER_58 = Paper(
    roll_mm=58, width=384, margin=4, small=18, body=22, strong=24, heading=30, total=34
)
PAPERS = {paper.roll_mm: paper for paper in (PAPER_80, PAPER_58)}
