"""HQ as a terminal sees it: questions in the words of the wire, answers checked and believed."""

from __future__ import annotations

import gzip
import logging
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pos_app.security.hq_envelope import sealed_for_hq
from pos_app.security.signing import Signer, verify
from pos_app.sync.facts import (
    Doubt,
    HqMisbehaved,
    HqOlder,
    HqRefused,
    HqUnreachable,
    Outage,
)
from pos_app.sync.seals import ack_digest, body_digest, grant_digest, session_digest
from pos_app.sync.transport import Reply, Request, Transport
from pos_app.sync.wire import (
    BUNDLE_TAG,
    Ack,
    Bundle,
    Challenge,
    ChallengeAsk,
    EnrolAsk,
    Enrolled,
    FeedPage,
    Grant,
    GrantAsk,
    Hello,
    Place,
    Problem,
    Push,
    Session,
    SessionAsk,
    SnapshotPage,
)
from pos_app.sync.wire_cases import ExceptionList
from pos_app.sync.wire_orders import Claimed, OrderClaim, Orders, PhoneChanged, PhoneWish

T = TypeVar("T", bound=BaseModel)
# HQ was restored and grants nothing until every terminal has told it what it forgot.
GRANTS_FROZEN = "grants_frozen"
# A page is read, checked and taken before a payment that asks for a grant has its turn.
PAGE_ITEMS = 500
_JSON = {"Content-Type": "application/json"}
_BUSY = frozenset({408, 429, 502, 503, 504})
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, and whom it believes."""

    node: str
    epoch: int
    signer: Signer
    hq_key: bytes


class Hq:
    """Asks HQ on behalf of one terminal. A session is opened when needed and renewed when refused.

    Every method raises HqUnreachable, HqRefused and HqMisbehaved.
    """

    def __init__(self, transport: Transport, who: Identity) -> None:
        self._transport = transport
        self._who = who
        self._token = ""

    def hello(self) -> Hello:
        """Ask who is there; in a session that lasts HQ also tells how far it holds this chain.

        Raises HqMisbehaved where it is not the HQ this terminal belongs to.
        """
        told = read(self._greeted(), Hello)
        if told.hq_key != self._who.hq_key.hex():
            raise HqMisbehaved(Doubt.NOT_HQ)
        return told

    def _greeted(self) -> Reply:
        plain = Request("GET", "/v1/hello")
        if self._token:
            reply = self._transport.send(self._with_token(plain))
            if reply.status != 401:
                return reply
            self._token = ""
        return self._transport.send(plain)

    def open_session(self, acked_seq: int = 0, head: Place | None = None) -> Session:
        """Prove who this terminal is; the answer tells how far HQ holds its chain.

        `acked_seq` is how far HQ has said that it does: one that has forgotten must learn of it.
        `head` is where the chain ends here: HQ must learn of a restored copy, too.
        A gateway that sends a proof twice spends the challenge, so a refused one is made once more.
        """
        try:
            return self._proved(acked_seq, head)
        except HqRefused as refused:
            if refused.status != 401:
                raise
            return self._proved(acked_seq, head)

    def _proved(self, acked_seq: int, head: Place | None) -> Session:
        node, epoch = self._who.node, self._who.epoch
        asked = ask(self._transport, "/v1/challenge", ChallengeAsk(node=node), Challenge)
        seal = self._who.signer.sign(session_digest(node, epoch, asked.challenge)).hex()
        proof = SessionAsk(
            node=node,
            epoch=epoch,
            challenge=asked.challenge,
            signature=seal,
            acked_seq=acked_seq,
            head=head,
        )
        session = ask(self._transport, "/v1/session", proof, Session)
        self._token = session.token
        return session

    def push(self, batch: Push) -> Ack:
        """Hand events over. Returns HQ's word that it holds them. Raises HqOlder."""
        body = batch.model_dump_json().encode()
        headers = {"Content-Encoding": "gzip", "X-Body-Signature": self._seal(body)}
        ack = self._ask(Request("POST", "/v1/events", gzip.compress(body, 1), headers), Ack)
        self._believe(ack_digest(ack.model_dump()), ack.signature)
        self._ensure_mine(ack.node, ack.epoch)
        return ack

    def grant(self, wish: GrantAsk) -> Grant:
        """Ask for rights; the answer to one grant is always the same."""
        return self.believed(self._ask(self._signed("/v1/grants", wish), Grant))

    def believed(self, grant: Grant) -> Grant:
        """Return a grant that HQ signed for this terminal."""
        self._believe(grant_digest(grant.model_dump()), grant.signature)
        self._ensure_mine(grant.node, grant.epoch)
        return grant

    def feed(self, cursor: int, *, members: bool = True) -> FeedPage:
        """Return what changed since a cursor; members can be left out."""
        but = "" if members else "&members=false"
        path = f"/v1/feed?cursor={cursor}&limit={PAGE_ITEMS}{but}"
        page = self._ask(Request("GET", path), FeedPage)
        for one in page.outstanding:
            self.believed(one)
        return page

    def snapshot(self, after: str | None) -> SnapshotPage:
        """Return members after an identity, in order."""
        since = "" if after is None else f"&after={after}"
        return self._ask(Request("GET", f"/v1/snapshot?limit={PAGE_ITEMS}{since}"), SnapshotPage)

    def exceptions(self) -> ExceptionList:
        """Return what waits for somebody, as far as it concerns this terminal."""
        return self._ask(Request("GET", "/v1/exceptions"), ExceptionList)

    def orders_of_slip(self, slip: str) -> Orders:
        """Return the sales of a slip number, whichever terminals made them."""
        return self._ask(Request("GET", f"/v1/orders/slips/{slip}"), Orders)

    def orders_of_member(self, member: str) -> Orders:
        """Return a member's latest sales at all terminals."""
        return self._ask(Request("GET", f"/v1/orders/members/{member}"), Orders)

    def claim(self, wish: OrderClaim) -> Claimed:
        """Ask to return some of a sale while nobody else does."""
        return self._ask(self._signed("/v1/orders/claims", wish), Claimed)

    def change_phone(self, wish: PhoneWish) -> PhoneChanged:
        """Ask HQ to take down a member's new number."""
        return self._ask(self._signed("/v1/phones", wish), PhoneChanged)

    def sealed(self, bundle: Bundle) -> bytes:
        """Return a bundle as a file that only HQ can read, and that only this terminal can make."""
        body = bundle.model_dump_json().encode()
        signature = self._who.signer.sign(body_digest(body))
        packed = gzip.compress(signature + body)
        return BUNDLE_TAG + sealed_for_hq(packed, self._who.hq_key, about=BUNDLE_TAG)

    def _ask(self, request: Request, shape: type[T]) -> T:
        """Send with the session's token; a session that has ended is opened anew, once."""
        if not self._token:
            self.open_session()
        reply = self._transport.send(self._with_token(request))
        if reply.status == 401:
            self.open_session()
            reply = self._transport.send(self._with_token(request))
        return read(reply, shape)

    def _with_token(self, request: Request) -> Request:
        headers = {**_JSON, **request.headers, "Authorization": f"Bearer {self._token}"}
        return Request(request.method, request.path, request.body, headers)

    def _signed(self, path: str, asked: BaseModel) -> Request:
        body = asked.model_dump_json().encode()
        return Request("POST", path, body, {"X-Body-Signature": self._seal(body)})

    def _seal(self, body: bytes) -> str:
        return self._who.signer.sign(body_digest(body)).hex()

    def _believe(self, digest: bytes, signature: str) -> None:
        if not verify(self._who.hq_key, digest, bytes.fromhex(signature)):
            raise HqMisbehaved(Doubt.SIGNATURE)

    def _ensure_mine(self, node: str, epoch: int) -> None:
        if (node, epoch) != (self._who.node, self._who.epoch):
            raise HqMisbehaved(Doubt.SIGNATURE)


