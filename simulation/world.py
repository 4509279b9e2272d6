"""A chain of three stores with four members, made once and copied for every seed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from sqlalchemy import Engine

from pos_app.ids import IntentId, MemberId, NodeId, OperatorId, new_id
from pos_app.ledger import grants, members, operators, returns
from pos_app.ledger.ledger import Founding, LedgerKeys
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.rules.programme import parse_programme
from pos_app.ledger.store.event import Draft, Kind
from pos_app.opening import DEFAULT_PROGRAMME
from pos_app.security.signing import Signer
from pos_app.sync.cycle import settle
from pos_app.sync.wire import EnrolAsk
from pos_hq import enrolment, founding
from pos_hq.hq import Hq
from pos_hq.programme import publishing
from pos_hq.store.engine import open_engine
from pos_hq.store.migrate import migrate
from simulation.network import FAIR, Line, Weather, Wire
from simulation.till import Place, Till

STORES = (("S001", "徐家汇店"), ("S002", "静安店"), ("S003", "虹桥店"))
PHONES = ("13812340217", "13900000001", "13900000002", "13900000003")
MANAGER = ("0001", "480913")
PIN = "271828"
# What one generation of a terminal may have given and not been settled, in fen.
LENT_MOST = 12_000
SEED = b"h" * 32
BEGIN = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)


@dataclass
class WorldClock:
    """The one true time; a terminal's own clock may be wrong by `off`."""

    at: datetime = BEGIN

    def __call__(self) -> datetime:
        return self.at


@dataclass
class TillClock:
    """What a terminal's clock shows."""

    true: WorldClock
    off: timedelta = timedelta()

    def __call__(self) -> datetime:
        return self.true() + self.off


class World:
    """HQ, terminals, members and the network between them, in one folder."""

    def __init__(self, folder: Path, seed: int, weather: Weather = FAIR) -> None:
        self.folder = folder
        self.random = Random(seed)
        self.clock = WorldClock()
        self.engine, self.hq = open_hq(folder, self.clock)
        self.wire = Wire(lambda: self.hq, self.random, weather)
        self.clocks = [TillClock(self.clock) for _ in STORES]
        self.tills = [
            open_till(folder, number, clock, self.wire) for number, clock in enumerate(self.clocks)
        ]
        self.members = member_ids(self.tills[0])
        self.managers = {till.name: first_manager(till) for till in self.tills}

    def close(self) -> None:
        """Stop every program."""
        for till in self.tills:
            till.close()
        self.engine.dispose()

    def employ(self, till: Till) -> None:
        """Let a manager begin on a new ledger, without the wait for Argon2id."""
        who = OperatorId(new_id())
        body = {"id": who.hex, "number": MANAGER[0], "role": "manager"}
        private = {"name": "林晓雯", "verifier": "-"}
        with till.ledger.write() as book:
            book.append(Draft(Kind.OPERATOR_NEW, body, private=private))
        self.managers[till.name] = who

    def next_place(self, till: Till) -> Place:
        """Let a manager at HQ bring a terminal back under a new epoch."""
        old = till.place
        code = enrolment.make_code(self.hq, till.founding.store, till.name, old.node)
        keys = replace(old.keys, node=self.random.randbytes(32))
        public = Signer(keys.node).public_key.hex()
        told = enrolment.enrol(self.hq, EnrolAsk(code=code, public_key=public))
        folder = self.folder / f"{till.name}-{told.epoch}-{self.random.randrange(1 << 30)}"
        till.founding = replace(till.founding, identity=(old.node, told.epoch))
        return Place(folder, old.node, told.epoch, keys)


