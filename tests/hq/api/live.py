"""A live HQ on loopback, and a till that talks to it as the protocol says."""

from __future__ import annotations

import base64
import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from uuid import UUID

import requests
import uvicorn
from pydantic import BaseModel
from requests import Response
from sqlalchemy import func, select

from pos_app.ids import NodeId, new_id
from pos_app.security.chain import NO_HASH, chain_hash
from pos_app.security.signing import Signer
from pos_app.sync import wire
from pos_app.sync.seals import body_digest, session_digest
from pos_hq.api.application import create_app
from pos_hq.api.limits import Limits, Rate
from pos_hq.api.server import Listening, config_of, listener_of
from pos_hq.enrolment import make_code
from pos_hq.hq import Hq
from pos_hq.store.tables import metadata
from tests.hq.desk import STORE

PATIENCE_S = 10
PLENTY = Rate(10_000, 10_000)
NO_HURRY = Limits(address=PLENTY, stranger=PLENTY, enrolment=PLENTY, node=PLENTY)


@dataclass(frozen=True, slots=True)
class Live:
    """Where a live HQ answers; `hq` is the same HQ without the doors."""

    url: str
    hq: Hq
    web: requests.Session

    def get(self, path: str, token: str = "", **asked: object) -> Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        query = {name: str(value) for name, value in asked.items()}
        where = f"{self.url}/v1{path}"
        return self.web.get(where, params=query, headers=headers, timeout=PATIENCE_S)

    def post(self, path: str, body: bytes, **headers: str) -> Response:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        told = {"Content-Type": "application/json", **named}
        return self.web.post(f"{self.url}/v1{path}", data=body, headers=told, timeout=PATIENCE_S)

    def ask(self, path: str, shape: BaseModel) -> Response:
        return self.post(path, shape.model_dump_json().encode())

    def code(self, node: NodeId | None = None) -> str:
        return make_code(self.hq, STORE, "Counter 1", node)

    def rows(self, *names: str) -> dict[str, int]:
        """Count the rows of some tables, or of every one."""
        with self.hq.read() as book:
            return {
                name: book.execute(select(func.count()).select_from(table)).scalar_one()
                for name, table in metadata.tables.items()
                if not names or name in names
            }


@dataclass(slots=True)
class Till:
    """One terminal: its key, its identity, its session and its chain."""

    live: Live
    signer: Signer
    node: str = ""
    epoch: int = 1
    token: str = ""
    head: bytes = NO_HASH
    seq: int = 0
    incarnation: int = 1

    def enrol(self, code: str, *, node: str = "", epoch: int = 0) -> Response:
        ask = wire.EnrolAsk(
            code=code, node=node, epoch=epoch, public_key=self.signer.public_key.hex()
        )
        answer = self.live.ask("/enrol", ask)
        if answer.status_code == 200:
            told = wire.Enrolled.model_validate_json(answer.content)
            self.node, self.epoch = told.node, told.epoch
        return answer

    def challenge(self) -> str:
        answer = self.live.ask("/challenge", wire.ChallengeAsk(node=self.node))
        return wire.Challenge.model_validate_json(answer.content).challenge

    def answer(self, challenge: str, *, epoch: int = 0) -> Response:
        of = epoch or self.epoch
        signature = self.signer.sign(session_digest(self.node, of, challenge)).hex()
        ask = wire.SessionAsk(node=self.node, epoch=of, challenge=challenge, signature=signature)
        return self.live.ask("/session", ask)

    def open(self) -> str:
        told = wire.Session.model_validate_json(self.answer(self.challenge()).content)
        self.token = told.token
        return self.token

    def get(self, path: str, **asked: object) -> Response:
        return self.live.get(path, self.token, **asked)

    def send(self, path: str, body: bytes, *, signed: bytes | None = None) -> Response:
        """Send a body; `signed` is what is signed where that is not what is sent."""
        return self.live.post(path, body, **self.proof(body if signed is None else signed))

    def packed(self, path: str, body: bytes) -> Response:
        return self.live.post(
            path, gzip.compress(body), Content_Encoding="gzip", **self.proof(body)
        )

    def proof(self, body: bytes) -> dict[str, str]:
        signature = self.signer.sign(body_digest(body)).hex()
        return {"Authorization": f"Bearer {self.token}", "X_Body_Signature": signature}

    def notes(self, *texts: str) -> bytes:
        """Write notes into the chain and return the push that tells them."""
        return self.written(*map(self.payload, texts))

    def written(self, *payloads: bytes) -> bytes:
        """Write events into the chain and return the push that tells them."""
        first, before = self.seq + 1, self.head
        seals = [self._link(payload) for payload in payloads]
        batch = wire.Push(
            proto=1,
            node=self.node,
            epoch=self.epoch,
            incarnation=self.incarnation,
            first_seq=first,
            prev_hash=before.hex(),
            head_seq=self.seq,
            events=tuple(base64.b64encode(payload).decode() for payload in payloads),
            signatures=tuple(seals),
        )
        return batch.model_dump_json().encode()

    def payload(self, text: str) -> bytes:
        told = {
            "v": 1,
            "id": new_id().hex,
            "kind": "NOTE",
            "at": self.live.hq.now_ms(),
            "day": self.live.hq.now().date().isoformat(),
            "rules": "demo",
            "body": {"text": text},
            "moves": [],
        }
        return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()

    def _link(self, payload: bytes) -> str:
        self.seq += 1
        self.head = chain_hash(NodeId(UUID(self.node)), self.epoch, self.seq, self.head, payload)
        return self.signer.sign(self.head).hex()


@contextmanager
def live(hq: Hq, limits: Limits = NO_HURRY) -> Iterator[Live]:
    """Serve HQ on a port of loopback until the block is left."""
    at = Listening("127.0.0.1", 0)
    server = uvicorn.Server(config_of(create_app(hq, limits), at))
    with listener_of(at) as listener, closing(requests.Session()) as web:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield Live(f"http://127.0.0.1:{listener.getsockname()[1]}", hq, web)
        finally:
            server.should_exit = True
            thread.join(PATIENCE_S)


def code_of(answer: Response) -> str:
    """Return the code of a refusal, which is always a problem of the wire."""
    return wire.Problem.model_validate_json(answer.content).code
