"""Orders that were put aside, and the way back to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.language import _
from pos_app.ledger.held_orders import HeldOrder, held, hold, take
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.basket import Order
from pos_app.ui.checkout.state import HeldCard, HeldState
from pos_app.ui.formats import clock_time, money
from pos_app.ui.shown import Shown
from pos_app.ui.work import Work

Failed = Callable[[PosError], None]


class Shelf:
    """Holds orders in the ledger, so that they outlive the program."""

    def __init__(self, ledger: Ledger, work: Work, failed: Failed) -> None:
        self._ledger = ledger
        self._work = work
        self._failed = failed
        self._returning: HeldOrder | None = None
        self.shown = Shown(HeldState())

    def refresh(self, then: Callable[[int], None]) -> None:
        """Read what waits, and tell how many there are."""
        self._work.run(self._read, done=partial(self._show, then), failed=self._failed)

    def put(self, order: Order, member: MemberId | None, done: Callable[[HeldOrder], None]) -> None:
        self._work.run(lambda: hold(self._ledger, order, member), done=done, failed=self._failed)

    def take(self, held_order: UUID, done: Callable[[HeldOrder], None]) -> None:
        self._work.run(lambda: take(self._ledger, held_order), done=done, failed=self._failed)

    def await_member(self, order: HeldOrder) -> None:
        """Remember an order whose member is being opened."""
        self._returning = order

    def returned_for(self, member: MemberId) -> Order | None:
        """Hand out the order that waited for this member, once."""
        order, self._returning = self._returning, None
        return order.order if order is not None and order.member == member else None

    def _read(self) -> tuple[HeldCard, ...]:
        zone = self._ledger.programme.zone
        return tuple(
            HeldCard(
                key=str(order.id),
                amount=money(order.amount),
                who=order.member_masked or _("Walk-in"),
                time=clock_time(order.at, zone=zone),
            )
            for order in held(self._ledger)
        )

    def _show(self, then: Callable[[int], None], cards: tuple[HeldCard, ...]) -> None:
        self.shown.show(HeldState(cards))
        then(len(cards))
