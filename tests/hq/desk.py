"""An HQ for tests, and terminals that push to it: real ledgers, and authors of any event."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from pos_app.clock import Clock
from pos_app.ids import NodeId, new_id
from pos_app.ledger import operators
from pos_app.ledger.ledger import Ledger, LedgerKeys
from pos_app.security.chain import NO_HASH, chain_hash, private_digest
from pos_app.security.signing import Signer
from pos_app.sync.wire import Ack, EnrolAsk, Push, Sidecar
from pos_hq import enrolment, founding, inflow
from pos_hq.hq import Hq
from pos_hq.sessions import Caller
from pos_hq.store.bulk import fetch
from pos_hq.store.migrate import migrate
from tests.fakes import FakeClock
from tests.shop import DEFAULT_PROGRAMME, MANAGER, Shop, intent
from tests.shop import founding as terminal_founding

STORE = "S001"
SEED = b"h" * 32
DAY = "2026-06-15"


def open_hq(engine: Engine, clock: Clock, programme: bytes | None = None) -> Hq:
    """Found an HQ with one store on an empty database."""
    migrate(engine)
    hq = Hq(engine, Signer(SEED), clock, pepper=b"p" * 32)
    founding.found(hq, programme or DEFAULT_PROGRAMME.read_bytes())
    founding.create_store(hq, STORE, "徐家汇店")
    return hq


def enrolled(hq: Hq, node: NodeId, key: bytes, epoch: int = 1) -> Caller:
    """Enrol a terminal under its own identity and return it as a caller."""
    code = enrolment.make_code(hq, STORE, "3 号机")
    told = enrolment.enrol(
        hq, EnrolAsk(code=code, node=node.hex, epoch=epoch, public_key=key.hex())
    )
    return Caller(node, told.epoch, told.store, key, "active")


@dataclass
class Pushed:
    """What a terminal has to push: payloads with hashes and signatures, and sidecars."""

    first_seq: int
    prev_hash: bytes
    rows: list[tuple[bytes, bytes]]
    sidecars: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)

    def as_push(self, caller: Caller, incarnation: int, head_seq: int | None = None) -> Push:
        """Return it as it goes over the wire."""
        last = self.first_seq + len(self.rows) - 1
        return Push(
            proto=1,
            node=caller.node.hex,
            epoch=caller.epoch,
            incarnation=incarnation,
            first_seq=self.first_seq,
            prev_hash=self.prev_hash.hex(),
            head_seq=last if head_seq is None else head_seq,
            events=tuple(_text(payload) for payload, _ in self.rows),
            signatures=tuple(signature.hex() for _, signature in self.rows),
            sidecars=tuple(
                Sidecar(event_id=event.hex(), salt=_text(salt), data=_text(data))
                for event, salt, data in self.sidecars
            ),
        )


@dataclass
class Till:
    """A real ledger, enrolled at HQ, that pushes its own journal."""

    shop: Shop
    hq: Hq
    caller: Caller
    acked: int = 0
    incarnation: int = 1

    def pending(self, after: int | None = None, most: int = 500) -> Pushed:
        """Return what HQ has not acknowledged, or everything after a place."""
        after = self.acked if after is None else after
        reader = self.shop.ledger.read()
        journal = "SELECT seq, payload, hash, sig, event_id FROM journal WHERE seq"
        before = reader.execute(f"{journal} = ?", (after,)).fetchone()
        rows = reader.execute(f"{journal} > ? ORDER BY seq LIMIT {most}", (after,)).fetchall()
        sidecars = [
            tuple(kept)
            for *_, event in rows
            for kept in reader.execute(
                "SELECT event_id, salt, data FROM sidecar WHERE event_id = ?", (event,)
            )
        ]
        prev = NO_HASH if before is None else before[2]
        pairs = [(payload, sig) for _, payload, _, sig, _ in rows]
        return Pushed(after + 1, prev, pairs, [(a, b, c) for a, b, c in sidecars])

    def push(self, after: int | None = None) -> Ack:
        """Push what is pending."""
        sent = self.pending(after).as_push(self.caller, self.incarnation)
        ack = inflow.receive(self.hq, self.caller, sent)
        self.acked = ack.acked_seq
        return ack


@dataclass
class Author:
    """A terminal's key in the hands of somebody who writes what no terminal would."""

    hq: Hq
    caller: Caller
    signer: Signer
    at: int
    head: bytes = NO_HASH
    seq: int = 0
    unsent: list[tuple[bytes, bytes]] = field(default_factory=list)
    sidecars: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    sent_hash: bytes = NO_HASH
    incarnation: int = 1

    @property
    def place(self) -> str:
        """Name this generation of the node as HQ's accounts do."""
        return f"{self.caller.node.hex}.{self.caller.epoch}"

    def write(
        self,
        kind: str,
        body: Mapping[str, object] | None = None,
        moves: Sequence[Sequence[object]] = (),
        *,
        member: str | None = None,
        of: bytes | None = None,
        private: Mapping[str, object] | None = None,
        **more: object,
    ) -> bytes:
        """Chain and sign one event; return its identity."""
        event = new_id()
        value: dict[str, object] = {
            "v": 1, "id": event.hex, "kind": kind, "at": self.at, "day": DAY, "rules": "",
            "body": body or {}, "moves": [list(move) for move in moves],
        }  # fmt: skip
        value.update(more)
        if member is not None:
            value["member"] = member
        if of is not None:
            value["of"] = of.hex()
        if private is not None:
            salt, data = b"s" * 16, json.dumps(private, sort_keys=True).encode()
            value["private"] = private_digest(salt, data)
            self.sidecars.append((event.bytes, salt, data))
        self.append(json.dumps(value, sort_keys=True).encode())
        return event.bytes

    def append(self, payload: bytes) -> None:
        """Chain and sign any bytes."""
        self.seq += 1
        place = (self.caller.node, self.caller.epoch, self.seq)
        self.head = chain_hash(*place, self.head, payload)
        self.unsent.append((payload, self.signer.sign(self.head)))

    def pending(self) -> Pushed:
        """Return what was written since the last push."""
        return Pushed(self.seq - len(self.unsent) + 1, self.sent_hash, self.unsent, self.sidecars)

    def push(self, head_seq: int | None = None) -> Ack:
        """Push what was written since the last push."""
        sent = self.pending().as_push(self.caller, self.incarnation, head_seq)
        ack = inflow.receive(self.hq, self.caller, sent)
        self.unsent, self.sidecars, self.sent_hash = [], [], self.head
        return ack

    def member(self, phone: str = "+8613812340217", name: str = "王晓明") -> str:
        """Write the enrolment of a member and return their identity."""
        member = new_id().hex
        body = {"number": f"8000{self.seq:06d}", "tier": "silver", "terms": "2026-01"}
        person = {"phone": phone, "name": name, "gender": "", "card": None, "note": ""}
        self.write("MEMBER_NEW", body, member=member, private=person)
        return member

    def top_up(self, member: str, paid: int, bonus: int = 0, lot: str | None = None) -> str:
        """Write a top-up and return its lot."""
        lot = lot or new_id().hex
        moves = [["tender:S001:wechat", f"hold:P:{member}:{lot}", "CNY", paid]]
        if bonus:
            moves.append(["bonus_expense", f"hold:B:{member}:{lot}", "CNY", bonus])
        self.write("TOPUP", {"lot": lot, "amount": paid, "bonus": bonus}, moves, member=member)
        return lot

    def give_back(self, member: str, *lines: tuple[str, str, int]) -> None:
        """Write that rights go back to HQ."""
        moves = [
            [f"hold:{pocket}:{member}:{ref}", "hq", unit_of(pocket, ref), amount]
            for pocket, ref, amount in lines
        ]
        body = {"lines": [list(line) for line in lines], "cause": "due", "over": 1}
        self.write("RETURN", body, moves, member=member)

    def got(self, grant: str, member: str, *lines: tuple[str, str, int]) -> None:
        """Write that a grant was received."""
        moves = [
            ["hq", f"hold:{pocket}:{member}:{ref}", unit_of(pocket, ref), amount]
            for pocket, ref, amount in lines
        ]
        body = {
            "grant": grant,
            "purpose": "jit",
            "lines": [[*line, {}] for line in lines],
            "valid_until": self.at + 600_000,
        }
        self.write("GOT", body, moves, member=member)

    def spend(self, member: str, lot: str, fen: int, pocket: str = "P") -> None:
        """Write that stored value paid for goods, without saying anything about the order."""
        moves = [[f"hold:{pocket}:{member}:{lot}", "sales:S001", "CNY", fen]]
        self.write("NOTE", {}, moves, member=member)