def enrol(transport: Transport, wish: EnrolAsk) -> Enrolled:
    """Ask to belong to the store that a one-time code names. Raises like `Hq`."""
    return ask(transport, "/v1/enrol", wish, Enrolled)


def ask(transport: Transport, path: str, asked: BaseModel, shape: type[T]) -> T:
    """Send a question without a session."""
    body = asked.model_dump_json().encode()
    return read(transport.send(Request("POST", path, body, _JSON)), shape)


def read(reply: Reply, shape: type[T]) -> T:
    """Return a good answer in its shape. Raises HqUnreachable, HqRefused, HqOlder, HqMisbehaved."""
    if reply.status == 200:
        return _shaped(reply, shape)
    if reply.status in _BUSY and reply.kind != "application/json":
        raise HqUnreachable(Outage.BUSY)
    problem = _shaped(reply, Problem)
    _log.info("HQ refused with %s: %s", reply.status, problem.code)
    if reply.status in _BUSY and problem.code != GRANTS_FROZEN:
        raise HqUnreachable(Outage.BUSY, problem.retry_after_s or 0)
    if reply.status == 426:
        raise HqOlder(tuple(sorted(problem.kinds or {})))
    raise HqRefused(reply.status, problem.code)


def _shaped(reply: Reply, shape: type[T]) -> T:
    if reply.kind != "application/json":
        raise HqMisbehaved(Doubt.NOT_HQ)
    try:
        return shape.model_validate_json(reply.body)
    except ValidationError as wrong:
        raise HqMisbehaved(Doubt.SHAPE) from wrong
