"""Coupons issued on the spot, spendable here at once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import CouponId, IntentId, MemberId, OperatorId, new_id
from pos_app.ledger import wallet_moves
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.triggers import last_day
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.event import Draft, Event, Kind
from pos_app.ledger.store.member_rows import known_member


@dataclass(eq=False)
class TemplateUnknown(PosError):
    """The programme in force has no coupon of this code."""

    code: str


def issue(
    ledger: Ledger,
    member: MemberId,
    template: str,
    *,
    operator: OperatorId | None,
    intent: IntentId,
) -> CouponId:
    """Put a coupon into the member's hand, valid from today.

    Repeating the call issues no second one.

    Raises TemplateUnknown, MemberUnknown.
    """
    with ledger.write() as book:
        event = book.event_of_intent(intent) or append_issue(
            book, member, template, operator, intent
        )
    return CouponId(UUID(event.body["coupon"]))


def append_issue(
    book: Book, member: MemberId, code: str, operator: OperatorId | None, intent: IntentId | None
) -> Event:
    """Issue a coupon inside an open transaction. Raises TemplateUnknown, MemberUnknown."""
    known_member(book, member)
    template = book.programme.template(code)
    if template is None:
        raise TemplateUnknown(code)
    coupon = CouponId(new_id())
    until = last_day(template, book.today)
    body = {
        "coupon": coupon.hex,
        "template": code,
        "valid_from": book.today.isoformat(),
        "valid_until": until.isoformat(),
    }
    moves = wallet_moves.issue_coupon(member, coupon)
    return book.append(Draft(Kind.COUPON_ISSUE, body, moves, member, operator, intent))
