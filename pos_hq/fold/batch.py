"""A batch of events folded into a sheet, one after the other, in the order of their chain."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from pos_hq.fold import (
    cards,
    clocks,
    closings,
    credit,
    notices,
    orders,
    people,
    postings,
    real_names,
    rights,
    things,
)
from pos_hq.fold.fact import Fact, text
from pos_hq.fold.sheet import Sheet, case_of
from pos_hq.fold.values import Case, Decided

Private = Mapping[str, Any] | None
_ABOUT_PERSONS: Mapping[str, Callable[[Sheet, Fact, Private], None]] = {
    "MEMBER_NEW": people.enrol,
    "MEMBER_EDIT": people.edit,
    "MEMBER_STATUS": people.change_status,
    "MEMBER_TIER": people.give_tier,
    "PIN_SET": people.set_pin,
}
# Nearly every one of these changes nothing that terminals are told of.
_ABOUT_FACTORS: Mapping[str, Callable[[Sheet, Fact, Private], None]] = {
    "PIN_PASS": people.renew_pin,
    "REAL_NAME": real_names.take,
    "CARD_ISSUE": cards.issue,
    "CARD_LOSS": cards.lose,
    "CARD_FOUND": cards.find,
    "CARD_REPLACE": cards.replace_one,
}
_ABOUT_RIGHTS: Mapping[str, Callable[[Sheet, Fact], None]] = {
    "TOPUP": things.fill_lot,
    "COUPON_ISSUE": things.issue,
    "SALE": orders.sell,
    "REFUND": orders.give_back,
    "VOID": orders.give_back,
    "ACCOUNT_CLOSE": closings.close,
    "GOT": rights.got,
    "RETURN": rights.given_back,
    "NODE_CLOSE": rights.closed,
}
_MALFORMED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)


def fold(
    sheet: Sheet,
    facts: Iterable[Fact],
    privates: Mapping[bytes, Private],
    wrong: Collection[bytes] = (),
) -> None:
    """Work a batch out on the sheet.

    `privates` are the sidecars that match their digests; of those in `wrong` it came and did not.
    """
    for fact in facts:
        sheet.begin()
        if fact.id in wrong:
            sheet.open_case(case_of(sheet, fact, "PROFILE"))
        if fact.fault:
            sheet.open_case(case_of(sheet, fact, "UNREADABLE", there={"fault": fact.fault}))
        elif fact.id in sheet.known_ids:
            there = {"event": fact.id.hex()}
            sheet.open_case(case_of(sheet, fact, "DUP_EVENT_ID", there=there))
        else:
            _apply(sheet, fact, None if fact.id is None else privates.get(fact.id))
        if not fact.fault:
            clocks.look(sheet, fact)
    sheet.cases = [case for case in sheet.cases if not _made_good(sheet, case)]


def _made_good(sheet: Sheet, case: Case) -> bool:
    """Say whether the same batch brought what was missing at HQ."""
    if case.type == credit.CREDIT_OWED:
        return credit.made_good(sheet, case.account)
    return case.type == "AVAIL_SHORT" and postings.made_good(sheet, case.account, case.unit)


def _apply(sheet: Sheet, fact: Fact, private: Private) -> None:
    if fact.id is not None:
        sheet.known_ids.add(fact.id)
    try:
        _dispatch(sheet, fact, private)
    except _MALFORMED as wrong:
        _book_anyway(sheet, fact, wrong)
    notices.tell(sheet, fact)
    if len(sheet.duplicates) > 0:
        postings.sweep(sheet)
    if sheet.owing:
        credit.settle(sheet, fact)


def _dispatch(sheet: Sheet, fact: Fact, private: Private) -> None:
    if fact.kind == "NOTE" and fact.body.get("note") == "decision":
        sheet.decided.append(_decided(fact, private or {}))
    if fact.kind in _ABOUT_PERSONS:
        postings.post(sheet, fact)
        _ABOUT_PERSONS[fact.kind](sheet, fact, private)
        sheet.touched.add(str(fact.member))
    elif fact.kind in _ABOUT_RIGHTS:
        _ABOUT_RIGHTS[fact.kind](sheet, fact)
    elif fact.kind in _ABOUT_FACTORS:
        _ABOUT_FACTORS[fact.kind](sheet, fact, private)
    else:
        postings.post(sheet, fact)


def _decided(fact: Fact, private: Mapping[str, Any]) -> Decided:
    """Read a decision; who and why are personal, and may have been erased."""
    case, decision = UUID(str(fact.body["case"])).hex, text(fact.body["decision"])
    return Decided(
        case, decision, text(private.get("by", "")), text(private.get("why", "")), fact.seq
    )


def _book_anyway(sheet: Sheet, fact: Fact, wrong: Exception) -> None:
    """Book the transfers of an event whose body is not what this kind says, and tell a person."""
    if not sheet.entries():
        postings.post(sheet, fact)
    there = {"fault": f"{type(wrong).__name__}: {wrong}"[:200]}
    sheet.open_case(case_of(sheet, fact, "UNREADABLE", there=there))
