"""What a terminal that belongs to an HQ may do while it cannot reach it (D13)."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.offline_acts import waits_for_hq
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


def ensure_in_reach(ledger: Ledger, book: Statements, act: Act) -> None:
    """Refuse an act that has to wait for HQ. A terminal without an HQ settles it itself.

    Raises OnlineOnly.
    """
    if waits_for_hq(act, ledger.programme.offline) and cut_off(ledger, book):
        raise OnlineOnly(act)


def refused_now(ledger: Ledger, act: Act) -> OnlineOnly | None:
    """Return why an act cannot be done now, to be said before anybody has typed for it."""
    try:
        ensure_in_reach(ledger, ledger.read(), act)
    except OnlineOnly as refused:
        return refused
    return None


def cut_off(ledger: Ledger, book: Statements) -> bool:
    """Say whether this terminal belongs to an HQ that it cannot reach."""
    return not ledger.online and has_hq(book)


def has_hq(book: Statements) -> bool:
    """Say whether this terminal belongs to an HQ."""
    return link_rows.state(book).key is not None


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
