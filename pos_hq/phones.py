"""A member's new phone number, taken down before the terminal writes it in its chain."""

from __future__ import annotations

from pos_app.ledger.rules.access import Act, permitted
from pos_app.ledger.rules.holder import Status
from pos_app.sync.wire_orders import PhoneChanged, PhoneWish
from pos_hq.facts import MemberStale, MemberUnknown, PhoneTaken
from pos_hq.fold import people
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Member
from pos_hq.hq import Hq
from pos_hq.sessions import Caller
from pos_hq.store import claim_rows, member_rows
from pos_hq.store.database import Connection
from pos_hq.store.loading import load_members
from pos_hq.store.saving import save
from pos_hq.window import window_start


def change(hq: Hq, caller: Caller, wish: PhoneWish) -> PhoneChanged:
    """Make a number the member's, once for each wish; the feed tells everybody.

    The terminal's own event then finds the number as it says. Where it never comes, because the
    terminal lost the answer or its power, the terminal hears of the number like all others.
    Raises MemberUnknown, MemberStale, PhoneTaken.
    """
    with hq.write() as book:
        member_rows.registering(book)
        if not claim_rows.phone_changed(book, wish.intent):
            _change(hq, book, caller, wish)
            node = caller.node.hex
            claim_rows.keep_phone_change(book, wish.intent, wish.member, node, hq.now_ms())
    return PhoneChanged(member=wish.member)


def _change(hq: Hq, book: Connection, caller: Caller, wish: PhoneWish) -> None:
    sheet = Sheet(Whence(caller.node.hex, caller.epoch, "open", hq.now_ms(), {}))
    owners = member_rows.owners(book, "phone", [wish.phone])
    load_members(book, sheet, {wish.member, *owners}, window_start(hq, book))
    member = sheet.members.get(wish.member)
    if member is None or member.erased:
        raise MemberUnknown
    if not _is_as_known(member, wish):
        raise MemberStale
    if owners - {member.id}:
        raise PhoneTaken
    people.take_phone(sheet, member, wish.phone)
    save(book, sheet)


def _is_as_known(member: Member, wish: PhoneWish) -> bool:
    """Say whether the till sees the member as HQ does: the number, and that it may change."""
    same = (member.phone or "") in {wish.before, wish.phone}
    may = permitted(Status(member.status), Act.CHANGE_PHONE)
    return same and bool(may) and member.merged_into is None
