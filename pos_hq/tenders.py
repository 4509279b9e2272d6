"""The outer side of a day: what the shop counted and its bank says, against HQ's book."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pos_app.errors import PosError
from pos_app.ids import new_id
from pos_app.ledger.rules.basket import Tender
from pos_app.money import NotAnAmount, parse_money
from pos_hq import cases
from pos_hq.facts import StoreUnknown
from pos_hq.fold.accounts import CNY
from pos_hq.fold.values import Case
from pos_hq.hq import Hq
from pos_hq.store import case_rows, day_rows, store_rows
from pos_hq.store.database import Connection

HEADER = ["store", "tender", "amount"]
# Transfers to members whose accounts were closed stand beside what can be paid with.
_COUNTED = frozenset({*map(str, Tender), "bank"} - {Tender.CREDIT})
# Store and tender, and what was taken by it, less what was paid out, in fen.
Counted = Mapping[tuple[str, str], int]


@dataclass(eq=False)
class CountsUnreadable(PosError):
    """The file of counts is not one; `line` is the first that is wrong, from 1."""

    line: int


@dataclass(frozen=True, slots=True)
class TenderLine:
    """One tender of a store; where the two sides differ, the exception that asks why."""

    store: str
    tender: str
    counted: int
    booked: int
    exception: str | None

    @property
    def difference(self) -> int:
        """Return what was counted more than is booked."""
        return self.counted - self.booked


def read_counts(data: bytes) -> Counted:
    """Read a file of counts: a line for each count or statement, those of one tender are summed.

    Plain CSV in UTF-8 with the header `store,tender,amount`; the amount is in yuan.
    Raises CountsUnreadable.
    """
    try:
        rows = csv.reader(data.decode("utf-8-sig").splitlines())
    except UnicodeDecodeError as wrong:
        raise CountsUnreadable(1) from wrong
    if next(rows, None) != HEADER:
        raise CountsUnreadable(1)
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        try:
            store, tender, amount = (cell.strip() for cell in row)
            counted[store, _named(tender)] += _fen(amount)
        except (ValueError, NotAnAmount) as wrong:
            raise CountsUnreadable(rows.line_num) from wrong
    return dict(counted)


def compare(hq: Hq, book: Connection, day: date, counted: Counted) -> tuple[TenderLine, ...]:
    """Compare what was counted with the day's transfers; a tender that was not counted is no zero.

    A difference opens an exception of the store, once; other counts close it or ask anew.
    Raises StoreUnknown.
    """
    known = {code for code, _name in store_rows.all_stores(book)}
    for store, _tender in counted:
        if store not in known:
            raise StoreUnknown(store)
    booked = day_rows.taken(book, day.isoformat())
    return tuple(
        _line(hq, book, day, TenderLine(*of, amount, booked.get(of, 0), None))
        for of, amount in sorted(counted.items())
    )


def _line(hq: Hq, book: Connection, day: date, line: TenderLine) -> TenderLine:
    account = f"{day.isoformat()}:tender:{line.store}:{line.tender}"
    here, there = {"booked": line.booked}, {"counted": line.counted}
    asked = case_rows.of_account(book, "TENDER_DIFF", account)
    for kept in asked:
        if line.difference and (kept.case.here, kept.case.there) == (here, there):
            return _with(line, kept.case.id)
    outdated = [kept for kept in asked if kept.state == "open"]
    cases.publish(book, case_rows.settle(book, outdated, hq.now_ms()))
    if not line.difference:
        return line
    case = Case(
        new_id().hex, "TENDER_DIFF", None, None, None, None, hq.now_ms(), account, CNY,
        abs(line.difference), here=here, there=there,
    )  # fmt: skip
    cases.open_one(book, case)
    return _with(line, case.id)


def _with(line: TenderLine, exception: str) -> TenderLine:
    return TenderLine(line.store, line.tender, line.counted, line.booked, exception)


def _named(tender: str) -> str:
    if tender not in _COUNTED:
        raise ValueError(tender)
    return tender


def _fen(text: str) -> int:
    """Read yuan; more may have been paid out than taken. Raises NotAnAmount."""
    paid_out = text.startswith("-")
    amount = parse_money(text[1:] if paid_out else text).minor
    return -amount if paid_out else amount