def make_template(folder: Path, *, lends: bool = False) -> None:
    """Found HQ, three terminals and four members, and let everybody hear of everybody.

    Where the chain `lends`, members have a PIN, and HQ publishes that credit is given offline.
    """
    folder.mkdir(parents=True)
    clock = WorldClock()
    engine, hq = open_hq(folder, clock, new=True)
    wire = Wire(lambda: hq, Random(0))
    tills = []
    for number, (store, name) in enumerate(STORES):
        founding.create_store(hq, store, name)
        place_of(folder, number).folder.mkdir()
        till = open_till(folder, number, TillClock(clock), wire)
        code = enrolment.make_code(hq, store, till.name)
        public = Signer(till.place.keys.node).public_key.hex()
        ask = EnrolAsk(code=code, node=till.place.node.hex, epoch=1, public_key=public)
        enrolment.enrol(hq, ask)
        till.join(store, 1)
        operators.create_first_manager(till.ledger, *MANAGER[:1], "林晓雯", MANAGER[1], wish())
        tills.append(till)
    for phone in PHONES:
        pin = PIN if lends else None
        new = NewMember(phone=phone, name="王晓明", consents=Consents("2026-01"), pin=pin)
        members.register(tills[0].ledger, new, operator=first_manager(tills[0]), intent=wish())
    tills[0].sync()
    if lends:
        _lend(hq)
    for till in (*tills, *tills):
        till.sync()
    if lends:
        _stock(tills)
    for till in tills:
        till.close()
    engine.dispose()


def _lend(hq: Hq) -> None:
    text = DEFAULT_PROGRAMME.read_text("utf-8")
    head, credit = text.split("[offline.credit]")
    for key, was, now in (
        ("enabled", "false", "true"),
        ("per_terminal_fen", "100000", str(LENT_MOST)),
        ("consecutive", "3", "5"),
    ):
        credit = credit.replace(f"{key} = {was}", f"{key} = {now}", 1)
    document = f"{head}[offline.credit]{credit}".encode()
    loss = publishing.credit_loss(hq, parse_programme(document))
    assert loss is not None, "this programme lends"
    publishing.publish(hq, document, accepted_loss=loss.loss.minor)


def _stock(tills: list[Till]) -> None:
    """Let every member have stored value at HQ, and every terminal what checks their PINs."""
    first = tills[0]
    for member in member_ids(first):
        first.top_up(member, 50_000, first_manager(first))
        with first.ledger.write() as book:
            returns.return_all(book, member, "due")
    first.sync()
    for till in tills:
        till.sync()
        for member in member_ids(first):
            settle(till.at, till.hq, grants.ask(till.ledger, member, (grants.PIN,), "jit"))
        till.sync()


def copy_of(template: Path, folder: Path) -> Path:
    """Copy the template for one seed."""
    shutil.copytree(template, folder)
    return folder


def open_hq(folder: Path, clock: WorldClock, *, new: bool = False) -> tuple[Engine, Hq]:
    """Open HQ's database, founding it when it is new."""
    engine = open_engine(f"sqlite:///{folder / 'hq.db'}")
    hq = Hq(engine, Signer(SEED), clock, b"p" * 32)
    if new:
        migrate(engine)
        founding.found(hq, DEFAULT_PROGRAMME.read_bytes())
    return engine, hq


def place_of(folder: Path, number: int) -> Place:
    """Return where a terminal's first ledger lies."""
    keys = LedgerKeys(b"d" * 32, bytes([number + 1]) * 32, b"p" * 32)
    node = NodeId(UUID(int=(number + 1) << 64))
    return Place(folder / f"till{number}", node, 1, keys)


def open_till(folder: Path, number: int, clock: TillClock, wire: Wire) -> Till:
    """Start a terminal."""
    place, (store, name) = place_of(folder, number), STORES[number]
    begin = Founding(store, name, f"till{number}", DEFAULT_PROGRAMME.read_bytes(), (place.node, 1))
    who = f"till{number}"
    return Till(who, place, begin, clock, Line(wire, who), Signer(SEED).public_key)


def member_ids(till: Till) -> tuple[MemberId, ...]:
    """Return the members that a terminal knows."""
    rows = till.ledger.read().execute("SELECT id FROM member ORDER BY row")
    return tuple(MemberId(UUID(bytes=row[0])) for row in rows)


def first_manager(till: Till) -> OperatorId:
    """Return who works at a terminal."""
    row = till.ledger.read().execute("SELECT id FROM operator ORDER BY seq LIMIT 1").fetchone()
    return OperatorId(UUID(bytes=row[0]))


def wish() -> IntentId:
    """Mint an intent."""
    return IntentId(new_id())
