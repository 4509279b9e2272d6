"""The courier between a real ledger and a tiny honest HQ that loses answers."""

from datetime import timedelta

import pytest

from pos_app.ids import MemberId
from pos_app.ledger import outbox
from pos_app.ledger.link import link_state
from pos_app.ledger.outbox import HoldingsDiffer
from pos_app.ledger.store.right_rows import Want
from pos_app.sync.facts import (
    HqOlder,
    HqRefused,
    HqUnreachable,
    Outage,
    Rewound,
    TerminalOlder,
)
from pos_app.sync.health import Link
from pos_app.sync.wire import Problem
from tests.fakes import FakeClock
from tests.shop import Shop
from tests.tiny_hq import Belonging, belonging


@pytest.fixture
def pair(shop: Shop, clock: FakeClock) -> Belonging:
    return belonging(shop.ledger, clock)


def test_one_beat_brings_everything_to_hq(pair: Belonging, shop: Shop) -> None:
    shop.member()

    news = pair.courier.beat()

    assert news.link is Link.ONLINE
    assert (news.waiting, news.oldest) == (0, None)
    assert outbox.unsent(shop.ledger).count == 0
    assert len(pair.hq.events) > 3
    assert shop.ledger.online


def test_a_lost_answer_costs_a_retry_and_no_duplicate(pair: Belonging, shop: Shop) -> None:
    pair.courier.beat()
    shop.member()
    before = len(pair.hq.events)
    pair.hq.lag = lambda path: setattr(pair.hq, "lose_answers", int(path == "events"))

    broken = pair.courier.beat()
    pair.hq.lag = lambda _path: None
    well = pair.courier.beat()

    assert broken.health.cause == "timeout"
    assert broken.waiting == 1
    assert well.waiting == 0
    assert len(pair.hq.events) == before + 1


def test_events_are_counted_while_hq_is_down_and_go_when_it_is_back(
    pair: Belonging, shop: Shop, clock: FakeClock
) -> None:
    pair.hq.down = 2
    first = pair.courier.beat()
    shop.member()
    second = pair.courier.beat()
    clock.go(seconds=3)

    back = pair.courier.beat()

    assert (first.link, second.link) == (Link.OFFLINE, Link.OFFLINE)
    assert second.waiting == first.waiting + 1
    assert second.health.cause == Outage.REFUSED
    assert back.link is Link.ONLINE
    assert back.waiting == 0


def test_the_ledger_knows_whether_hq_answers(pair: Belonging, shop: Shop, clock: FakeClock) -> None:
    pair.courier.beat()
    clock.go(seconds=60)
    pair.hq.down = 2
    pair.courier.beat()
    still = shop.ledger.online

    pair.courier.beat()

    assert still
    assert not shop.ledger.online


def test_the_latency_is_measured(pair: Belonging) -> None:
    def lag(_path: str) -> None:
        pair.seconds.now += 0.5

    pair.hq.lag = lag

    news = pair.courier.beat()

    assert news.link is Link.SLOW
    assert news.health.latency >= timedelta(seconds=2)


def test_another_copy_of_the_disk_needs_a_person(pair: Belonging) -> None:
    pair.hq.events += [b"{}"] * 99
    pair.hq.hashes += [b"x" * 32] * 99

    news = pair.courier.beat()

    assert isinstance(news.trouble, Rewound)
    assert (news.link, news.health.needs) == (Link.ACTION, "Rewound")


def test_sums_that_differ_need_a_person_and_freeze_the_spending(
    pair: Belonging, shop: Shop
) -> None:
    pair.hq.wrong_totals = 500

    news = pair.courier.beat()

    assert isinstance(news.trouble, HoldingsDiffer)
    assert link_state(shop.ledger).frozen == "holdings_differ"


@pytest.mark.parametrize(
    ("proto", "kinds", "fact"), [((2, 3), None, TerminalOlder), ((1, 1), {"SALE": 1}, HqOlder)]
)
def test_versions_that_do_not_meet_need_a_person(
    pair: Belonging, proto: tuple[int, int], kinds: dict[str, int] | None, fact: type
) -> None:
    pair.hq.proto = proto
    pair.hq.kinds = kinds or pair.hq.kinds

    assert isinstance(pair.courier.beat().trouble, fact)


