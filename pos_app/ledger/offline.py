"""What a terminal that belongs to an HQ may do while it cannot reach it (D13)."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.access import Act
from pos_app.ledger.store import link_rows, right_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.driver import Statements


@dataclass(eq=False)
class OnlineOnly(PosError):
    """The act needs HQ, and HQ cannot be reached."""

    act: Act


@dataclass(eq=False)
class SpendingFrozen(PosError):
    """Rights are not spent here until the cause is cleared; `cause` is a short code."""

    cause: str


@dataclass(eq=False)
class RightsDue(PosError):
    """The rights that HQ granted have outstayed their time and go back."""

    member: MemberId


def ensure_online(ledger: Ledger, book: Book, act: Act) -> None:
    """Refuse an act that only HQ can settle. A terminal without an HQ settles it itself.

    Raises OnlineOnly.
    """
    if not ledger.online and link_rows.state(book).key is not None:
        raise OnlineOnly(act)


def ensure_not_frozen(book: Statements) -> None:
    """Refuse to spend while HQ and this terminal do not agree. Raises SpendingFrozen."""
    frozen = link_rows.state(book).frozen
    if frozen:
        raise SpendingFrozen(frozen)


def ensure_spendable(book: Book, member: MemberId) -> None:
    """Refuse to spend rights that are frozen or due. Raises SpendingFrozen, RightsDue."""
    ensure_not_frozen(book)
    term = right_rows.term_of(book, member)
    if term is not None and term.until <= book.now:
        raise RightsDue(member)


def ensure_taken_offline(ledger: Ledger, book: Book, act: Act) -> None:
    """Refuse what the programme keeps for the hours online. Raises OnlineOnly."""
    rules = book.programme.offline
    denied = {
        Act.TOP_UP: rules.top_up == "denied",
        Act.REGISTER: rules.registration == "denied",
        Act.REFUND: rules.refund == "denied",
        Act.VOID: rules.refund == "denied",
    }
    if denied[act]:
        ensure_online(ledger, book, act)
