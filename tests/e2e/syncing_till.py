"""A till that trades without end and syncs beside it, until it is killed.

`python -m tests.e2e.syncing_till <folder> <url of HQ> <seed>`: two lanes, as in the program, and a
cashier. What it acknowledges is on the disk, in a file of its own, before anything else happens.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from threading import Event
from time import monotonic
from typing import TypeVar
from uuid import UUID

from pos_app.clock import system_clock
from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, OperatorId
from pos_app.ledger import grants, members, refund_lookup, refunds
from pos_app.ledger.counter import price
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.link import link_state
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.refunds import Refund
from pos_app.ledger.rules.basket import Order, Tender, TenderAsk, amount_only
from pos_app.ledger.sales import Payment, pay
from pos_app.ledger.store.event import milliseconds, moment
from pos_app.ledger.topups import TopUp, top_up
from pos_app.money import Money
from pos_app.security.evidence import Evidence, sealed
from pos_app.security.keystore import NODE
from pos_app.security.signing import Signer
from pos_app.sync.courier import Clocks, Courier, LinkNews
from pos_app.sync.facts import HqMisbehaved, HqRefused
from pos_app.sync.hq import Hq, Identity
from pos_app.sync.transport import HttpTransport
from tests.e2e.till_home import ACKNOWLEDGED, HELD_AT_HQ, TROUBLE, Home
from tests.shop import DOCUMENT, intent

T = TypeVar("T")
ANSWER_S = 0.8
MEMBERS_MOST = 8
CUSTOMER_LEAVES = 0.5
_BREATH_S = 0.03


class SyncingTill:
    """The book on one lane, the network on another, and the cashier on the main thread."""

    def __init__(self, home: Home, url: str, dice: Random) -> None:
        self._dice = dice
        self._ledger_lane, self._network = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        self._ledger = self._ledger_lane.submit(home.opened).result()
        self._said = os.open(home.said_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._transport = HttpTransport(url, answer_s=ANSWER_S)
        key, node = self.at(link_state).key, self._ledger.node
        assert key is not None, "this till has joined"
        who = Identity(node.id.hex, node.epoch, Signer(home.keys.get(NODE)), key)
        clocks = Clocks(system_clock, monotonic)
        self._courier = Courier(self.at, Hq(self._transport, who), clocks, self._transport.renew)
        self._manager = self.at(_first_manager)
        self._customer: MemberId | None = None

    def at(self, task: Callable[[Ledger], T], /) -> T:
        """Do something on the book's lane."""
        return self._ledger_lane.submit(task, self._ledger).result()

    def trade(self) -> None:
        """Go to HQ, then serve one member after the other, and see whether HQ is due."""
        acts = {self._register: 4, self._top_up: 14, self._sell: 66, self._refund: 8,
                self._issue: 4, self._tidy: 4}  # fmt: skip
        beat = self._go_out()
        wait([beat])
        while True:
            (act,) = self._dice.choices(list(acts), list(acts.values()))
            with suppress(PosError):  # refused in front of the cashier: nothing happened
                act()
            if beat.done():
                self._hear(beat.result())
                beat = self._go_out()
            Event().wait(self._dice.uniform(0, _BREATH_S))

    def _go_out(self) -> Future[LinkNews]:
        serving = () if self._customer is None else (self._customer,)
        return self._network.submit(self._courier.beat, serving)

    def _hear(self, news: LinkNews) -> None:
        self._say(HELD_AT_HQ, str(self.at(link_state).acked_seq))
        if news.trouble is not None:
            told = news.trouble
            code = told.code if isinstance(told, HqRefused) else ""
            self._say(TROUBLE, f"{type(told).__name__} {code}".strip())
        elif news.health.cause in {"shape", "signature"}:
            self._say(TROUBLE, f"{HqMisbehaved.__name__} {news.health.cause}")

    def _register(self) -> None:
        if len(self._members()) >= MEMBERS_MOST:
            return
        phone = f"13{self._dice.randrange(10**9):09d}"
        new, by = NewMember(phone=phone, name="王晓明", consents=Consents("2026-01")), self._manager
        self._do(lambda book, wish: members.register(book, new, operator=by, intent=wish))

    def _top_up(self) -> None:
        fen, member = self._dice.randrange(100, 300) * 100, self._member()
        wish = TopUp(member, Money(fen), Tender.CASH, self._manager, intent(), document=DOCUMENT)
        self._do(lambda book, minted: top_up(book, replace(wish, intent=minted)))

    def _issue(self) -> None:
        member, by = self._member(), self._manager
        self._do(lambda book, wish: issue(book, member, "NEW5", operator=by, intent=wish))

    def _sell(self) -> None:
        """Take a payment, with what HQ must grant for it first."""
        member, order = self._member(), self._order()
        shown = self.at(lambda book: price(book, order, member))
        if shown.most_points and self._dice.random() < 0.5:
            order = replace(order, points=shown.most_points)
            shown = self.at(lambda book: price(book, order, member))
        wants = self.at(lambda book: grants.shortage(book, shown, member))
        if wants:
            self._network.submit(self._courier.cover, member, wants).result()
            shown = self.at(lambda book: price(book, order, member))

        def paid(book: Ledger, wish: IntentId) -> object:
            at = moment(milliseconds(book.now()))  # the ledger's moments are whole milliseconds
            proof = Evidence("pin", member, shown.stored_value, wish, at)
            evidence = sealed(book.capability_key, proof)
            return pay(book, shown, Payment(self._manager, wish, member, evidence))

        self._do(paid)

    def _refund(self) -> None:
        """Return some or all of one of the latest sales."""
        sales = self.at(lambda book: refund_lookup.sales_of(book, None))
        sale = self._dice.choice([one for one in sales if one.returned != "whole"] or [None])
        if sale is None:
            return
        part = Money(1 + self._dice.randrange(max(1, sale.paid.minor // 2)))
        some = self._dice.choice([None, part])

        def refunded(book: Ledger, wish: IntentId) -> object:
            shown = refunds.plan(book, sale.event_id, some)
            back = Refund(sale.event_id, some, shown, "other", self._manager, wish)
            return refunds.refund(book, back)

        self._do(refunded)

    def _tidy(self) -> None:
        self.at(Ledger.tidy)

    def _do(self, deed: Callable[[Ledger, IntentId], object]) -> None:
        """Do something once, and acknowledge it."""
        wish = intent()
        self.at(lambda book: deed(book, wish))
        self._say(ACKNOWLEDGED, wish.hex)

    def _say(self, word: str, told: str) -> None:
        os.write(self._said, f"{word} {told}\n".encode())
        os.fsync(self._said)

    def _order(self) -> Order:
        goods = amount_only(Money(self._dice.randrange(1, 15_000)))
        stored = self._dice.choice([None, Money(self._dice.randrange(1, 15_000))])
        tenders = (TenderAsk(Tender.STORED_VALUE, stored), TenderAsk(Tender.CASH, None))
        return Order(goods, coupons=self._dice.choice([None, ()]), tenders=tenders)

    def _member(self) -> MemberId:
        """Return who stands at the counter, perhaps somebody new."""
        if self._customer is None or self._dice.random() < CUSTOMER_LEAVES:
            known = self._members()
            if not known:
                raise NobodyKnown
            self._customer = self._dice.choice(known)
        return self._customer

    def _members(self) -> list[MemberId]:
        rows = self.at(lambda book: book.read().execute("SELECT id FROM member").fetchall())
        return [MemberId(UUID(bytes=row[0])) for row in rows]


class NobodyKnown(PosError):
    """There is no member yet."""


def _first_manager(ledger: Ledger) -> OperatorId:
    row = ledger.read().execute("SELECT id FROM operator ORDER BY seq LIMIT 1").fetchone()
    return OperatorId(UUID(bytes=row[0]))


def main() -> None:
    """Open the till and say that it trades."""
    folder, url, seed = sys.argv[1:]
    till = SyncingTill(Home(Path(folder)), url, Random(int(seed)))  # noqa: S311 -- no secret
    sys.stdout.write("trading\n")
    sys.stdout.flush()
    till.trade()


if __name__ == "__main__":
    main()
