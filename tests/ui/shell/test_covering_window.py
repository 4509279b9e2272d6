"""The panel while HQ is asked: nothing on it moves, and patience has an end."""

import pytest
from pytestqt.qtbot import QtBot

from pos_app.sync.facts import HqUnreachable, Outage
from pos_app.ui.checkout.view import CheckoutView
from pos_app.ui.shell.view import MainWindow
from tests.shop import MEMBER_PIN
from tests.ui.checkout.far_hq import FarHq, belongs_to_hq, coupon, hq_tells, value
from tests.ui.shell.till import Till

PATIENCE_MS = 6_000


@pytest.fixture
def hq(till: Till) -> FarHq:
    """Serve a member at an online till, most of whose money lies at HQ."""
    belongs_to_hq(till.shop)
    till.shop.ledger.online = True
    made = FarHq(till.shop, late=True)
    till.checkout.cover_by(made)
    member = till.shop.member(pin=MEMBER_PIN)
    till.shop.top_up(member, 30_000)
    hq_tells(till.shop, member, *value(90_000), coupon())
    till.serve(member, "800")
    return made


def places(panel: CheckoutView) -> list[tuple[int, int, int, int]]:
    parts = (panel, panel.amount, panel.detail, panel.tenders, panel.keypad, panel.call)
    return [part.geometry().getRect() for part in parts]  # type: ignore[misc]


def test_nothing_on_the_panel_moves_whatever_hq_does(
    window: MainWindow, till: Till, hq: FarHq, qtbot: QtBot
) -> None:
    qtbot.wait(5)
    first = places(window.panel)
    seen = []

    till.checkout.pay()
    qtbot.wait(5)
    seen.append(places(window.panel))
    hq.fails = HqUnreachable(Outage.NETWORK)
    hq.answer()
    qtbot.wait(5)
    seen.append(places(window.panel))
    till.checkout.act("held_only")
    qtbot.wait(5)
    seen.append(places(window.panel))
    till.shop.ledger.online = False
    till.counter.look_again(till.checkout.know)
    qtbot.wait(5)
    seen.append(places(window.panel))

    assert seen == [first] * 4


@pytest.mark.usefixtures("hq")
def test_after_three_seconds_cash_is_recommended(
    window: MainWindow, till: Till, qtbot: QtBot
) -> None:
    pane = window.panel.detail.notice
    till.checkout.pay()

    qtbot.waitUntil(lambda: "HQ is slow" in pane.said, timeout=PATIENCE_MS)

    assert not till.panel.call_ready


@pytest.mark.usefixtures("hq")
def test_what_was_answered_in_time_is_never_called_slow(window: MainWindow, till: Till) -> None:
    till.checkout.pay()
    pane = window.panel.detail.notice

    till.checkout.act("cancel")

    assert not pane.waiting


@pytest.mark.usefixtures("hq")
def test_the_total_stands_in_gold_below_what_is_usable_here(window: MainWindow, till: Till) -> None:
    till.shop.ledger.online = False

    till.counter.look_again(till.checkout.know)

    stat = window.counter.member.card.balance
    assert stat.accessibleName() == "Usable here, ¥345.00, ¥1,245.00 in all (12:00)"
