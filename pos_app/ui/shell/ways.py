"""What the window needs from the program around it, and the pages it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.ids import MemberId
from pos_app.ledger.receipts import SaleReceipt
from pos_app.money import Money

COUNTER = "counter"
MEMBERS = "members"
TOP_UP = "top_up"
REFUND = "refund"
JOURNAL = "journal"
OPERATORS = "operators"
MEMBER = "member"
SYNC = "sync"
RADAR = "radar"


def never(_code: str) -> bool:
    """Take no scan."""
    return False


def stay() -> None:
    """Sign nobody out."""


@dataclass(frozen=True, slots=True)
class ShellWays:
    """Callables of the composition root. None of them may block.

    `sheet_scan` answers True when an open sheet of another screen took the code.
    """

    print_slip: Callable[[SaleReceipt], None]
    sold: Callable[[SaleReceipt], None]
    open_drawer: Callable[[], None]
    ask_drawer: Callable[[], None]
    reprint_last: Callable[[], None]
    sound: Callable[[str], None]
    register: Callable[[str], None]
    lock: Callable[[], None]
    top_up: Callable[[MemberId, Money], None]
    sheet_scan: Callable[[str], bool] = never
    sign_out: Callable[[], None] = stay


@dataclass(frozen=True, slots=True)
class PageDoor:
    """How a page of the rail is entered, and how it is offered a scan."""

    open: Callable[[MemberId | None], None]
    scanned: Callable[[str], bool] = never
