"""Two members who are one person, and a person who is to be forgotten."""

from __future__ import annotations

from collections import Counter

from pos_hq.facts import MemberUnknown
from pos_hq.fold import people, postings
from pos_hq.fold.accounts import right_of
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Act
from pos_hq.grants import recalls
from pos_hq.hq import Hq
from pos_hq.store import chain_rows, job_rows, member_rows
from pos_hq.store.database import Connection
from pos_hq.store.loading import load_members
from pos_hq.store.saving import save
from pos_hq.window import window_start


def find(hq: Hq, text: str) -> str:
    """Return the member of a phone, or of an identity, as HQ knows them. Raises MemberUnknown."""
    phone = text if text.startswith("+") else f"+86{text}"
    with hq.read() as book:
        known = member_rows.owners(book, "phone", [phone])
        if people.is_identity(text):
            known |= {one.id for one in member_rows.peek(book, [text])}
    if not known:
        raise MemberUnknown
    return known.pop()


def merge(hq: Hq, keep: str, other: str, *, by: str) -> None:
    """Let `other` be `keep` from now on: balances, growth and a block go over, a free card too.

    What tills hold for `other` is recalled, and what they bring later is passed on when it comes;
    they may spend it meanwhile, for it is the same person. Repeating it is harmless.
    Raises MemberUnknown, for whom HQ has erased as well.
    """
    with hq.write() as book:
        member_rows.registering(book)
        kept, gone = _canonical(book, keep), _canonical(book, other)
        if kept == gone:
            return
        member_rows.move_growth(book, gone, kept)
        job_rows.pass_on(book, gone, kept)
        sheet = _sheet(hq, book, [kept, gone, *member_rows.merged_into(book, gone)])
        people.link(sheet, kept, gone)
        sheet.act(Act("MERGE", kept, gone, (), by))
        postings.sweep_member(sheet, gone)
        save(book, sheet, recalls(sheet, gone))


def erase(hq: Hq, member: str, *, by: str, reason: str) -> dict[str, int]:
    """Forget who a member is, and who was merged into them; return what is left, by unit.

    The book goes on under an opaque identity, and what is left stays there: nobody can spend it.
    Tills forget when they hear of it, and return what they hold. What one of them still tells of
    the person is not kept. Repeating it is harmless. Raises MemberUnknown.
    """
    with hq.write() as book:
        member_rows.registering(book)
        one = member_rows.canonical_of(book, [member]) or {member}
        persons = sorted(one | member_rows.merged_into(book, *one))
        sheet = _sheet(hq, book, persons)
        if not one <= sheet.members.keys():
            raise MemberUnknown
        told = [recall for person in persons for recall in recalls(sheet, person)]
        for person in persons:
            people.forget(sheet, person)
            sheet.act(Act("ERASE", person, reason, (), by))
        chain_rows.forget_persons(book, persons)
        job_rows.forget(book, persons)
        save(book, sheet, told)
    return _left(sheet)


def _canonical(book: Connection, member: str) -> str:
    known = member_rows.peek(book, [member])
    if not known or known[0].erased:
        raise MemberUnknown
    return known[0].merged_into or member


def _sheet(hq: Hq, book: Connection, members: list[str]) -> Sheet:
    sheet = Sheet(Whence("", 0, "", hq.now_ms(), {}))
    load_members(book, sheet, members, window_start(hq, book))
    return sheet


def _left(sheet: Sheet) -> dict[str, int]:
    left: Counter[str] = Counter()
    for (account, unit), amount in sheet.balances.items():
        if right_of(account) is not None:
            left[unit] += amount
    return {unit: amount for unit, amount in sorted(left.items()) if amount}
