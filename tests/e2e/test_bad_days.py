"""What a till and HQ do on a bad day: the network, certificates, clocks, disks and versions."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509

from pos_app.ledger.store.right_rows import Want
from pos_app.sync.cycle import push, run_cycle
from pos_app.sync.facts import Doubt, HqMisbehaved
from pos_app.sync.health import Link
from pos_app.sync.transport import HttpTransport, Reply, Request
from pos_hq import enrolment
from pos_hq.api.server import Listening
from simulation.till import order_of
from tests.certificates import LOOPBACK, certificate_for
from tests.e2e.fault_proxy import FAIR, Fate, FaultProxy
from tests.e2e.stores import Chain, Counter, try_to_pay
from tests.fakes import FakeClock

STALL_S = 2.0
BROKEN = [fate for fate in Fate if fate is not Fate.PASSED]


class Struck(HttpTransport):
    """A way to HQ on which one kind of request meets one fate, as long as there is one."""

    def __init__(self, proxy: FaultProxy, path: str, fate: Fate) -> None:
        super().__init__(proxy.url, answer_s=STALL_S / 2)
        self.proxy, self.path, self.fate = proxy, path, fate

    def send(self, request: Request) -> Reply:
        struck = request.path.startswith(self.path)
        self.proxy.weather = {self.fate: 1} if struck else FAIR
        return super().send(request)


class Slow(HttpTransport):
    """A way to HQ whose every answer takes its time, by the clock of the till it belongs to."""

    till: Counter

    def send(self, request: Request) -> Reply:
        self.till.seconds += 0.5
        return super().send(request)


class Interrupted(HttpTransport):
    """A way to HQ on which something happens while the first answer to one question is awaited."""

    def __init__(self, url: str, path: str) -> None:
        super().__init__(url)
        self.path, self.meanwhile = path, list[Callable[[], object]]()

    def send(self, request: Request) -> Reply:
        reply = super().send(request)
        if request.path == self.path and self.meanwhile:
            self.meanwhile.pop()()
        return reply


def test_a_week_without_hq_is_sold_through_and_told_when_it_is_back(
    chain: Chain, clock: FakeClock
) -> None:
    with chain.serving():
        till = chain.counter(clock)
        member = till.member()
        till.beat()
    for _day in range(7):
        clock.go(days=1)
        chain.clock.go(days=1)
        till.top_up(member, 10_000, till.manager)
        till.sell(member, order_of(2_000, None), till.manager)
        till.sell_for_cash()
        offline = till.beat()

    waiting = till.unsent
    with chain.serving():
        back = till.beat()

    assert (offline.link, offline.waiting) == (Link.OFFLINE, waiting)
    assert waiting > 20
    assert (back.link, back.waiting, chain.cases()) == (Link.ONLINE, 0, [])
    assert till.is_sound()
    assert chain.is_sound()


def test_a_slow_hq_is_called_slow_and_hears_everything(up: Chain, clock: FakeClock) -> None:
    way = Slow(up.url)
    way.till = Counter.__new__(Counter)
    way.till.seconds = 0.0
    till = way.till = up.counter(clock, way=way)
    till.beat()
    till.sell_for_cash()

    news = till.beat()

    assert (news.link, news.waiting) == (Link.SLOW, 0)


@pytest.mark.parametrize("fate", BROKEN)
def test_half_a_push_or_a_doubled_one_books_everything_once(
    up: Chain, clock: FakeClock, fate: Fate
) -> None:
    with FaultProxy(1, stall_s=STALL_S, weather=FAIR) as proxy:
        proxy.hq = ("127.0.0.1", urlsplit(up.url).port or 0)
        way = Struck(proxy, "/v1/events", fate)
        till = up.counter(clock, way=way)
        till.top_up(till.member(), 20_000, till.manager)
        till.beat()

        way.fate = Fate.PASSED
        till.beat()

        assert till.unsent == 0
        assert till.is_sound()
        assert up.is_sound()


@pytest.mark.parametrize("fate", BROKEN)
def test_half_a_grant_or_a_doubled_one_gives_its_rights_once(
    up: Chain, counter: Counter, clock: FakeClock, fate: Fate
) -> None:
    member = counter.member()
    counter.top_up(member, 20_000, counter.manager)
    counter.beat()
    with FaultProxy(1, stall_s=STALL_S, weather=FAIR) as proxy:
        proxy.hq = ("127.0.0.1", urlsplit(up.url).port or 0)
        way = Struck(proxy, "/v1/grants", fate)
        there = up.counter(clock, way=way)
        there.beat()
        had = up.left(member)
        told = try_to_pay(there, member)

        way.fate = Fate.PASSED
        there.beat()
        there.beat()

        spent = 6_000 if told is None else 0
        assert up.left(member) == had - spent
        assert there.unsent == 0
        assert there.is_sound()
        assert up.is_sound()


def test_what_a_payment_fetched_stays_though_a_beat_is_out(
    up: Chain, counter: Counter, clock: FakeClock
) -> None:
    member = counter.member()
    counter.top_up(member, 20_000, counter.manager)
    counter.beat()
    way = Interrupted(up.url, "/v1/hello")
    there = up.counter(clock, way=way)
    there.beat()
    way.meanwhile.append(lambda: there.courier.cover(member, (Want("CNY", 6_000, 6_000),)))

    there.beat()

    assert there.holds(member) == 6_000
    assert there.is_sound()


def test_a_push_that_overtakes_an_answer_is_not_taken_for_an_hq_that_forgot(
    up: Chain, clock: FakeClock
) -> None:
    way = Interrupted(up.url, "/v1/hello")
    till = up.counter(clock, way=way)
    till.beat()
    till.sell_for_cash()
    way.meanwhile.append(lambda: push(till.at, till.hq))

    report = run_cycle(till.at, till.hq)

    assert report.pushed == 0
    assert till.unsent == 0


def test_a_captive_portal_is_believed_in_nothing(up: Chain, clock: FakeClock) -> None:
    with FaultProxy(1, stall_s=STALL_S, weather=FAIR) as proxy:
        proxy.hq = ("127.0.0.1", urlsplit(up.url).port or 0)
        till = up.counter(clock, way=HttpTransport(proxy.url))
        till.beat()
        clock.go(minutes=1)
        till.sell_for_cash()
        proxy.weather = {Fate.PORTAL: 1}

        till.beat()
        portal = till.beat()
        proxy.weather = FAIR
        logged_in = till.beat()

    assert (portal.link, portal.health.cause) == (Link.OFFLINE, Doubt.NOT_HQ.value)
    assert portal.waiting > 0
    assert (logged_in.link, logged_in.waiting) == (Link.ONLINE, 0)


def test_a_wrong_certificate_hears_not_even_a_code(chain: Chain, tmp_path: Path) -> None:
    ours = certificate_for(LOOPBACK, tmp_path / "ours.pem")
    stranger = certificate_for(LOOPBACK, tmp_path / "stranger.pem")
    elsewhere = certificate_for(x509.DNSName("hq.example.com"), tmp_path / "elsewhere.pem")
    for shown, trusted in ((ours, stranger), (elsewhere, elsewhere)):
        with chain.serving(Listening("127.0.0.1", 0, shown, shown)) as url:
            way = HttpTransport(url, certificates=str(trusted))
            with pytest.raises(HqMisbehaved) as doubted:
                chain.counter(FakeClock(), way=way)
            way.close()

            assert answered(url, shown) == 200
            assert doubted.value.doubt is Doubt.CERTIFICATE
            assert enrolment.nodes(chain.hq) == ()

    with chain.serving(Listening("127.0.0.1", 0, ours, ours)) as url:
        way = HttpTransport(url, certificates=str(ours))
        till = chain.counter(FakeClock(), way=way)

        assert till.beat().link is Link.ONLINE
        way.close()


def test_a_clock_six_minutes_off_is_told_and_sells_on(
    up: Chain, counter: Counter, clock: FakeClock
) -> None:
    member = counter.member()
    clock.go(minutes=6)
    counter.top_up(member, 10_000, counter.manager)

    counter.sell(member, order_of(2_000, None), counter.manager)
    news = counter.beat()

    assert news.clock_suspect
    assert [case.type for case in up.cases()] == ["CLOCK_SUSPECT"]
    assert counter.is_sound()


def test_a_clock_five_years_ahead_takes_nothing_from_anybody(
    up: Chain, counter: Counter, clock: FakeClock
) -> None:
    member = counter.member()
    counter.top_up(member, 10_000, counter.manager)
    counter.beat()
    had = up.left(member)
    clock.go(days=5 * 365)
    counter.sell_for_cash()
    ahead = counter.beat()

    clock.go(days=-5 * 365)
    counter.sell_for_cash()
    refused = try_to_pay(counter, member)

    assert ahead.clock_suspect
    assert {case.type for case in up.cases()} == {"CLOCK_SUSPECT"}
    assert type(refused).__name__ == "ClockSetBack"
    assert up.left(member) == had
    assert counter.is_sound()
    assert up.is_sound()


def answered(url: str, certificate: Path) -> int:
    """Ask as somebody who takes this certificate for HQ's, whatever name it bears."""
    tls = ssl.create_default_context(cafile=certificate)
    tls.check_hostname = False
    with closing(HTTPSConnection(urlsplit(url).netloc, context=tls, timeout=10)) as way:
        way.request("GET", "/v1/hello")
        return way.getresponse().status
