"""Orders put aside at this terminal: they survive a restart and move no money."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import MemberId, new_id
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.masking import mask_name
from pos_app.ledger.rules.basket import Order
from pos_app.ledger.rules.order_record import order_body, order_from
from pos_app.ledger.store import held_rows, member_rows
from pos_app.ledger.store.event import canonical
from pos_app.ledger.store.held_rows import HeldRow
from pos_app.money import Money

MOST_HELD = 6


@dataclass(eq=False)
class TooManyHeld(PosError):
    """There is no more room to put an order aside."""

    most: int


@dataclass(eq=False)
class HeldOrderGone(PosError):
    """The order was already taken up again."""

    id: UUID


@dataclass(frozen=True, slots=True)
class HeldOrder:
    """An order put aside, with the member it was being made for."""

    id: UUID
    at: datetime
    member: MemberId | None
    member_masked: str
    amount: Money
    order: Order


def hold(ledger: Ledger, order: Order, member: MemberId | None) -> HeldOrder:
    """Put an order aside. Raises TooManyHeld."""
    with ledger.write() as book:
        if len(held_rows.all_held(book)) >= MOST_HELD:
            raise TooManyHeld(MOST_HELD)
        body = canonical(order_body(order)).decode()
        row = HeldRow(new_id(), book.now, member, order.basket.listed, body)
        held_rows.add(book, row)
    return _held(ledger, row)


def held(ledger: Ledger) -> tuple[HeldOrder, ...]:
    """Return the orders put aside, oldest first."""
    return tuple(_held(ledger, row) for row in held_rows.all_held(ledger.read()))


def take(ledger: Ledger, order: UUID) -> HeldOrder:
    """Take an order up again; it is no longer put aside. Raises HeldOrderGone."""
    with ledger.write() as book:
        found = next((row for row in held_rows.all_held(book) if row.id == order), None)
        if found is None:
            raise HeldOrderGone(order)
        held_rows.remove(book, order)
    return _held(ledger, found)


def _held(ledger: Ledger, row: HeldRow) -> HeldOrder:
    member = None if row.member is None else member_rows.by_id(ledger.read(), row.member)
    masked = "" if member is None else mask_name(member.name)
    order = order_from(json.loads(row.body))
    return HeldOrder(row.id, row.at, row.member, masked, row.amount, order)
