"""One terminal of the simulation: a real ledger, a cashier without patience, and the sync."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar, TypeVar

from pos_app.clock import Clock
from pos_app.ids import IntentId, MemberId, NodeId, OperatorId, new_id
from pos_app.ledger import coupon_issue, grants, link, refund_lookup, refunds
from pos_app.ledger.counter import price
from pos_app.ledger.elsewhere import OrderElsewhere
from pos_app.ledger.ledger import Founding, Ledger, LedgerKeys
from pos_app.ledger.members import Consents, NewMember, register
from pos_app.ledger.refunds import Refund
from pos_app.ledger.rules.basket import Order, Tender, TenderAsk, amount_only
from pos_app.ledger.rules.identity_documents import Document, DocumentKind
from pos_app.ledger.sales import Payment, pay
from pos_app.ledger.topups import TopUp, top_up
from pos_app.money import Money, Points
from pos_app.security.evidence import Evidence, sealed
from pos_app.security.signing import Signer
from pos_app.sync.archives import push_archive
from pos_app.sync.cycle import CycleReport, read_on, run_cycle, settle
from pos_app.sync.errands import Errands
from pos_app.sync.hq import Hq as HqClient
from pos_app.sync.hq import Identity
from pos_app.sync.transport import Transport
from simulation.disk import Disk

T = TypeVar("T")
LEDGER = "ledger.db"
_SHOWN = Document(DocumentKind.PASSPORT, "SIM00001", "A person")


@dataclass(frozen=True, slots=True)
class Place:
    """Which node and epoch a ledger file is, with the keys that open and sign it."""

    folder: Path
    node: NodeId
    epoch: int
    keys: LedgerKeys

    @property
    def path(self) -> Path:
        """Where the ledger lies."""
        return self.folder / LEDGER


@dataclass
class Till:
    """A terminal at work. `archives` are old chains on its disk that HQ may not know whole."""

    name: str
    place: Place
    founding: Founding
    clock: Clock
    transport: Transport
    hq_key: bytes
    disk: Disk = field(default_factory=Disk)
    archives: list[Place] = field(default_factory=list)
    intent: IntentId = field(default_factory=lambda: IntentId(new_id()))
    guarded: ClassVar[bool] = True

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        """Start the program on what is on the disk."""
        guard = self.place.folder.with_suffix(".guard") if self.guarded else None
        self.ledger = Ledger(
            self.place.path, self.place.keys, self.clock, self.founding, self.disk.open, guard
        )
        self.hq = self._client(self.place)

    def close(self) -> None:
        """Stop the program."""
        self.disk.cut_after = None
        self.ledger.close()

    def restart(self) -> None:
        """Let the machine come up again after a power cut."""
        self.close()
        self.open()

    def at(self, task: Callable[[Ledger], T], /) -> T:
        """Do something where the ledger is open."""
        return task(self.ledger)

    def sync(self, serving: frozenset[MemberId] = frozenset()) -> CycleReport:
        """Run one cycle, archives first. Raises the facts of the sync."""
        self.hq.hello()
        for old in list(self.archives):
            self._push_archive(old)
            self.archives.remove(old)
        report = run_cycle(self.at, self.hq, serving=serving)
        while report.more:
            report = _together(report, read_on(self.at, self.hq))
        self.ledger.online = True
        return report

    def top_up(self, member: MemberId, fen: int, operator: OperatorId) -> None:
        """Take cash for stored value."""
        wish = TopUp(member, Money(fen), Tender.CASH, operator, IntentId(new_id()), document=_SHOWN)
        top_up(self.ledger, wish)

    def register(self, phone: str, operator: OperatorId) -> MemberId:
        """Make a member, who is promised the welcome gift."""
        new = NewMember(phone=phone, consents=Consents("2026-01"))
        return register(self.ledger, new, operator=operator, intent=IntentId(new_id())).id

    def issue(self, member: MemberId, operator: OperatorId) -> None:
        """Give a coupon."""
        coupon_issue.issue(
            self.ledger, member, "NEW5", operator=operator, intent=IntentId(new_id())
        )

    def sell(self, member: MemberId, order: Order, operator: OperatorId) -> None:
        """Take a payment, with what HQ must grant for it first where the terminal is online."""
        shown = price(self.ledger, order, member)
        wants = grants.shortage(self.ledger, shown, member)
        if wants:
            settle(self.at, self.hq, grants.ask(self.ledger, member, wants, "jit"))
            shown = price(self.ledger, order, member)
        self.intent = IntentId(new_id())
        proof = Evidence("pin", member, shown.to_prove, self.intent, self.ledger.now())
        payment = Payment(operator, self.intent, member, sealed(self.ledger.capability_key, proof))
        pay(self.ledger, shown, payment)

    def refund(self, part: Callable[[int], int], manager: OperatorId) -> None:
        """Return some or all of one of the latest sales."""
        sales = [
            one for one in refund_lookup.sales_of(self.ledger, None) if one.returned != "whole"
        ]
        if not sales:
            return
        sale = sales[part(len(sales)) % len(sales)]
        whole = part(2) == 0
        selection = None if whole else Money(1 + part(max(1, sale.paid.minor // 2)))
        shown = refunds.plan(self.ledger, sale.event_id, selection)
        back = Refund(sale.event_id, selection, shown, "other", manager, IntentId(new_id()))
        Errands(self.at, self.hq).refund(back)

    def refund_elsewhere(
        self, member: MemberId, part: Callable[[int], int], manager: OperatorId
    ) -> None:
        """Return some or all of a member's sale that another terminal made, with HQ's word."""
        errands = Errands(self.at, self.hq)
        orders = [one for one in errands.of_member(member) if _is_open(self.ledger, one)]
        if not orders:
            return
        told = orders[part(len(orders)) % len(orders)]
        errands.fetch_points(told)
        rest = refund_lookup.open_told(self.ledger, told).rest.minor
        selection = None if part(2) == 0 else Money(1 + part(max(1, rest // 2)))
        shown = refunds.plan(self.ledger, told.sale.id, selection, told=told)
        back = Refund(told.sale.id, selection, shown, "other", manager, IntentId(new_id()))
        errands.refund(back)

    def begin_epoch(self, place: Place, *, archive: bool) -> None:
        """Go on with a new ledger; the old one is put aside, or is gone with its disk."""
        self.close()
        if archive:
            self.archives.append(self.place)
        else:
            shutil.rmtree(self.place.folder)
            self.archives.clear()
        self.place = place
        place.folder.mkdir()
        self.open()

    def join(self, store: str, incarnation: int) -> None:
        """Belong to HQ."""
        told = link.Membership(self.place.node, self.place.epoch, store, self.hq_key, incarnation)
        link.join(self.ledger, told)

    def _push_archive(self, old: Place) -> None:
        with Ledger(old.path, old.keys, self.clock, self.founding, self.disk.open) as ledger:
            push_archive(lambda task: task(ledger), self._client(old))

    def _client(self, place: Place) -> HqClient:
        who = Identity(place.node.hex, place.epoch, Signer(place.keys.node), self.hq_key)
        return HqClient(self.transport, who)


def _is_open(ledger: Ledger, told: OrderElsewhere) -> bool:
    return refund_lookup.summary_told(ledger, told).returned != "whole"


def _together(first: CycleReport, then: CycleReport) -> CycleReport:
    return replace(
        first,
        pushed=first.pushed + then.pushed,
        pulled=first.pulled + then.pulled,
        granted=first.granted + then.granted,
        more=then.more,
    )


def order_of(fen: int, stored: int | None, points: int = 0) -> Order:
    """Return an order of an amount, some of it by stored value, the rest in cash."""
    stored_value = TenderAsk(Tender.STORED_VALUE, None if stored is None else Money(stored))
    tenders = (stored_value, TenderAsk(Tender.CASH, None))
    return Order(amount_only(Money(fen)), coupons=(), points=Points(points), tenders=tenders)


def early(fen: int) -> Order:
    """Return an order that only stored value pays, and credit where that does not reach."""
    tenders = (TenderAsk(Tender.STORED_VALUE),)
    return Order(amount_only(Money(fen)), coupons=(), tenders=tenders)
