"""A member's new phone number: HQ takes it down first, for it is one person's in the chain."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pos_app.ids import IntentId, MemberId, OperatorId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.member_profile import Profile, profile
from pos_app.ledger.members import ensure_phone_free
from pos_app.ledger.offline import OnlineOnly, ensure_in_reach, has_hq
from pos_app.ledger.phones import parse_phone
from pos_app.ledger.rights import Deed, ensure_may, ensure_permitted
from pos_app.ledger.rules.access import Act
from pos_app.ledger.store import member_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.event import Draft, Json, Kind
from pos_app.ledger.store.member_rows import known_member
from pos_app.security.evidence import Approval


@dataclass(frozen=True, slots=True)
class PhoneWish:
    """A number as it was typed, and whose it is to be; `before` is what is kept so far.

    `taken_down`: HQ says that it is theirs now.
    """

    member: MemberId
    phone: str = field(repr=False)
    operator: OperatorId
    intent: IntentId
    approval: Approval | None = None
    before: str = field(default="", repr=False)
    taken_down: bool = False


def prepare(ledger: Ledger, wish: PhoneWish) -> PhoneWish:
    """Return the wish as HQ is asked, once nothing here stands against it.

    Raises PhoneMalformed, MemberUnknown, PhoneTaken, StatusForbids, OnlineOnly, NotAllowed,
    NeedsApproval, NotProved, OperatorUnknown.
    """
    spelt = replace(wish, phone=parse_phone(wish.phone))
    with ledger.write() as book:
        ensure_in_reach(ledger, book, Act.CHANGE_PHONE)
        _allowed(ledger, book, spelt)
        return replace(spelt, before=known_member(book, wish.member).phone or "")


def change_phone(ledger: Ledger, wish: PhoneWish) -> Profile:
    """Write the change down, once HQ has taken the number down or where there is no HQ.

    Repeating the call changes nothing more. Raises like `prepare`.
    """
    spelt = replace(wish, phone=parse_phone(wish.phone))
    with ledger.write() as book:
        if has_hq(book) and not wish.taken_down:
            raise OnlineOnly(Act.CHANGE_PHONE)
        if book.event_of_intent(wish.intent) is None:
            body: dict[str, Json] = {"fields": ["phone"], **_allowed(ledger, book, spelt)}
            who = (spelt.member, spelt.operator, spelt.intent)
            private = {"phone": spelt.phone}
            book.append(Draft(Kind.MEMBER_EDIT, body, (), *who, private=private))
    return profile(ledger, wish.member)


def _allowed(ledger: Ledger, book: Book, wish: PhoneWish) -> dict[str, Json]:
    """Return what the event journals of an approval."""
    ensure_permitted(known_member(book, wish.member).status, Act.CHANGE_PHONE)
    owner = member_rows.by_phone(book, wish.phone)
    if owner is None or owner.id != wish.member:
        ensure_phone_free(book, wish.phone)
    deed = Deed(Act.CHANGE_PHONE, wish.operator, wish.intent)
    return ensure_may(book, deed, key=ledger.capability_key, approval=wish.approval)
