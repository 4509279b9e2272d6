"""The order under way: what is known of it, priced again at every change."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from pos_app.errors import PosError
from pos_app.language import _
from pos_app.ledger.counter import price
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.gifts import GiftRefused
from pos_app.ledger.rules.points_use import PointsRefused
from pos_app.ledger.rules.quote import Quote
from pos_app.money import Points
from pos_app.ui.checkout import choosing, tendering
from pos_app.ui.checkout.deductions import runner_up
from pos_app.ui.checkout.doors import CheckoutDoors, Priced
from pos_app.ui.checkout.facts import Basket, Now
from pos_app.ui.checkout.state import Cursor, Field, Notice
from pos_app.ui.checkout.wording import state_of
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

NO_POINTS = Points()


class Desk:
    """Holds what the panel knows, paints it, and never paints a late price over a newer order."""

    def __init__(self, ledger: Ledger, work: Work, doors: CheckoutDoors) -> None:
        self._ledger = ledger
        self._work = work
        self._doors = doors
        self._request = 0
        self.now = Now()
        self.shown = Shown(state_of(self.now))

    @property
    def is_open(self) -> bool:
        """Say whether the order may be changed: not while its payment is under way or unknown."""
        return not self.now.busy and not self.now.unknown

    def paint(self, **changes: Any) -> None:  # noqa: ANN401 -- the fields of Now, checked by it
        """Change what is known and show it."""
        self.now = replace(self.now, **changes)
        self.shown.show(state_of(self.now))

    def edit(
        self, basket: Basket, field: Field | None = None, *, notice: Notice | None = None
    ) -> None:
        """Take another basket, ask for its price, and send the cursor where it is needed.

        What HQ was being asked for is not waited for any more.
        """
        if not self.is_open:
            return
        cursor = self.now.cursor
        if field is not None:
            cursor = Cursor(field, cursor.turn + 1)
        self._request += 1
        counting = self.now.counting and bool(basket.received)
        self.now = replace(self.now, fetching=None, notice=notice)
        self.paint(basket=basket, pricing=True, cursor=cursor, counting=counting)
        self._price(self._request)

    def send_to(self, field: Field) -> None:
        self.paint(cursor=Cursor(field, self.now.cursor.turn + 1))

    def tell(self, text: str, tone: str = "danger") -> None:
        """Say something inside the panel until the next change."""
        if text:
            self.paint(notice=Notice(text, tone))

    def leave_receipt(self) -> None:
        """Begin the next order if the last one is done; whatever comes first begins it."""
        if self.now.receipt is None:
            return
        self.paint(receipt=None, printing="", number=self.now.number + 1)
        self._doors.next_order()

    def begin_anew(self) -> None:
        """Forget the basket and the member; what is already on the screen of them stays."""
        self._request += 1
        way = tendering.Way(self.now.last_external)
        self.now = replace(self.now, member=None, quote=None, pricing=False, counting=False)
        self.paint(basket=Basket(way=way), busy="", fetching=None, unknown=0, notice=None)
        self.show_price(None)
        self.send_to(Field.AMOUNT)

    def show_price(self, quote: Quote | None) -> None:
        self.paint(quote=quote, pricing=False)
        beside = runner_up(quote, self.now.member) if quote else ""
        by_hand = not choosing.is_best(self.now.basket)
        self._doors.priced(Priced(quote, beside, by_hand))

    def _price(self, request: int) -> None:
        order, held_only = self.now.basket.order(), self.now.basket.held_only
        member = self.now.member.id if self.now.member else None
        if not self.now.basket.amount:
            self.show_price(None)
            return
        self._work.run(
            lambda: price(self._ledger, order, member, held_only=held_only),
            done=partial(self._priced, request),
            failed=partial(self._not_priced, request),
        )

    def _priced(self, request: int, quote: Quote) -> None:
        if request == self._request:
            self.show_price(quote)

    def _not_priced(self, request: int, fact: PosError) -> None:
        if request != self._request:
            return
        basket = self.now.basket
        if isinstance(fact, PointsRefused) and basket.points:
            self._doors.say(_("Points taken off: {why}").format(why=sentence(fact)), "warn")
            self.edit(replace(basket, points=NO_POINTS))
            return
        if isinstance(fact, GiftRefused) and basket.gifts:
            self._doors.say(_("Gifts taken off: {why}").format(why=sentence(fact)), "warn")
            self.edit(replace(basket, gifts=()))
            return
        self.show_price(None)
        self.tell(sentence(fact))


def why_not(now: Now, tender: Tender) -> str:
    """Return why a tender cannot be used for this order, or nothing."""
    return tendering.why_no_stored_value(now.member) if tender is Tender.STORED_VALUE else ""
