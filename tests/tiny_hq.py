"""A tiny honest HQ without a network: it keeps one chain, acts, and sometimes loses its answer."""

from __future__ import annotations

import base64
import gzip
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from pos_app.clock import Clock
from pos_app.ids import NodeId, new_id
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.link import Membership, join
from pos_app.ledger.store.event import Kind, milliseconds
from pos_app.security.chain import NO_HASH, chain_hash
from pos_app.security.signing import Signer, verify
from pos_app.sync import wire, wire_cases
from pos_app.sync.courier import Clocks, Courier
from pos_app.sync.cycle import AtLedger
from pos_app.sync.facts import HqUnreachable, Outage
from pos_app.sync.hq import Hq, Identity
from pos_app.sync.seals import ack_digest, grant_digest, session_digest
from pos_app.sync.transport import Reply, Request
from tests.shop import DEFAULT_PROGRAMME, TEST_KEYS

KINDS = {kind.value: 1 for kind in Kind}
CHALLENGE = "c" * 64


@dataclass
class TinyHq:
    """What a terminal meets; `down` and `lose_answers` count the requests that go wrong.

    `more` counts the pages of the feed that are not the last.
    """

    now: Clock
    code: str = "ABCD-EFGH-JKLM-NPQR"
    store: str = "S001"
    signer: Signer = field(default_factory=lambda: Signer(b"h" * 32))
    kinds: dict[str, int] = field(default_factory=lambda: dict(KINDS))
    proto: tuple[int, int] = (1, 1)
    down: int = 0
    outage: Outage = Outage.REFUSED
    lose_answers: int = 0
    more: int = 0
    lag: Callable[[str], None] = lambda _path: None
    stall: Callable[[str], None] = lambda _path: None  # of one request, while it serves others
    events: list[bytes] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=lambda: [NO_HASH])
    told: list[wire.FeedItem] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    wrong_totals: int = 0
    clock_off: timedelta = timedelta()
    refuses: dict[str, wire.Problem] = field(default_factory=dict)
    node: str = ""
    forges: bool = False

    def send(self, request: Request) -> Reply:
        """Answer, or act and lose the answer, or be down."""
        path = request.path.partition("?")[0].removeprefix("/v1/")
        self.requests.append(path)
        self.lag(path)
        if self.down:
            self.down -= 1
            raise HqUnreachable(self.outage)
        reply = self._refused(path) or _json(200, self._answer(path, request))
        if self.lose_answers:
            self.lose_answers -= 1
            raise HqUnreachable(Outage.TIMEOUT)
        return reply

    def tell(self, entity: str, known: str, body: dict[str, object]) -> None:
        """Put something into the feed."""
        self.told.append(wire.FeedItem(seq=len(self.told) + 1, entity=entity, id=known, body=body))

    def open_case(self, kind: str, **told: object) -> str:
        """Put an exception before the terminal, and return its identity."""
        case = str(told.pop("id", new_id().hex))
        view = wire_cases.ExceptionView(id=case, type=kind, **{"opened_at": self._ms(), **told})  # type: ignore[arg-type]
        self.tell("exception", case, view.model_dump())
        return case

    def _ms(self) -> int:
        return milliseconds(self.now() + self.clock_off)

    def _refused(self, path: str) -> Reply | None:
        problem = self.refuses.get(path)
        return None if problem is None else _json(403, problem)

    def _answer(self, path: str, request: Request) -> BaseModel:
        body = _body(request)
        asked: dict[str, Callable[[], BaseModel]] = {
            "hello": self._hello,
            "challenge": lambda: wire.Challenge(challenge=CHALLENGE, expires_in_s=60),
            "session": lambda: self._session(wire.SessionAsk.model_validate_json(body)),
            "events": lambda: self._push(wire.Push.model_validate_json(body)),
            "grants": lambda: self._grant(wire.GrantAsk.model_validate_json(body)),
            "enrol": lambda: self._enrol(wire.EnrolAsk.model_validate_json(body)),
            "feed": lambda: self._feed(request.path),
            "snapshot": self._snapshot,
        }
        return asked[path]()

    def _hello(self) -> wire.Hello:
        least, most = self.proto
        return wire.Hello(
            proto_min=least,
            proto_max=most,
            kinds=self.kinds,
            incarnation=1,
            hq_key=self.signer.public_key.hex(),
            time=self._ms(),
            min_app="",
        )

    def _session(self, asked: wire.SessionAsk) -> wire.Session:
        digest = session_digest(asked.node, asked.epoch, CHALLENGE)
        public = Signer(TEST_KEYS.node).public_key
        assert verify(public, digest, bytes.fromhex(asked.signature))
        return wire.Session(
            token="t" * 32, expires_in_s=900, known=self._place(), incarnation=1, time=self._ms()
        )

    def _push(self, push: wire.Push) -> wire.Ack:
        node, held = NodeId(UUID(push.node)), len(self.events)
        for seq, text in enumerate(push.events, start=push.first_seq):
            payload = base64.b64decode(text)
            if seq > held:
                self.hashes.append(chain_hash(node, push.epoch, seq, self.hashes[-1], payload))
                self.events.append(payload)
        told: dict[str, Any] = {
            "node": push.node,
            "epoch": push.epoch,
            "acked_seq": len(self.events),
            "acked_hash": self.hashes[-1].hex(),
            "incarnation": 1,
            "time": self._ms(),
        }
        seal = self.signer.sign(ack_digest(told)).hex()
        return wire.Ack(**told, results=(), hold_totals=self._totals(), signature=seal)

    def _totals(self) -> dict[str, int]:
        """Sum up what the terminal holds, from its own events."""
        totals = Counter[str]({"CNY": self.wrong_totals} if self.wrong_totals else {})
        for payload in self.events:
            for source, target, _unit, amount in json.loads(payload)["moves"]:
                for account, moved in ((source, -amount), (target, amount)):
                    kind, _colon, rest = account.partition(":")
                    if kind == "hold":
                        pocket = rest.partition(":")[0]
                        totals["CNY" if pocket in "PB" else pocket] += moved
        return dict(totals)

    def _grant(self, wish: wire.GrantAsk) -> wire.Grant:
        told = wire.Grant(
            grant=wish.grant,
            node=self.node,
            epoch=1,
            member=wish.member,
            state="refused",
            reason="nothing_there",
            incarnation=1,
            signature="0" * 128,
        )
        seal = self.signer.sign(grant_digest(told.model_dump())).hex()
        return told.model_copy(update={"signature": seal})

    def _enrol(self, asked: wire.EnrolAsk) -> wire.Enrolled:
        self.node = asked.node or self.node or new_id().hex
        rules = DEFAULT_PROGRAMME.read_bytes()
        signer = Signer(b"f" * 32) if self.forges else self.signer
        document = wire.SignedDocument(
            document=base64.b64encode(rules).decode(), signature=signer.sign(rules).hex()
        )
        return wire.Enrolled(
            node=self.node,
            epoch=asked.epoch or 1,
            store=self.store,
            store_name="徐家汇店",
            terminal_name="3 号机",
            hq_key=self.signer.public_key.hex(),
            incarnation=1,
            programme=document,
            pepper="e" * 64,
        )

    def _feed(self, path: str) -> wire.FeedPage:
        without, cursor = path.endswith("members=false"), _cursor(path)
        new = tuple(
            item
            for item in self.told
            if item.seq > cursor and not (without and item.entity == "member")
        )
        more = not without and self.more > 0
        self.more -= more
        return wire.FeedPage(
            items=new,
            cursor=len(self.told),
            more=more,
            outstanding=(),
            acked_seq=len(self.events),
            incarnation=1,
            time=self._ms(),
        )

    def _snapshot(self) -> wire.SnapshotPage:
        """Tell of everybody at once, each as last told."""
        latest = {item.id: item for item in self.told if item.entity == "member"}
        return wire.SnapshotPage(
            items=tuple(latest[one] for one in sorted(latest)),
            next=None,
            cursor=len(self.told),
            acked_seq=len(self.events),
            incarnation=1,
            time=self._ms(),
        )

    def _place(self) -> wire.Place:
        return wire.Place(seq=len(self.events), hash=self.hashes[-1].hex())


