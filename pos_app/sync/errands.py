"""Errands: what only HQ can settle, asked for while somebody stands waiting at the counter."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from pos_app.errors import PosError
from pos_app.ids import EventId, IntentId, MemberId
from pos_app.ledger import grants, phone_change, refunds
from pos_app.ledger.elsewhere import OrderElsewhere, points_to_fetch
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.member_profile import Profile
from pos_app.ledger.offline import OnlineOnly
from pos_app.ledger.phone_change import PhoneWish
from pos_app.ledger.receipts import RefundReceipt
from pos_app.ledger.refunds import Refund
from pos_app.ledger.rules.access import Act
from pos_app.ledger.store import accounts
from pos_app.ledger.store.right_rows import Want
from pos_app.sync import translate, wire_orders
from pos_app.sync.cycle import AtLedger, push_news, settle
from pos_app.sync.facts import HqMisbehaved, HqRefused, HqUnreachable
from pos_app.sync.hq import Hq

# Another till returns some of the same sale: also the till that sold it has to wait.
SALE_CLAIMED = "sale_claimed"


@dataclass(frozen=True, slots=True)
class Errands:
    """The ways of one terminal to its HQ. Use them from a network lane, never from the window's."""

    at: AtLedger
    hq: Hq

    def of_slip(self, slip: str) -> tuple[OrderElsewhere, ...]:
        """Return the sales of a slip number that other tills made. Raises OnlineOnly."""
        return self._look(lambda: self.hq.orders_of_slip(slip))

    def of_member(self, member: MemberId) -> tuple[OrderElsewhere, ...]:
        """Return a member's latest sales at other tills. Raises OnlineOnly."""
        return self._look(lambda: self.hq.orders_of_member(member.hex))

    def fetch_points(self, told: OrderElsewhere) -> None:
        """Bring here what a return of another till's sale takes back, as far as HQ has it.

        Where HQ grants none, the member owes them. Raises HqUnreachable, HqMisbehaved.
        """
        lacking = self.at(lambda ledger: points_to_fetch(ledger, told))
        member = told.sale.member
        if member is None or not lacking:
            return
        want = Want(accounts.PTS, lacking.minor, 1)
        wish = self.at(lambda ledger: grants.ask(ledger, member, (want,), "jit"))
        with suppress(HqRefused):
            settle(self.at, self.hq, wish)

    def refund(self, wish: Refund) -> RefundReceipt:
        """Give back what nobody else can be giving back at the same time.

        A sale of this till is given back without HQ where that cannot be asked: D13 allows it.
        Raises OnlineOnly, HqRefused and what `refunds.refund` does.
        """
        told = self._claimed(wish)
        if told is not None and not self.at(partial(_is_here, sale=wish.sale)):
            self.fetch_points(told)
        receipt = self.at(lambda ledger: refunds.refund(ledger, replace(wish, told=told)))
        with suppress(PosError):  # the next beat tells HQ, and whoever is to hear of it
            push_news(self.at, self.hq)
        return receipt

    def change_phone(self, wish: PhoneWish) -> Profile:
        """Let HQ take a number down, then write it in the chain.

        Where anything breaks between the two, the feed brings the number here.
        Raises HqRefused, HqMisbehaved and what `phone_change.prepare` does.
        """
        asked = self.at(lambda ledger: phone_change.prepare(ledger, wish))
        try:
            push_news(self.at, self.hq)
            self.hq.change_phone(translate.phone_of(asked))
        except HqUnreachable as broken:
            raise OnlineOnly(Act.CHANGE_PHONE) from broken
        taken_down = replace(asked, taken_down=True)
        return self.at(lambda ledger: phone_change.change_phone(ledger, taken_down))

    def _claimed(self, wish: Refund) -> OrderElsewhere | None:
        """Return the sale as HQ lets this till alone return it; None where HQ need not be asked."""
        here = self.at(partial(_is_here, sale=wish.sale))
        try:
            return self._claim(wish.sale, wish.intent)
        except (HqUnreachable, OnlineOnly) as broken:
            if not here:
                raise OnlineOnly(Act.REFUND_ELSEWHERE) from broken
        except (HqRefused, HqMisbehaved) as refused:
            if not here or (isinstance(refused, HqRefused) and refused.code == SALE_CLAIMED):
                raise
        return None

    def _claim(self, sale: EventId, intent: IntentId) -> OrderElsewhere:
        begun = self.at(_online_since)
        push_news(self.at, self.hq)
        claimed = self.hq.claim(wire_orders.OrderClaim(claim=intent.hex, sale=sale.hex))
        until = begun + timedelta(seconds=claimed.valid_for_s)
        return replace(translate.order_of(claimed.order), until=until)

    def _look(self, ask: Callable[[], wire_orders.Orders]) -> tuple[OrderElsewhere, ...]:
        self.at(_online_since)
        try:
            told = [translate.order_of(one) for one in ask().orders]
        except HqUnreachable as broken:
            raise OnlineOnly(Act.REFUND_ELSEWHERE) from broken
        return tuple(one for one in told if not self.at(partial(_is_here, sale=one.sale.id)))


def _online_since(ledger: Ledger) -> datetime:
    """Return this moment. Raises OnlineOnly."""
    if not ledger.online:
        raise OnlineOnly(Act.REFUND_ELSEWHERE)
    return ledger.now()


def _is_here(ledger: Ledger, sale: EventId) -> bool:
    return not refunds.is_elsewhere(ledger.read(), sale)
