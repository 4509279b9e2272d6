"""The list of what waits for HQ, and one line of it explained."""

from __future__ import annotations

from tests.fakes import FakeClock
from tests.shop import Shop
from tests.tiny_hq import Belonging
from tests.ui.parts.at_the_till import manager_at, sell
from tests.ui.shell.till import FailingDisk, SlowLane
from tests.ui.sync_page.conftest import Desk


def test_a_till_whose_book_is_at_hq_says_so(desk: Desk) -> None:
    desk.sync.beat()

    desk.page.open()

    assert desk.state.rows == ()
    assert desk.state.empty == "Everything is at HQ, and nothing needs anybody."
    assert desk.state.head.tone == "ok"


def test_what_waits_is_listed_in_the_order_of_sending_with_tries_and_reason(
    desk: Desk, shop: Shop
) -> None:
    desk.sync.beat()
    desk.clock.go(minutes=1)
    member = shop.member()
    sell(shop, member)
    desk.go_offline()
    desk.sync.beat()

    desk.page.open()

    assert desk.column(1) == ["Registration", "Sale"]
    assert set(desk.column(4)) == {"Waiting"}
    assert desk.column(5) == ["2", "2"]
    assert desk.column(2)[1] == "王**"
    assert set(desk.column(6)) == {"The network works, but HQ's server does not run."}
    assert desk.column(3)[0] == ""


def test_a_line_that_waits_is_explained_with_both_sides(desk: Desk) -> None:
    desk.page.open()
    desk.page.pick(desk.state.rows[-1].key)

    told = desk.detail
    desk.page.close_detail()

    assert "signed and safe" in told.meaning
    assert told.owner == "Nobody: the till does it by itself"
    assert {side.at_hq for side in told.sides} == {"not yet"}
    assert desk.state.detail is None


def test_a_try_now_that_works_empties_the_list_while_somebody_looks(desk: Desk) -> None:
    desk.page.open()
    before = len(desk.state.rows)

    desk.page.retry()

    assert before > 0
    assert desk.state.rows == ()


def test_nobody_looks_and_nothing_is_read(pair: Belonging, clock: FakeClock, shop: Shop) -> None:
    lane = SlowLane()
    desk = Desk(pair, clock, manager_at(shop), work=lane)
    desk.page.open()
    lane.finish_all()

    desk.page.leave()
    desk.sync.beat()

    assert lane.waiting == 0


def test_a_late_list_never_replaces_a_newer_one(
    pair: Belonging, clock: FakeClock, shop: Shop
) -> None:
    lane = SlowLane()
    desk = Desk(pair, clock, manager_at(shop), work=lane)
    desk.page.open()
    desk.page.open()

    lane.finish(1)
    newest = desk.state
    lane.finish(0)

    assert desk.state == newest
    assert not newest.busy


def test_a_list_that_cannot_be_read_says_why(pair: Belonging, clock: FakeClock, shop: Shop) -> None:
    disk = FailingDisk()
    desk = Desk(pair, clock, manager_at(shop), work=disk)
    disk.fails_before = 1

    desk.page.open()

    assert "disk reported an error" in desk.state.problem
    assert not desk.state.busy
