"""Proving the whole book, and making what is derived anew from what is proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store.checks import Checked, Fault
from pos_app.ledger.store.journal import head_of
from pos_app.ledger.store.rebuild import TableCompared, rebuild
from pos_app.ledger.store.verify import verify, verify_journal


@dataclass(eq=False)
class JournalFaulty(PosError):
    """The journal itself does not hold together: nothing may be derived from it."""

    fault: Fault


def prove(ledger: Ledger) -> Iterator[Checked]:
    """Yield every check of the book in order, up to the first fault."""
    return verify(ledger.read(), public_key=ledger.public_key)


def ensure_journal(ledger: Ledger) -> None:
    """Make sure that a chain holds together and is signed by whom its first event names.

    Raises JournalFaulty.
    """
    for checked in verify_journal(ledger.read(), public_key=None):
        if checked.fault is not None:
            raise JournalFaulty(checked.fault)


def make_anew(ledger: Ledger) -> tuple[TableCompared, ...]:
    """Derive every table again from the journal, and tell how much of each was wrong.

    One transaction: it is all new or all as before. Raises JournalFaulty.
    """
    for checked in verify_journal(ledger.read(), public_key=ledger.public_key):
        if checked.fault is not None:
            raise JournalFaulty(checked.fault)
    with ledger.write() as book:
        return rebuild(book)


def head_hash(ledger: Ledger) -> bytes:
    """Return the hash that carries the whole chain."""
    return head_of(ledger.read()).hash
