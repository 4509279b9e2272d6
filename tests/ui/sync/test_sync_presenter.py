"""The link to HQ in the window: what the courier says, when it goes out, and no flapping."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.link import link_state
from pos_app.sync.facts import Outage
from pos_app.ui.kit.work import Inline
from pos_app.ui.parts.link import SyncState
from pos_app.ui.sync.presenter import SyncDoors, SyncPresenter
from pos_app.ui.work import Work
from tests.fakes import FakeClock
from tests.shop import Shop
from tests.tiny_hq import Belonging, belonging
from tests.ui.shell.till import FailingDisk, SlowLane


@dataclass
class Desk:
    """A presenter on a real ledger, with lanes that a test may hold up."""

    pair: Belonging
    clock: FakeClock
    ledger_lane: Work = field(default_factory=Inline)
    network: Work = field(default_factory=Inline)
    alarms: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        doors = SyncDoors(self.ledger_lane, self.network, self.clock, lambda: 1.0)
        self.sync = SyncPresenter(self.pair.ledger, self.pair.courier, doors)
        self.sync.attach_alarm(self.alarms.append)

    @property
    def state(self) -> SyncState:
        return self.sync.shown.state

    def go_offline(self) -> None:
        self.clock.go(minutes=1)
        self.pair.hq.down = 1_000
        self.sync.beat()
        self.sync.beat()


@pytest.fixture
def pair(shop: Shop, clock: FakeClock) -> Belonging:
    return belonging(shop.ledger, clock)


@pytest.fixture
def desk(pair: Belonging, clock: FakeClock) -> Desk:
    return Desk(pair, clock)


def test_before_the_first_answer_it_connects(pair: Belonging, clock: FakeClock) -> None:
    desk = Desk(pair, clock, network=SlowLane())

    desk.sync.beat()
    desk.sync.tick()

    assert desk.state.badge.text == "Connecting to HQ …"
    assert desk.state.banner is None
    assert desk.state.busy


def test_it_comes_online_and_says_how_quickly(desk: Desk) -> None:
    desk.pair.hq.lag = lambda _path: setattr(
        desk.pair.seconds, "now", desk.pair.seconds.now + 0.007
    )

    desk.sync.beat()

    assert desk.state.badge.text == "Online · 49 ms"
    assert (desk.state.badge.tone, desk.state.count, desk.state.cause) == ("ok", "", "")
    assert desk.alarms == [5_000]


def test_a_late_answer_is_a_slow_network(desk: Desk) -> None:
    desk.pair.hq.lag = lambda _path: setattr(desk.pair.seconds, "now", desk.pair.seconds.now + 0.55)

    desk.sync.beat()

    assert desk.state.badge.text == "Slow network · 3.8 s"


def test_offline_counts_the_time_and_what_waits(desk: Desk, shop: Shop) -> None:
    desk.sync.beat()
    desk.go_offline()
    alone = desk.state
    shop.member()
    desk.clock.go(minutes=2, seconds=14)

    desk.sync.tick()
    desk.sync.tick()

    assert alone.badge.text == "Offline · for 0 s"
    assert desk.state.badge.text == "Offline · for 2 min 14 s · 1 to sync"
    assert desk.state.badge.said == "Offline · 1 to sync"
    assert desk.state.cause == "The network works, but HQ's server does not run."
    assert desk.state.banner is not None
    assert desk.state.banner.action == "Show 1 to sync"
    assert (desk.state.count, desk.state.failures) == ("1", 2)


def test_one_lost_probe_changes_no_badge(desk: Desk) -> None:
    desk.sync.beat()
    before = desk.state.badge
    desk.clock.go(minutes=1)
    desk.pair.hq.down = 1

    desk.sync.beat()

    assert desk.state.badge == before
    assert desk.state.banner is None


def test_a_commit_goes_to_hq_within_a_second(desk: Desk, shop: Shop) -> None:
    desk.sync.beat()
    shop.member()
    before = len(desk.pair.hq.events)

    desk.sync.tick()

    assert len(desk.pair.hq.events) == before + 1
    assert desk.state.count == ""


def test_a_commit_while_offline_waits_for_the_alarm(desk: Desk, shop: Shop) -> None:
    desk.go_offline()
    asked = len(desk.pair.hq.requests)
    shop.member()

    desk.sync.tick()

    assert len(desk.pair.hq.requests) == asked


def test_before_any_news_a_commit_does_not_send_a_second_courier(
    pair: Belonging, clock: FakeClock
) -> None:
    network = SlowLane()
    desk = Desk(pair, clock, network=network)
    desk.sync.tick()

    desk.sync.beat()
    desk.sync.beat()

    assert network.waiting == 1


def test_a_long_push_shows_how_far_it_is(pair: Belonging, clock: FakeClock, shop: Shop) -> None:
    network = SlowLane()
    desk = Desk(pair, clock, network=network)
    desk.sync.beat()
    network.finish()
    shop.member()
    shop.member("13900000001", name="李雷")

    desk.sync.tick()
    desk.sync.tick()
    shown = desk.state.badge.text
    network.finish()

    assert shown == "Syncing 0/2"
    assert desk.state.badge.text.startswith("Online")


def test_counting_does_not_queue_up_behind_a_busy_ledger(pair: Belonging, clock: FakeClock) -> None:
    ledger = SlowLane()
    desk = Desk(pair, clock, ledger_lane=ledger)

    desk.sync.tick()
    desk.sync.tick()

    assert ledger.waiting == 1


def test_a_ledger_that_cannot_count_is_asked_again(pair: Belonging, clock: FakeClock) -> None:
    disk = FailingDisk()
    desk = Desk(pair, clock, ledger_lane=disk)
    disk.fails_before = 1
    desk.sync.tick()

    desk.sync.tick()

    assert desk.state.waiting > 0


def test_a_ledger_that_fails_the_courier_is_told_and_tried_again(
    pair: Belonging, clock: FakeClock
) -> None:
    disk = FailingDisk()
    desk = Desk(pair, clock, network=disk)
    disk.fails_before = 1
    desk.sync.beat()
    broken = desk.state

    desk.sync.beat()

    assert broken.badge.text == "Needs attention"
    assert broken.banner is not None
    assert "disk reported an error" in broken.banner.text
    assert len(desk.alarms) == 2
    assert desk.state.badge.text.startswith("Online")


def test_what_only_a_person_can_mend_is_said_in_a_sentence(desk: Desk) -> None:
    desk.pair.hq.wrong_totals = 500

    desk.sync.beat()

    assert desk.state.badge.text == "Needs attention"
    assert desk.state.banner is not None
    assert desk.state.banner.tone == "danger"
    assert "here ¥0.00, at HQ ¥5.00" in desk.state.cause
    assert link_state(desk.pair.ledger).frozen


def test_trouble_with_something_waiting_counts_it(desk: Desk) -> None:
    desk.pair.hq.events += [b"{}"] * 99
    desk.pair.hq.hashes += [b"x" * 32] * 99

    desk.sync.beat()

    assert desk.state.badge.text.startswith("Needs attention · ")
    assert desk.state.badge.text.endswith(" to sync")


def test_open_exceptions_are_counted_before_anything_else(desk: Desk) -> None:
    desk.pair.hq.open_case("COUPON_DOUBLE")
    desk.pair.hq.open_case("DUP_MEMBER")

    desk.sync.beat()

    assert desk.state.badge.text == "2 need attention"
    assert (desk.state.count, desk.state.banner) == ("2", None)


def test_a_clock_six_minutes_off_gets_its_banner(desk: Desk) -> None:
    desk.pair.hq.clock_off = timedelta(minutes=6)

    desk.sync.beat()

    assert desk.state.banner is not None
    assert "more than five minutes" in desk.state.banner.title


def test_the_member_at_the_counter_keeps_what_is_here(desk: Desk, shop: Shop) -> None:
    member: MemberId = shop.member()
    shop.top_up(member, 100_000)
    desk.sync.serving = lambda: {member}

    desk.sync.beat()
    kept = any(b'"RETURN"' in one for one in desk.pair.hq.events)
    desk.sync.serving = frozenset
    shop.top_up(member, 10_000)
    desk.sync.beat()

    assert not kept
    assert any(b'"RETURN"' in one for one in desk.pair.hq.events)


def test_without_a_timer_nothing_breaks(pair: Belonging, clock: FakeClock) -> None:
    doors = SyncDoors(Inline(), Inline(), clock, lambda: 0.0)
    sync = SyncPresenter(pair.ledger, pair.courier, doors)

    sync.beat()

    assert sync.shown.state.beats == 1


@pytest.mark.parametrize("outage", list(Outage))
def test_every_outage_has_its_cause(desk: Desk, outage: Outage) -> None:
    desk.pair.hq.outage = outage

    desk.go_offline()

    assert desk.state.cause.endswith(".")
    assert desk.state.cause != "The link to HQ needs somebody."


def test_much_that_hq_has_to_tell_is_shown_and_read_on_at_once(desk: Desk) -> None:
    desk.pair.hq.more = 1

    desk.sync.beat()
    reading, beats = desk.state, desk.state.beats
    desk.sync.beat()

    assert (reading.badge.text, desk.alarms[0], beats) == ("Syncing", 0, 0)
    assert (desk.state.badge.text, desk.alarms[1], desk.state.beats) == ("Online", 5000, 1)
