"""A tier that a manager gives a member, up to an end date (DAT-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, OperatorId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.names import required_remark
from pos_app.ledger.offline import ensure_in_reach
from pos_app.ledger.rights import Deed, ensure_may
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.tier_standing import MANUAL_DAYS_MOST, ManualTier
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.event import Draft, Kind
from pos_app.ledger.store.member_rows import known_member


@dataclass(eq=False)
class TierDayRefused(PosError):
    """A tier is given up to a day from `first` to `last`, and to no other."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class TierWish:
    """Which tier a member is given, up to and with which day; None ends what was given."""

    member: MemberId
    given: ManualTier | None
    reason: str
    intent: IntentId


def give_tier(ledger: Ledger, wish: TierWish, *, operator: OperatorId) -> None:
    """Write down what a manager gave, or that it ends. Repeating the call changes nothing.

    HQ must be reached: another till may have given or ended one, and a tier counts everywhere.
    Raises MemberUnknown, RemarkRefused (a reason is needed), TierDayRefused, OnlineOnly,
    NotAllowed, OperatorUnknown.
    """
    reason = required_remark(wish.reason)
    with ledger.write() as book:
        known_member(book, wish.member)
        if book.event_of_intent(wish.intent) is not None:
            return
        ensure_in_reach(ledger, book, Act.SET_TIER)
        _ensure_days(book, wish.given)
        deed = Deed(Act.SET_TIER, operator, wish.intent)
        consent = ensure_may(book, deed, key=ledger.capability_key)
        given = wish.given
        body = {
            "tier": None if given is None else given.code,
            "until": None if given is None else given.until.isoformat(),
            **consent,
        }
        named = (wish.member, operator, wish.intent)
        book.append(Draft(Kind.MEMBER_TIER, body, (), *named, private={"reason": reason}))


def _ensure_days(book: Book, given: ManualTier | None) -> None:
    last = book.today + timedelta(days=MANUAL_DAYS_MOST)
    if given is not None and not book.today <= given.until <= last:
        raise TierDayRefused(book.today, last)
