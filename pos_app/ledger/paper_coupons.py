"""Printed coupon codes: HQ reserves one for this till, and the member at the counter has it."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.ids import CouponId, IntentId, MemberId, OperatorId
from pos_app.ledger import wallet_moves
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.coupon_codes import number_of
from pos_app.ledger.store import accounts, right_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.event import Draft, Event, Kind
from pos_app.ledger.store.member_rows import known_member
from pos_app.ledger.store.right_rows import Want
from pos_app.security.paper_codes import coupon_of


@dataclass(eq=False)
class NotACode(PosError):
    """What was scanned or typed is no printed coupon's code."""


@dataclass(eq=False)
class PaperNeedsHq(PosError):
    """Nobody but HQ knows whether a printed coupon was used, and it cannot be reached."""


@dataclass(eq=False)
class PaperRefused(PosError):
    """HQ did not give the printed coupon: it was used, has expired, or was never printed."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed coupon to be asked for: while it is on paper, it is its own owner."""

    coupon: CouponId

    @property
    def owner(self) -> MemberId:
        return MemberId(self.coupon)

    @property
    def wants(self) -> tuple[Want, ...]:
        return (Want(accounts.coupon_unit(self.coupon), 1, 1),)


def read(ledger: Ledger, code: str) -> Paper:
    """Return what a code stands for. Raises NotACode and PaperNeedsHq."""
    number = number_of(code)
    if number is None:
        raise NotACode
    if ledger.peppers.chain is None or not ledger.online:
        raise PaperNeedsHq
    return Paper(coupon_of(number, ledger.peppers.chain))


def give(
    ledger: Ledger, paper: Paper, member: MemberId, *, operator: OperatorId, intent: IntentId
) -> None:
    """Put a printed coupon that HQ has granted into the member's hand. Repeating changes nothing.

    Raises PaperRefused and MemberUnknown.
    """
    with ledger.write() as book:
        if book.event_of_intent(intent) is None:
            _give(book, paper, member, operator, intent)


def _give(
    book: Book, paper: Paper, member: MemberId, operator: OperatorId, intent: IntentId
) -> Event:
    known_member(book, member)
    right = next(iter(right_rows.held(book, paper.owner)), None)
    if right is None:
        raise PaperRefused
    body = {"coupon": paper.coupon.hex, **right.about, "paper": 1}
    moves = wallet_moves.hand_over_coupon(paper.owner, member, paper.coupon)
    return book.append(Draft(Kind.COUPON_ISSUE, body, moves, member, operator, intent))
