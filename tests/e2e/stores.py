"""A real HQ on its encrypted file, answering over real HTTP, and tills of real ledgers."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from pos_app.errors import PosError
from pos_app.ids import MemberId, NodeId, OperatorId, new_id
from pos_app.ledger import grants, members, operators
from pos_app.ledger.counter import price
from pos_app.ledger.ledger import Founding, LedgerKeys
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.proof import make_anew, prove
from pos_app.ledger.rules.basket import Order, Tender, TenderAsk, amount_only
from pos_app.ledger.sales import Payment, pay
from pos_app.ledger.store import right_rows
from pos_app.money import Money
from pos_app.security.signing import Signer
from pos_app.sync.courier import Clocks, Courier, LinkNews
from pos_app.sync.hq import enrol
from pos_app.sync.transport import HttpTransport
from pos_app.sync.wire import EnrolAsk
from pos_app.sync.wire_cases import ExceptionView
from pos_hq import enrolment, exceptions, founding, verification
from pos_hq.api.application import create_app
from pos_hq.api.limits import Limits, Rate
from pos_hq.api.server import Listening, config_of, listener_of
from pos_hq.hq import Hq
from pos_hq.store.bulk import fetch
from pos_hq.store.engine import open_engine
from pos_hq.store.migrate import migrate
from simulation.till import Place, Till, order_of
from tests.fakes import FakeClock
from tests.shop import DEFAULT_PROGRAMME, MANAGER, intent

PLENTY = Rate(10_000, 10_000)
ANSWER_S = 10.0


@dataclass
class Counter(Till):
    """A till with its clock, its manager, and the courier that brings its news."""

    manager: OperatorId = field(default_factory=lambda: OperatorId(new_id()))
    seconds: float = 0.0

    def open(self) -> None:
        """Start the program, with a courier that remembers nothing of before."""
        super().open()
        assert isinstance(self.transport, HttpTransport)
        clocks = Clocks(self.clock, lambda: self.seconds)
        self.courier = Courier(self.at, self.hq, clocks, self.transport.renew)

    def member(self, phone: str = "13812340217", name: str = "王晓明") -> MemberId:
        new = NewMember(phone=phone, name=name, consents=Consents("2026-01"))
        told = members.register(self.ledger, new, operator=self.manager, intent=intent())
        return told.id

    def beat(self) -> LinkNews:
        return self.courier.beat()

    def sell_for_cash(self, fen: int = 1_000) -> None:
        order = Order(amount_only(Money(fen)), tenders=(TenderAsk(Tender.CASH),))
        pay(self.ledger, price(self.ledger, order, None), Payment(self.manager, intent()))

    def pay_online(self, member: MemberId, fen: int) -> None:
        """Pay by stored value as the panel does: what is not held here is asked for first."""
        self.ledger.online = True
        order = order_of(fen, None)
        wants = grants.shortage(self.ledger, price(self.ledger, order, member), member)
        if wants:
            self.courier.cover(member, wants)
        self.sell(member, order, self.manager)

    def holds(self, member: MemberId) -> int:
        """Return the stored value that is held here."""
        held = right_rows.held(self.ledger.read(), member)
        return sum(one.amount for one in held if one.pocket in {"P", "B"})

    @property
    def unsent(self) -> int:
        asked = "SELECT (SELECT max(seq) FROM journal) - acked_seq FROM node_state"
        return int(self.ledger.read().execute(asked).fetchone()[0])

    def is_sound(self) -> bool:
        """Prove the whole book, and that everything derived would be derived again."""
        faults = [one.fault for one in prove(self.ledger) if one.fault is not None]
        wrong = [table for table in make_anew(self.ledger) if table.wrong]
        assert (faults, wrong) == ([], [])
        return True


@dataclass
class Chain:
    """HQ and its tills. `url` is where HQ answers while `serving` lasts."""

    folder: Path
    hq: Hq
    clock: FakeClock
    url: str = ""
    counters: list[Counter] = field(default_factory=list)

    def counter(self, clock: FakeClock, *, way: HttpTransport | None = None) -> Counter:
        """Found a till and let it join over HTTP."""
        number = len(self.counters) + 1
        place = Place(self.folder / f"till{number}", NodeId(new_id()), 1, keys_of(number))
        place.folder.mkdir()
        rules = DEFAULT_PROGRAMME.read_bytes()
        begin = Founding("S001", "徐家汇店", f"{number} 号机", rules, (place.node, 1))
        line = way or HttpTransport(self.url, answer_s=ANSWER_S)
        made = Counter(f"till{number}", place, begin, clock, line, self.hq.key)
        self.counters.append(made)
        code = enrolment.make_code(self.hq, "S001", made.name)
        enrol(line, self.ask(made, code))
        made.join("S001", 1)
        known, pin = MANAGER
        made.manager = operators.create_first_manager(
            made.ledger, known, "林晓雯", pin, intent()
        ).id
        return made

    def ask(self, till: Counter, code: str) -> EnrolAsk:
        public = Signer(till.place.keys.node).public_key.hex()
        node, epoch = till.place.node.hex, till.place.epoch
        return EnrolAsk(code=code, node=node, epoch=epoch, public_key=public)

    def cases(self) -> list[ExceptionView]:
        return list(exceptions.open_ones(self.hq))

    def left(self, member: MemberId) -> int:
        """Return all stored value of a member that HQ knows of, wherever it is."""
        asked = "SELECT sum(amount) FROM balance WHERE member = ? AND unit = 'CNY'"
        with self.hq.read() as book:
            return int(fetch(book, asked, member.bytes)[0][0] or 0)

    def copy_of(self, till: Counter) -> Counter:
        """Copy a till's disk, with everything on it, and start the copy too."""
        folder = self.folder / f"{till.name}-copy"
        till.close()
        shutil.copytree(till.place.folder, folder)
        till.open()
        place, way = replace(till.place, folder=folder), HttpTransport(self.url)
        told = (till.founding, till.clock, way, till.hq_key)
        copy = Counter(f"{till.name}-copy", place, *told, manager=till.manager)
        self.counters.append(copy)
        return copy

    def is_sound(self) -> bool:
        """Prove HQ's whole book."""
        assert verification.verify(self.hq).fault is None
        return True

    @contextmanager
    def serving(self, at: Listening | None = None) -> Iterator[str]:
        """Let HQ answer at its address, the first time at a free port."""
        port = urlsplit(self.url).port or 0
        where = at or Listening("127.0.0.1", port)
        limits = Limits(address=PLENTY, stranger=PLENTY, enrolment=PLENTY, node=PLENTY)
        server = uvicorn.Server(config_of(create_app(self.hq, limits), where))
        with listener_of(where) as listener:
            thread = threading.Thread(target=server.run, args=([listener],))
            thread.start()
            scheme = "http" if where.tls_cert is None else "https"
            self.url = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
            try:
                yield self.url
            finally:
                server.should_exit = True
                thread.join(30)


def keys_of(number: int) -> LedgerKeys:
    """Return the keys of a till: its own signing key, and the chain's pepper."""
    return LedgerKeys(b"d" * 32, bytes([number]) * 32, b"p" * 32)


@contextmanager
def founded(folder: Path) -> Iterator[Chain]:
    """Found an HQ with one store; it answers as soon as it is told to serve."""
    engine, clock = open_engine(f"sqlite:///{folder / 'hq.db'}", b"k" * 32), FakeClock()
    migrate(engine)
    chain = Chain(folder, Hq(engine, Signer(b"h" * 32), clock, b"p" * 32), clock)
    founding.found(chain.hq, DEFAULT_PROGRAMME.read_bytes())
    founding.create_store(chain.hq, "S001", "徐家汇店")
    try:
        yield chain
    finally:
        for till in chain.counters:
            till.close()
            if isinstance(till.transport, HttpTransport):
                till.transport.close()
        engine.dispose()


def try_to_pay(till: Counter, member: MemberId) -> PosError | None:
    """Let a member pay 60 yuan by stored value; return what kept them from it."""
    try:
        till.pay_online(member, 6_000)
    except PosError as fact:
        return fact
    return None