def test_a_revoked_till_is_told_and_keeps_everything(pair: Belonging, shop: Shop) -> None:
    pair.hq.refuses["session"] = Problem(code="revoked")
    waiting = outbox.unsent(shop.ledger).count

    news = pair.courier.beat()

    assert isinstance(news.trouble, HqRefused)
    assert news.trouble.code == "revoked"
    assert news.waiting == waiting


def test_an_open_exception_needs_somebody(pair: Belonging) -> None:
    pair.hq.open_case("COUPON_DOUBLE")

    news = pair.courier.beat()

    assert (news.link, news.open_cases) == (Link.ACTION, 1)


def test_a_clock_six_minutes_off_is_told(pair: Belonging) -> None:
    pair.hq.clock_off = timedelta(minutes=6)

    assert pair.courier.beat().clock_suspect


def test_an_answer_without_hqs_signature_is_not_believed(pair: Belonging) -> None:
    pair.hq.signer = type(pair.hq.signer)(b"z" * 32)

    news = pair.courier.beat()

    assert news.health.cause == "not_hq"


def test_a_connection_that_moves_nothing_is_made_anew(
    pair: Belonging, shop: Shop, clock: FakeClock
) -> None:
    pair.courier.beat()
    clock.go(minutes=6)
    shop.member()
    pair.hq.down = 1

    pair.courier.beat()

    assert pair.renewed == [True]


def test_covering_a_payment_asks_hq_and_books_its_no(pair: Belonging, shop: Shop) -> None:
    member: MemberId = shop.member()
    pair.courier.beat()
    before = len(pair.hq.requests)

    pair.courier.cover(member, (Want("CNY", 500, 500),))

    assert pair.hq.requests[before:] == ["grants"]


def test_what_hq_does_not_know_yet_is_told_before_it_is_asked(pair: Belonging, shop: Shop) -> None:
    pair.courier.beat()
    member: MemberId = shop.member()
    before = len(pair.hq.requests)

    pair.courier.cover(member, (Want("CNY", 500, 500),))

    assert pair.hq.requests[before:] == ["events", "grants"]


def test_covering_a_payment_while_hq_is_down_is_told_to_the_till(
    pair: Belonging, shop: Shop
) -> None:
    member: MemberId = shop.member()
    pair.hq.down = 9

    with pytest.raises(HqUnreachable):
        pair.courier.cover(member, (Want("CNY", 500, 500),))


def test_the_wait_follows_the_health(pair: Belonging) -> None:
    calm = pair.courier.wait_s(0.5)
    pair.hq.down = 1
    pair.courier.beat()

    assert calm == 5
    assert pair.courier.wait_s(1.0) == 1


def test_a_long_tale_is_read_a_page_a_beat_and_said_so(pair: Belonging, shop: Shop) -> None:
    pair.hq.more = 2
    first = pair.courier.beat()
    at_once = pair.courier.wait_s(0.5)
    shop.member()
    pair.hq.requests.clear()

    second = pair.courier.beat()
    asked = list(pair.hq.requests)
    last = pair.courier.beat()

    assert (first.link, first.reading, at_once) == (Link.SYNCING, True, 0)
    assert "hello" not in asked
    assert asked[0] == "events"
    assert second.waiting == 0
    assert (last.link, last.reading, pair.courier.wait_s(0.5)) == (Link.ONLINE, False, 5)


def test_a_long_tale_keeps_nothing_waiting_that_a_whole_cycle_does(pair: Belonging) -> None:
    pair.hq.more = 3
    pair.hq.clock_off = timedelta(minutes=6)
    pair.courier.beat()
    told = pair.courier.beat()
    pair.hq.requests.clear()
    pair.seconds.now += 5

    pair.courier.beat()

    assert told.clock_suspect
    assert pair.hq.requests[0] == "hello"


def test_a_tale_that_breaks_off_waits_like_everything_else(pair: Belonging) -> None:
    pair.hq.more = 9
    pair.courier.beat()
    pair.hq.down = 2

    broken = pair.courier.beat()
    wait = pair.courier.wait_s(1.0)
    pair.hq.down = 0
    back = pair.courier.beat()

    assert (broken.reading, wait) == (False, 1)
    assert back.reading
