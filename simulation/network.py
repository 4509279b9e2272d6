"""A network that loses, doubles and delays what terminals and HQ say to each other."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel

from pos_app.errors import PosError
from pos_app.security.signing import verify
from pos_app.sync.facts import HqUnreachable, Outage
from pos_app.sync.seals import body_digest
from pos_app.sync.transport import Reply, Request
from pos_app.sync.wire import (
    PROTO_MAX,
    PROTO_MIN,
    ChallengeAsk,
    EnrolAsk,
    GrantAsk,
    Hello,
    Push,
    SessionAsk,
)
from pos_app.sync.wire_orders import OrderClaim, PhoneWish
from pos_hq import enrolment, exceptions, feed, grants, inflow, orders, phones, sessions
from pos_hq.api.problems import problem_of, refusal_of
from pos_hq.fold.fact import KINDS
from pos_hq.hq import Hq

JSON = "application/json"
# HQ gives less at a time than it is asked for, so that four members make many pages.
PAGE_ITEMS = 3


@dataclass(frozen=True, slots=True)
class Weather:
    """How often, of a hundred messages, one is lost, answered and lost, doubled, or delayed."""

    lost: int = 0
    answer_lost: int = 0
    doubled: int = 0
    delayed: int = 0


FAIR = Weather()
FOUL = Weather(lost=6, answer_lost=6, doubled=8, delayed=6)
DEAF = Weather(lost=2, answer_lost=25, doubled=4, delayed=4)


@dataclass
class Wire:
    """The way from every terminal to HQ. `cut` names terminals that are offline."""

    hq: Callable[[], Hq]
    random: Random
    weather: Weather = FAIR
    cut: set[str] = field(default_factory=set)
    late: list[Request] = field(default_factory=list)

    def send(self, who: str, request: Request) -> Reply:
        """Carry a request, as the weather lets it. Raises HqUnreachable."""
        if who in self.cut:
            raise HqUnreachable(Outage.NETWORK)
        fate, weather = self.random.randrange(100), self.weather
        if fate < weather.lost:
            raise HqUnreachable(Outage.TIMEOUT)
        reply = answer(self.hq(), request)
        if (fate := fate - weather.lost) < weather.answer_lost:
            raise HqUnreachable(Outage.TIMEOUT)
        if (fate := fate - weather.answer_lost) < weather.doubled:
            return answer(self.hq(), request)
        if fate - weather.doubled < weather.delayed:
            self.late.append(request)
        return reply

    def deliver_late(self) -> None:
        """Let a message arrive a second time, long after; nobody reads the answer."""
        if self.late:
            answer(self.hq(), self.late.pop(self.random.randrange(len(self.late))))


@dataclass(frozen=True, slots=True)
class Line:
    """One terminal's end of the wire."""

    wire: Wire
    who: str

    def send(self, request: Request) -> Reply:
        """Return the answer. Raises HqUnreachable."""
        return self.wire.send(self.who, request)


def answer(hq: Hq, request: Request) -> Reply:
    """Do at HQ what its doors do, without a socket."""
    try:
        told = _told(hq, request)
    except PosError as fact:
        body = problem_of(fact).model_dump_json().encode()
        return Reply(refusal_of(fact).status, JSON, body)
    return Reply(200, JSON, told.model_dump_json().encode())


def _told(hq: Hq, request: Request) -> BaseModel:
    path, body = urlsplit(request.path), request.body
    open_doors: dict[str, Callable[[], BaseModel]] = {
        "/v1/hello": lambda: _hello(hq, request),
        "/v1/enrol": lambda: enrolment.enrol(hq, EnrolAsk.model_validate_json(body)),
        "/v1/challenge": lambda: sessions.challenge(hq, ChallengeAsk.model_validate_json(body)),
        "/v1/session": lambda: sessions.open_session(hq, SessionAsk.model_validate_json(body)),
    }
    if path.path in open_doors:
        return open_doors[path.path]()
    who = sessions.caller_of(hq, request.headers["Authorization"].removeprefix("Bearer "))
    asked = {name: values[0] for name, values in parse_qs(path.query).items()}
    word = partial(_signed, who, request)
    doors: dict[str, Callable[[], BaseModel]] = {
        "/v1/events": lambda: inflow.receive(hq, who, Push.model_validate_json(word())),
        "/v1/grants": lambda: grants.ask(hq, who, GrantAsk.model_validate_json(word())),
        "/v1/feed": lambda: _feed(hq, who, asked),
        "/v1/snapshot": lambda: feed.snapshot(hq, who, asked.get("after"), PAGE_ITEMS),
        "/v1/orders/claims": lambda: orders.claim(hq, who, OrderClaim.model_validate_json(word())),
        "/v1/phones": lambda: phones.change(hq, who, PhoneWish.model_validate_json(word())),
        "/v1/exceptions": lambda: exceptions.of_node(hq, who),
    }
    place, _slash, named = path.path.rpartition("/")
    if place == "/v1/orders/slips":
        return orders.of_slip(hq, named)
    if place == "/v1/orders/members":
        return orders.of_member(hq, named)
    return doors[path.path]()


def _feed(hq: Hq, who: sessions.Caller, asked: dict[str, str]) -> BaseModel:
    members = asked.get("members") != "false"
    return feed.page(hq, who, int(asked["cursor"]), PAGE_ITEMS, members=members)


def _hello(hq: Hq, request: Request) -> Hello:
    shown = request.headers.get("Authorization")
    who = None if shown is None else sessions.caller_of(hq, shown.removeprefix("Bearer "))
    with hq.read() as book:
        incarnation = hq.incarnation(book)
        escrow = hq.escrow_key(book)
    return Hello(
        proto_min=PROTO_MIN,
        proto_max=PROTO_MAX,
        kinds=KINDS,
        incarnation=incarnation,
        hq_key=hq.key.hex(),
        time=hq.now_ms(),
        min_app="0.1.0",
        known=None if who is None else sessions.chain_of(hq, who),
        escrow_key=escrow,
    )


def _signed(who: sessions.Caller, request: Request) -> bytes:
    body = request.body
    if request.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    seal = bytes.fromhex(request.headers["X-Body-Signature"])
    assert verify(who.public_key, body_digest(body), seal), "terminals sign what they say"
    return body