@dataclass
class Seconds:
    """Seconds that only a test lets pass."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Belonging:
    """A ledger that belongs to a tiny HQ, and the courier between them."""

    ledger: Ledger
    hq: TinyHq
    courier: Courier
    seconds: Seconds
    renewed: list[bool]


def belonging(ledger: Ledger, clock: Clock, at: AtLedger | None = None) -> Belonging:
    """Let a ledger belong to a tiny HQ from now on."""
    hq, seconds, renewed = TinyHq(clock), Seconds(), list[bool]()
    node = ledger.node
    hq.node = node.id.hex
    join(ledger, Membership(node.id, node.epoch, node.store, hq.signer.public_key, 1))
    who = Identity(node.id.hex, node.epoch, Signer(TEST_KEYS.node), hq.signer.public_key)
    door = at or (lambda task: task(ledger))
    courier = Courier(door, Hq(hq, who), Clocks(clock, seconds), lambda: renewed.append(True))
    return Belonging(ledger, hq, courier, seconds, renewed)


def _cursor(path: str) -> int:
    return int(path.partition("cursor=")[2].partition("&")[0])


def _body(request: Request) -> bytes:
    packed = request.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(request.body) if packed else request.body


def _json(status: int, told: BaseModel) -> Reply:
    return Reply(status, "application/json", told.model_dump_json().encode())
