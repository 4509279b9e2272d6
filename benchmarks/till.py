"""A till at work: members who have money walk up one after the other and pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from uuid import UUID

from benchmarks.measure import timed
from benchmarks.shop import Hands, manager_of, open_ledger
from pos_app.ids import IntentId, MemberId, new_id
from pos_app.ledger import counter, sales
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.store.driver import Opener, connect
from pos_app.money import Money, Points
from pos_app.security.evidence import Evidence, sealed

# Nobody comes back within a day, so that no limit of the second factor steps in.
DAY = timedelta(hours=30)
QUEUE = 200
# All but the first, whose one order was the pattern of the others'.
_BUYERS = "SELECT member FROM lot ORDER BY seq LIMIT -1 OFFSET 1"
# Two pockets of a lot, one other tender, points spent and points earned: five transfers.
ORDER = Order(
    Basket((Line("手冲瑰夏", Money(1_290)), Line("可颂", Money(600)), Line("气泡水", Money(700)))),
    coupons=(),
    member_day=False,
    points=Points(100),
    tenders=(TenderAsk(Tender.STORED_VALUE, Money(1_500)), TenderAsk(Tender.WECHAT, None)),
)


@dataclass(frozen=True, slots=True)
class Ready:
    """A payment that only has to be taken."""

    shown: Quote
    payment: sales.Payment


class Till:
    """An open ledger with a queue of members before it."""

    def __init__(self, folder: Path, opener: Opener = connect, *, members: int = QUEUE) -> None:
        self.clock = Hands()
        self.ledger = open_ledger(folder, self.clock, opener)
        self._manager = manager_of(self.ledger)
        buyers = self.ledger.read().execute(_BUYERS).fetchall()
        Random(7).shuffle(buyers)  # noqa: S311 -- who comes next, no secret
        buyers = buyers[:members]
        self.members = len(buyers)
        self.step = timedelta(seconds=DAY // timedelta(seconds=len(buyers)) + 1)
        self._queue: Iterator[MemberId] = cycle(MemberId(UUID(bytes=one)) for (one,) in buyers)

    def ready(self, order: Order = ORDER) -> Ready:
        """Price the next member's order and seal the evidence of their PIN."""
        self.clock.go(self.step)
        member, intent = next(self._queue), IntentId(new_id())
        quote = counter.price(self.ledger, order, member)
        shown = Evidence("pin", member, quote.stored_value, intent, self.ledger.now())
        proof = sealed(self.ledger.capability_key, shown)
        return Ready(quote, sales.Payment(self._manager, intent, member, proof))

    def take(self, ready: Ready) -> SaleReceipt:
        """Take a payment."""
        return sales.pay(self.ledger, ready.shown, ready.payment)

    def warm_up(self) -> None:
        """Let everybody in the queue pay once: then their points of this month have an account."""
        for _ in range(self.members):
            self.trial()

    def trial(self) -> float:
        """Take the next payment; putting the log away, as the idle till does, is not timed."""
        ready = self.ready()
        seconds = timed(lambda: self.take(ready))
        self.ledger.tidy()
        return seconds

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()
