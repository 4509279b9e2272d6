"""What a slip is made of, from top to bottom, before anything is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import assert_never


class Style(Enum):
    """How a text that has the line to itself is set."""

    HEADING = auto()
    TITLE = auto()
    CENTRED = auto()
    NOTE = auto()


class Weight(Enum):
    """How loud a pair speaks."""

    PLAIN = auto()
    STRONG = auto()
    TOTAL = auto()


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    style: Style = Style.NOTE


@dataclass(frozen=True, slots=True)
class Banner:
    """White on black, impossible to overlook."""

    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    left: str
    right: str
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class Item:
    """One line of goods, in three columns."""

    title: str
    quantity: str
    amount: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A dashed line across the paper."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with a caption. What no QR code of this paper's width can hold is left out."""

    payload: str | bytes
    caption: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on."""

    label: str


Row = Text | Banner | Pair | Item | Rule | Code | Signature


def plain_text(rows: Sequence[Row]) -> str:
    """Return the words of a slip, a line each, for a preview or a screen reader."""
    return "\n".join(_words(row) for row in rows)


def _words(row: Row) -> str:
    match row:
        case Text(text=words) | Banner(text=words):
            pass
        case Pair():
            words = f"{row.left}  {row.right}"
        case Item():
            words = f"{row.title}  {row.quantity}  {row.amount}"
        case Rule():
            words = "-" * 32
        case Code():
            words = f"[{row.caption}]"
        case Signature():
            words = f"{row.label} {'_' * 16}"
        case _:
            assert_never(row)
    return words
