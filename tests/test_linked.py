"""The whole program with an HQ: badge, banner, page, and a clean end even when HQ hangs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtWidgets import QApplication

from pos_app.ledger.link import Membership, join
from pos_app.linked import PATIENCE_S
from pos_app.ui.parts.link import SyncState
from pos_app.ui.shell.ways import SYNC
from pos_app.ui.sync_page.view import SyncView
from tests.loopback import speaking_for
from tests.terminal import CONTROL, Home, Key, Till, at_home
from tests.tiny_hq import TinyHq

PHONE = "13812340217"


@pytest.fixture
def home(tmp_path: Path, qapp: QApplication) -> Iterator[Home]:
    with at_home(tmp_path, qapp) as made:
        yield made


@pytest.fixture
def hq(home: Home) -> Iterator[TinyHq]:
    """Found a book that belongs to a tiny HQ on loopback."""
    home.found()
    home.add_regular(PHONE)
    tiny = TinyHq(home.clock)
    with speaking_for(tiny) as url:
        with home.book() as ledger:
            node = ledger.node
            join(ledger, Membership(node.id, 1, node.store, tiny.signer.public_key, 1))
        home.settings = home.settings.model_copy(update={"hq_url": url})
        yield tiny
        home.close_all()


def link(till: Till) -> SyncState:
    assert till.program.link is not None
    return till.program.link.sync.shown.state


def badge(till: Till) -> str:
    """Return what the status bar says of the link."""
    entries = till.desk.shell.shown.state.status
    return next(one.text for one in entries if one.name == "sync")


def beat_till(till: Till, wanted: str) -> None:
    """Let the courier go out until the badge says so."""
    assert till.program.link is not None
    sync = till.program.link.sync

    def said() -> bool:
        sync.beat()
        return wanted in badge(till)

    till.until(said, wanted)


def test_the_badge_comes_online_and_the_book_is_at_hq(home: Home, hq: TinyHq) -> None:
    till = home.opened()

    till.until(lambda: "Online" in badge(till), "the first beat")

    assert link(till).badge.tone == "ok"
    assert len(hq.events) > 5


def test_a_sale_is_at_hq_within_a_second_or_two(home: Home, hq: TinyHq) -> None:
    till = home.opened()
    till.until(lambda: "Online" in badge(till), "the first beat")

    till.sell("12")
    till.until(lambda: b'"SALE"' in hq.events[-1], "the sale at HQ")
    till.until(lambda: link(till).waiting == 0, "the news of it")

    assert link(till).count == ""


def test_a_till_that_loses_hq_says_since_when_and_what_still_works(home: Home, hq: TinyHq) -> None:
    till = home.opened()
    till.until(lambda: "Online" in badge(till), "the first beat")
    home.clock.go(minutes=1)
    hq.down = 10_000
    beat_till(till, "Offline")
    till.sell("12")
    home.clock.go(minutes=2, seconds=14)
    till.until(lambda: "2 min 14 s · " in badge(till), "the badge to count")
    banner = till.desk.shell.shown.state.banner
    window = till.desk.window

    assert "to sync" in badge(till)
    assert banner is not None
    assert banner.title == "Offline, the till goes on"
    assert window.counter.banner.isVisible()
    till.guide.click(window.counter.banner.action)
    assert till.desk.shell.shown.state.page == SYNC
    hq.down = 0
    beat_till(till, "Online")
    assert till.desk.shell.shown.state.banner is None


def test_the_page_lists_what_waits_and_explains_it(home: Home, hq: TinyHq) -> None:
    hq.down = 10_000
    till = home.opened()
    beat_till(till, "Offline")
    till.sell("12")
    assert till.program.link is not None
    page = till.program.link.page

    till.desk.shell.go(SYNC)
    till.until(lambda: bool(page.shown.state.rows), "the rows")
    page.pick(page.shown.state.rows[-1].key)
    till.until(lambda: page.shown.state.detail is not None, "the explanation")

    last = page.shown.state.rows[-1].cells
    assert (last[1], last[3], last[4]) == ("Sale", "+\u2009¥12.00", "Waiting")
    assert int(last[5]) > 0
    assert page.shown.state.detail is not None
    assert "signed and safe" in page.shown.state.detail.meaning


def test_a_press_on_the_badge_opens_the_page_and_escape_closes_one_layer(
    home: Home, hq: TinyHq
) -> None:
    hq.down = 10_000
    till = home.opened()
    beat_till(till, "Offline")
    assert till.program.link is not None
    page, window = till.program.link.page, till.desk.window

    window.status.pressed.emit("printer")
    elsewhere = till.desk.shell.shown.state.page
    window.status.pressed.emit("sync")
    till.until(lambda: bool(page.shown.state.rows), "the rows")
    view = window.findChild(SyncView)
    assert view is not None
    table = view.table.table
    table.setFocus()
    table.selectRow(0)
    till.guide.press(Key.Key_Escape)
    closed = page.shown.state.detail
    till.guide.press(Key.Key_Escape)

    assert elsewhere != SYNC
    assert closed is None
    assert till.desk.shell.shown.state.page != SYNC


def test_an_exception_of_hq_is_counted_on_rail_and_badge(home: Home, hq: TinyHq) -> None:
    hq.open_case("COUPON_DOUBLE", amount=3000, unit="CNY", here={"points": 3}, there={"points": 5})
    till = home.opened()

    till.until(lambda: badge(till) == "1 needs attention", "the exception")

    assert link(till).badge.tone == "danger"
    assert till.desk.shell.shown.state.link is not None
    assert till.desk.shell.shown.state.link.count == "1"


@pytest.mark.usefixtures("hq")
def test_the_refresh_key_goes_to_hq_at_once(home: Home) -> None:
    till = home.opened()
    till.until(lambda: "Online" in badge(till), "the first beat")
    before = link(till).beats

    till.guide.press(Key.Key_F5)
    till.until(lambda: link(till).beats > before, "the beat")

    assert "Online" in badge(till)


@pytest.mark.usefixtures("hq")
def test_the_courier_goes_on_while_the_till_is_locked(home: Home) -> None:
    till = home.opened()
    till.until(lambda: "Online" in badge(till), "the first beat")
    till.guide.press(Key.Key_L, CONTROL)
    till.until(lambda: till.asks_who, "the lock")
    before = link(till).beats

    assert till.program.link is not None
    till.program.link.sync.beat()
    till.until(lambda: link(till).beats > before, "a beat behind the lock")

    assert till.asks_who


def test_closing_ends_the_lane_within_its_patience_while_hq_hangs(home: Home, hq: TinyHq) -> None:
    go_on = threading.Event()
    hq.lag = lambda _path: (go_on.wait(20), None)[1]
    till = home.opened()
    till.until(lambda: bool(hq.requests), "a request under way")
    begun = monotonic()

    home.close(till)
    took = monotonic() - begun
    go_on.set()

    assert took < PATIENCE_S + 3
    home.book().close()


def test_a_till_without_an_hq_stands_alone(home: Home) -> None:
    home.found()

    till = home.opened()

    assert badge(till) == "Stand-alone"
    assert till.program.link is None


def test_no_state_of_the_link_makes_the_window_larger(home: Home, hq: TinyHq) -> None:
    till = home.opened()
    till.until(lambda: "Online" in badge(till), "the first beat")
    till.program.stage.resize(1280, 720)
    till.scan(PHONE)
    till.until(lambda: till.desk.shell.counter.member is not None, "the member")
    window, sizes = till.desk.window, list[tuple[int, int]]()

    def measure() -> None:
        till.guide.wait(30)
        sizes.append((window.minimumSizeHint().width(), window.minimumSizeHint().height()))

    measure()
    home.clock.go(minutes=1)
    hq.down = 10_000
    beat_till(till, "Offline")
    home.clock.go(hours=23, minutes=54)
    till.until(lambda: "23 h 54 min" in badge(till), "the badge to count")
    measure()
    hq.down = 0
    hq.wrong_totals = 77
    beat_till(till, "Needs attention")
    measure()
    till.desk.shell.go(SYNC)
    till.guide.wait(100)
    measure()

    assert len({width for width, _height in sizes}) == 1
    assert all(height <= 720 for _width, height in sizes)