def unit_of(pocket: str, ref: str) -> str:
    """Return the unit of a pocket."""
    return {"P": "CNY", "B": "CNY", "PTS": "PTS"}.get(pocket) or f"CPN:{ref}"


def author(hq: Hq, name: str = "a", epoch: int = 1) -> Author:
    """Enrol a terminal whose events a test writes itself."""
    signer = Signer(name.encode().ljust(32, b"."))
    caller = enrolled(hq, NodeId(new_id()), signer.public_key, epoch)
    return Author(hq, caller, signer, hq.now_ms())


@contextmanager
def till(hq: Hq, folder: Path, clock: FakeClock, name: str = "t") -> Iterator[Till]:
    """Open a real shop in a folder and enrol its terminal."""
    keys = LedgerKeys(b"d" * 32, name.encode().ljust(32, b"."), b"p" * 32)
    folder.mkdir()
    ledger = Ledger(folder / "ledger.db", keys, clock, terminal_founding())
    number, pin = MANAGER
    first = operators.create_first_manager(ledger, number, "林晓雯", pin, intent())
    key = Signer(keys.node).public_key
    yield Till(Shop(ledger, clock, first.id), hq, enrolled(hq, ledger.node.id, key))
    ledger.close()


def balance(hq: Hq, account: str, unit: str = "CNY") -> int:
    """Return what an account holds."""
    with hq.read() as book:
        asked = "SELECT amount FROM balance WHERE account = ? AND unit = ?"
        rows = fetch(book, asked, account, unit)
    return int(rows[0][0]) if rows else 0


def opened(hq: Hq, *but: str) -> list[str]:
    """Return the types of the open exceptions, without some."""
    with hq.read() as book:
        asked = "SELECT type FROM exception WHERE state = 'open' ORDER BY type"
        return [kind for (kind,) in fetch(book, asked) if kind not in but]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
