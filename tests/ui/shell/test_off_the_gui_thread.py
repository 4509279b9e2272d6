"""The till with its ledger on a thread of its own, as in the shop."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.work import Lane
from tests.fakes import FakeClock
from tests.shop import MEMBER_PIN, Shop, open_shop
from tests.ui.shell.till import Till, till_of


class Away:
    """Does things on the ledger's own thread, and waits for them."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    def do(self, task: Callable[[], object]) -> None:
        done = Event()

        def marked() -> None:
            try:
                task()
            finally:
                done.set()

        self._lane.run(marked, done=_ignored, failed=_ignored)
        assert done.wait(30)


def _ignored(_answer: object) -> None:
    """Nothing is expected back."""


@pytest.fixture
def lane() -> Iterator[Lane]:
    made = Lane("ledger")
    yield made
    made.close()


def test_a_whole_sale_never_touches_the_ledger_on_the_gui_thread(
    tmp_path: Path, clock: FakeClock, lane: Lane, qtbot: QtBot
) -> None:
    shops: list[Shop] = []
    away = Away(lane)
    away.do(lambda: shops.append(open_shop(tmp_path, clock)))
    shop = shops[0]
    away.do(lambda: shop.top_up(shop.member(pin=MEMBER_PIN), 100_000))
    till: Till = till_of(shop, lane)

    till.shell.scanned("13812340217")
    qtbot.waitUntil(lambda: till.counter.member is not None)
    till.checkout.amount_edited("328")
    qtbot.waitUntil(lambda: till.panel.call_ready)
    till.checkout.pay()
    qtbot.waitUntil(lambda: till.shell.second_factor.shown.state.amount == "¥328.00")
    till.prove()
    qtbot.waitUntil(lambda: till.panel.finished is not None)

    assert len(till.heard.slips) == 1
    away.do(shop.ledger.close)
