"""What goes back to HQ: rights that are due, recalled, or more than an allowance."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

from pos_app.ids import MemberId
from pos_app.ledger import grants
from pos_app.ledger.grants import Cause
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.allowance import excess_batches, excess_lots
from pos_app.ledger.store import right_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.holdings import wallet_of
from pos_app.ledger.store.lately import acked_seq
from pos_app.ledger.store.right_rows import Right
from pos_app.money import Money, Points

BATCH = 200


def return_due(ledger: Ledger) -> int:
    """Return every right that has outstayed its time, offline too; tell of how many members."""
    members = right_rows.due(ledger.read(), ledger.now())
    if members:
        with ledger.write() as book:
            for member in right_rows.due(book, book.now):
                return_all(book, member, "due")
    return len(members)


def return_all(book: Book, member: MemberId, cause: Cause) -> None:
    """Return everything that the member may spend here, inside an open transaction."""
    grants.give_back(book, member, right_rows.held(book, member), cause)


def return_excess(ledger: Ledger, *, but: Collection[MemberId] = ()) -> int:
    """Return what the members of unsent events hold beyond their allowances (D11).

    `but` are members who are being served; returns how many members' rights went back.
    """
    moved = right_rows.holders(ledger.read(), after_seq=acked_seq(ledger.read()))
    waiting = iter([member for member in moved if member not in but])
    count = 0
    while some := list(islice(waiting, BATCH)):
        with ledger.write() as book:
            count += sum(_return_excess_of(book, member) for member in some)
    return count


def _return_excess_of(book: Book, member: MemberId) -> bool:
    term = right_rows.term_of(book, member)
    rights = right_rows.held(book, member)
    if term is not None and term.purpose == "allowance" and book.now < term.until:
        rights = _beyond_allowance(book, member)
    return grants.give_back(book, member, rights, "above_allowance") is not None


def _beyond_allowance(book: Book, member: MemberId) -> tuple[Right, ...]:
    """Return the newest rights above the allowance; coupons travel with it."""
    wallet, rules = wallet_of(book, member), book.programme.offline
    about = {right.ref: right.about for right in right_rows.held(book, member)}
    lots = excess_lots(wallet.lots, Money(rules.allowance_per_member_max_fen))
    points = excess_batches(wallet.batches, Points(rules.allowance_points_max))
    value = (
        Right(pocket, spend.lot.hex, amount.minor, about[spend.lot.hex])
        for spend in lots
        for pocket, amount in (("P", spend.principal), ("B", spend.bonus))
        if amount
    )
    batches = (Right("PTS", one.expires_on.isoformat(), one.points.minor) for one in points)
    return (*value, *batches)
