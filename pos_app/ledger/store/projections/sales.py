"""Sales and their unit rows: which fen of which unit was paid by what, and what went back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind, canonical, milliseconds

_SALE = (
    "INSERT INTO sale (seq, event_id, slip, at, day, member, operator, goods, payable,"
    " stored_value, saved,"
    " tenders, returned, returned_amount) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'no', 0)"
)
_UNIT = (
    "INSERT INTO sale_unit (seq, n, line, title, listed, goods, coupon, points, principal,"
    " bonus, rounding,"
    " external) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_PAID = ("goods", "coupon", "points", "principal", "bonus", "rounding")


def _sell(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    assert event.operator is not None, "somebody sold it"
    body = event.body
    member = None if event.member is None else event.member.bytes
    place = (
        event.seq,
        event.id.bytes,
        body["slip"],
        milliseconds(event.at),
        event.business_date.isoformat(),
    )
    sums = (body["goods"], body["payable"], body["stored_value"], body["saved"])
    tenders = canonical(body["externals"]).decode()
    to.execute(_SALE, (*place, member, event.operator.bytes, *sums, tenders))
    for n, unit in enumerate(body["units"]):
        line = body["lines"][unit["line"]]
        external = sum(share["amount"] for share in unit["external"])
        sold = (event.seq, n, unit["line"], line["title"], line["unit_price"])
        to.execute(_UNIT, (*sold, *(unit[name] for name in _PAID), external))


def _return(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    assert event.of is not None, "a refund answers a sale"
    body = event.body
    if "away" in body:
        return  # another terminal has the sale
    (sold,) = to.execute("SELECT seq FROM journal WHERE event_id = ?", (event.of.bytes,)).fetchone()
    for n in body["units"]:
        to.execute(
            "UPDATE sale_unit SET returned_by = ? WHERE seq = ? AND n = ?", (event.seq, sold, n)
        )
    to.execute(
        "UPDATE sale SET returned = ?, returned_amount = returned_amount + ? WHERE seq = ?",
        ("whole" if body["whole"] else "part", body["money"], sold),
    )


TOPIC = {Kind.SALE: _sell, Kind.REFUND: _return, Kind.VOID: _return}
