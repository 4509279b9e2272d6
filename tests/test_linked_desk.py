"""The counter of a till that belongs to an HQ: who is served, what it knows, whom it asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication

from pos_app.ledger.link import Membership, join
from tests.loopback import speaking_for
from tests.terminal import Home, Key, Till, at_home, words_in
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
            tiny.node = node.id.hex
            join(ledger, Membership(node.id, 1, node.store, tiny.signer.public_key, 1))
        home.settings = home.settings.model_copy(update={"hq_url": url})
        yield tiny
        home.close_all()


def online(till: Till) -> None:
    """Let the courier come back from HQ, which gets what nobody at the counter needs."""
    assert till.program.link is not None
    sync = till.program.link.sync
    till.until(lambda: sync.shown.state.beats > 0, "the first beat")


def serve(till: Till) -> None:
    till.scan(PHONE)
    till.until(lambda: till.desk.shell.checkout.member is not None, "the member")


@pytest.mark.usefixtures("hq")
def test_whoever_is_at_the_panel_is_served_and_nobody_else(home: Home) -> None:
    till = home.opened()
    before = till.desk.serving()
    serve(till)
    during = till.desk.serving()

    till.desk.shell.counter.drop()

    member = till.desk.shell.counter.member
    assert before == till.desk.serving() == frozenset()
    assert len(during) == 1
    assert member is None


def test_the_counter_hears_that_hq_came_or_went(home: Home, hq: TinyHq) -> None:
    hq.down = 10_000
    till = home.opened()
    serve(till)
    counter = till.desk.shell.counter
    offline = counter.member is not None and counter.member.online

    hq.down = 0
    assert till.program.link is not None
    till.program.link.sync.beat()
    till.until(lambda: counter.member is not None and counter.member.online, "the news")

    assert not offline
    assert till.desk.shell.checkout.member == counter.member


def test_what_lies_at_hq_is_asked_for_and_a_refusal_takes_nothing(home: Home, hq: TinyHq) -> None:
    till = home.opened()
    online(till)
    serve(till)
    till.ring_up("100", Key.Key_1)

    till.guide.press(Key.Key_F12)
    till.until(lambda: till.panel.notice is not None and not till.panel.locked, "the answer")

    assert any("grants" in one for one in hq.requests)
    assert till.panel.notice is not None
    assert till.panel.notice.text == "HQ did not grant what is missing. Nothing was taken."
    assert [one.text for one in till.panel.notice.actions] == ["Pay by WeChat", "Cash first"]


def test_a_payment_does_not_wait_for_a_beat_that_hangs(home: Home, hq: TinyHq) -> None:
    till = home.opened()
    online(till)
    serve(till)
    till.ring_up("100", Key.Key_1)
    out, over = Event(), Event()
    hq.stall = lambda path: _hang(out, over) if path == "hello" else None
    assert till.program.link is not None
    till.program.link.sync.beat()
    till.until(out.is_set, "a beat that hangs")

    till.guide.press(Key.Key_F12)
    till.until(lambda: till.panel.notice is not None and not till.panel.locked, "the answer")
    hangs = till.program.link.sync.shown.state.beats
    over.set()

    assert till.panel.notice is not None
    assert till.panel.notice.text == "HQ did not grant what is missing. Nothing was taken."
    till.until(lambda: beats(till) > hangs, "the end of the beat")


def beats(till: Till) -> int:
    assert till.program.link is not None
    return till.program.link.sync.shown.state.beats


def _hang(out: Event, over: Event) -> None:
    out.set()
    over.wait()


def test_a_window_that_is_closed_says_once_what_is_not_at_hq(home: Home, hq: TinyHq) -> None:
    hq.down = 10_000
    till = home.opened()
    assert till.program.link is not None
    sync = till.program.link.sync
    till.until(lambda: bool(sync.shown.state.count), "what waits")

    first, told = till.program.stage.close(), words_in(till.program.stage)
    till.program.lock()
    locked = till.program.stage.may_close()

    assert (first, locked) == (False, True)
    assert "Not everything is at HQ, or somebody is needed. Nothing is lost." in told


def test_whoever_signs_out_offline_is_told_and_then_goes(home: Home, hq: TinyHq) -> None:
    hq.down = 10_000
    till = home.opened()
    assert till.program.link is not None
    sync = till.program.link.sync
    till.until(lambda: bool(sync.shown.state.count), "what waits")

    till.desk.shell.sign_out()
    till.until(lambda: "not at HQ yet" in words_in(till.program.stage), "the list")
    page = till.desk.shell.shown.state.page
    till.program.sign_out()

    assert page == "sync"
    assert till.program.stage.scene is till.program.sign_in_view


@pytest.mark.usefixtures("hq")
def test_whoever_signs_out_when_all_is_told_goes_at_once(home: Home) -> None:
    till = home.opened()
    online(till)
    assert till.program.link is not None
    sync = till.program.link.sync
    till.until(lambda: not sync.shown.state.count, "everything told")

    till.desk.shell.sign_out()

    till.until(lambda: till.program.stage.scene is till.program.sign_in_view, "the sign-in")
    assert till.program.stage.may_close()
