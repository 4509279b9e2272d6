"""The bad network does to a request what it says, and a terminal takes it for what it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from threading import Event
from urllib.parse import urlsplit

import pytest

from pos_app.errors import PosError
from pos_app.sync import hq
from pos_app.sync.facts import Doubt, HqMisbehaved, HqUnreachable, Outage
from pos_app.sync.transport import HttpTransport, Request
from pos_app.sync.wire import Challenge
from tests.e2e.fault_proxy import FAIR, Fate, FaultProxy
from tests.loopback import served

ANSWER_S = 0.3
ASKED = Request("POST", "/v1/challenge", b'{"node": "1"}', {"Content-Type": "application/json"})
TOLD = Challenge(challenge="ab" * 32, expires_in_s=60)


class Desk:
    """An HQ that knows one answer, and notes what reached it."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.reached = Event()

    def __call__(self, to: BaseHTTPRequestHandler) -> None:
        heard = to.rfile.read(int(to.headers["Content-Length"]))
        if len(heard) < len(ASKED.body):
            return
        self.heard.append(heard)
        body = TOLD.model_dump_json().encode()
        to.send_response(200)
        to.send_header("Content-Type", "application/json")
        to.send_header("Content-Length", str(len(body)))
        to.end_headers()
        to.wfile.write(body)
        self.reached.set()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@contextmanager
def proxied(desk: Desk, fate: Fate) -> Iterator[tuple[FaultProxy, HttpTransport]]:
    """Put a network before HQ on which every request has one fate."""
    stall_s = ANSWER_S * (100 if fate is Fate.REPLY_LATE else 2)  # nobody waits for a late reply
    with served(desk) as url, FaultProxy(1, stall_s=stall_s, weather={fate: 1}) as proxy:
        proxy.hq = ("127.0.0.1", urlsplit(url).port or 0)
        way = HttpTransport(proxy.url, answer_s=ANSWER_S)
        yield proxy, way
        way.close()


def ask(way: HttpTransport) -> Challenge:
    return hq.read(way.send(ASKED), Challenge)


@pytest.mark.parametrize(("fate", "times"), [(Fate.PASSED, 1), (Fate.TWICE, 2)])
def test_what_passes_is_answered_and_hq_hears_it_as_often_as_it_is_sent(
    desk: Desk, fate: Fate, times: int
) -> None:
    with proxied(desk, fate) as (proxy, way):
        told = ask(way), ask(way)

    assert told == (TOLD, TOLD)
    assert desk.heard == [ASKED.body] * times * 2
    assert proxy.fates == {fate: 2}
    assert proxy.statuses == {200: times * 2}


@pytest.mark.parametrize(
    ("fate", "fact", "times"),
    [
        (Fate.REPLY_LOST, HqUnreachable(Outage.NETWORK), 1),
        (Fate.REPLY_CUT, HqUnreachable(Outage.NETWORK), 1),
        (Fate.REPLY_LATE, HqUnreachable(Outage.TIMEOUT), 1),
        (Fate.REQUEST_CUT, HqUnreachable(Outage.NETWORK), 0),
        (Fate.BAD_GATEWAY, HqUnreachable(Outage.BUSY), 0),
        (Fate.PORTAL, HqMisbehaved(Doubt.NOT_HQ), 0),
    ],
    ids=str,
)
def test_a_broken_request_is_one_fact_whether_hq_heard_it_or_not(
    desk: Desk, fate: Fate, fact: PosError, times: int
) -> None:
    with proxied(desk, fate) as (_, way), pytest.raises(type(fact)) as broken:
        ask(way)

    assert vars(broken.value) == vars(fact)
    assert desk.heard == [ASKED.body] * times


def test_a_late_request_reaches_hq_when_nobody_waits_for_it_any_more(desk: Desk) -> None:
    with proxied(desk, Fate.LATE) as (_, way):
        with pytest.raises(HqUnreachable):
            ask(way)
        before = list(desk.heard)
        arrived = desk.reached.wait(30)

    assert before == []
    assert arrived
    assert desk.heard == [ASKED.body]


def test_where_hq_is_gone_a_gateway_says_so_until_it_is_back(desk: Desk) -> None:
    with proxied(desk, Fate.PASSED) as (proxy, way):
        there, proxy.hq = proxy.hq, None
        with pytest.raises(HqUnreachable) as gone:
            ask(way)
        proxy.hq, proxy.weather = there, FAIR
        back = ask(way)

    assert gone.value.outage is Outage.BUSY
    assert back == TOLD
