"""A till with keys of its own, as it stands alone and as it joins a chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeVar

from pos_app.ids import MemberId
from pos_app.joining import join_chain
from pos_app.ledger import grants, operators
from pos_app.ledger.factors import prove_with_pin, set_pin
from pos_app.ledger.ledger import Founding, Ledger
from pos_app.ledger.link import link_state
from pos_app.ledger.store.right_rows import Want
from pos_app.money import Money
from pos_app.opening import new_keys
from pos_app.security.keystore import NODE, FileKeyStore
from pos_app.security.signing import Signer
from pos_app.sync.cycle import read_on, run_cycle, settle
from pos_app.sync.hq import Hq as HqClient
from pos_app.sync.hq import Identity
from pos_hq import enrolment
from pos_hq.hq import Hq
from simulation.network import Line, Wire
from tests.fakes import FakeClock
from tests.hq.desk import STORE
from tests.shop import DEFAULT_PROGRAMME, MANAGER, MEMBER_PIN, Shop, intent

T = TypeVar("T")


@dataclass
class Counter:
    """A till with keys of its own, which may have joined the chain."""

    shop: Shop
    keys: FileKeyStore
    line: Line
    hq: Hq
    name: str

    @property
    def ledger(self) -> Ledger:
        return self.shop.ledger

    def join(self) -> None:
        code = enrolment.make_code(self.hq, STORE, self.name)
        join_chain(self.ledger, self.keys, self.line, lambda: code)

    def client(self) -> HqClient:
        node, known = self.ledger.node, link_state(self.ledger).key
        assert known is not None
        who = Identity(node.id.hex, node.epoch, Signer(self.keys.get(NODE)), known)
        return HqClient(self.line, who)

    def sync(self, *members: MemberId) -> None:
        hq = self.client()
        report = run_cycle(self.at, hq, serving=frozenset(members))
        while report.more:
            report = read_on(self.at, hq)

    def at(self, task: Callable[[Ledger], T], /) -> T:
        return task(self.ledger)

    def fetch(self, member: MemberId, *wants: Want) -> bool:
        return settle(self.at, self.client(), grants.ask(self.ledger, member, wants, "jit"))

    def prove(self, member: MemberId, pin: str = MEMBER_PIN) -> None:
        prove_with_pin(
            self.ledger,
            member=member,
            pin=pin,
            amount=Money(100),
            intent=intent(),
            operator=self.shop.manager,
        )

    def choose(self, member: MemberId, pin: str) -> None:
        set_pin(self.ledger, member, pin, operator=self.shop.manager, intent=intent())


def counter(folder: Path, name: str, hq: Hq, clock: FakeClock) -> Counter:
    keys = FileKeyStore(folder / name / "keys")
    found = Founding(STORE, "徐家汇店", name, DEFAULT_PROGRAMME.read_bytes())
    (folder / name).mkdir()
    ledger = Ledger(folder / name / "ledger.db", new_keys(keys), clock, found)
    number, pin = MANAGER
    first = operators.create_first_manager(ledger, number, "林晓雯", pin, intent())
    line = Line(Wire(lambda: hq, Random(1)), name)  # noqa: S311 -- a fair network draws nothing
    return Counter(Shop(ledger, clock, first.id), keys, line, hq, name)
