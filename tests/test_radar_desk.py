"""The fraud radar at the real window: a quiet chip, a list for managers, and nothing in the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from pos_app.ids import MemberId
from pos_app.ledger import alerts, operators
from pos_app.ui.radar_page.view import RadarView
from pos_app.ui.shell.ways import JOURNAL, MEMBER
from tests.ledger.till_hand import amount, give_back, sell
from tests.people import CASHIER
from tests.shop import MANAGER, Shop
from tests.terminal import Home, Key, Till, at_home, words_in

PHONE = "13812340217"


@pytest.fixture
def home(tmp_path: Path, qapp: QApplication) -> Iterator[Home]:
    with at_home(tmp_path, qapp) as made:
        made.found()
        yield made


@pytest.fixture
def member(home: Home) -> MemberId:
    """Return a member whose orders earned points and came back three times."""
    member = home.add_regular(PHONE)
    with home.book() as ledger:
        manager = operators.sign_in(ledger, *MANAGER).id
        shop = Shop(ledger, home.clock, manager)
        for _ in range(3):
            give_back(shop, sell(shop, amount(10_000), member), frozenset({0}))
    return member


def look_up(till: Till) -> None:
    till.desk.shell.counter.scanned(PHONE)
    till.until(lambda: till.desk.shell.counter.member is not None, "the member")


def chip_shown(till: Till) -> bool:
    card = till.desk.window.counter.member.card
    return any("alert" in one.text() for one in card.findChildren(QLabel) if one.isVisible())


def rail_says(till: Till) -> str:
    """Return what a screen reader hears of the journal's button, where the radar lies."""
    buttons = till.desk.window.rail.findChildren(QAbstractButton)
    return next(one.accessibleName() for one in buttons if one.accessibleName()[:7] == "Journal")


def view_of(till: Till) -> RadarView:
    view = till.desk.window.findChild(RadarView)
    assert view is not None
    return view


def open_radar(till: Till) -> RadarView:
    till.desk.shell.go(JOURNAL)
    till.guide.click(till.desk.journal_view.alerts)
    till.until(lambda: bool(till.desk.lookout.page.shown.state.rows), "the list")
    return view_of(till)


@pytest.mark.usefixtures("member")
def test_a_member_who_is_opened_gets_a_chip_and_can_pay_all_the_same(home: Home) -> None:
    till = home.till()
    till.start()
    till.sign_in(*CASHIER)

    look_up(till)
    till.until(lambda: chip_shown(till), "the chip")
    till.sell("88")

    assert till.panel.finished is not None
    assert rail_says(till) == "Journal"


@pytest.mark.usefixtures("member")
def test_a_manager_opens_the_list_an_event_and_says_what_was_found(home: Home) -> None:
    till = home.opened()
    view = open_radar(till)

    view.table.table.setFocus()
    till.guide.press(Key.Key_Down)
    till.guide.press(Key.Key_Return)
    till.until(view.panel.isVisible, "the panel")
    till.guide.press(Key.Key_Escape)
    closed = not view.panel.isVisible()
    till.guide.press(Key.Key_Return)
    till.until(view.panel.isVisible, "the panel")
    said = words_in(view.panel)
    till.guide.fill(view.panel.why, "broken scale")
    till.guide.press(Key.Key_Return)
    till.until(lambda: till.ask(alerts.count_open) == 0, "the dismissal")
    view.panel.events.picked.emit(till.desk.lookout.page.shown.state.detail.events[0].key)  # type: ignore[union-attr]
    till.until(lambda: till.desk.journal.shown.state.explained is not None, "the event")

    assert closed
    assert "At least 3 orders earned points and came back within 30 days." in said
    assert till.desk.shell.shown.state.page == JOURNAL


def test_the_rail_counts_for_a_manager_and_the_alert_leads_to_its_member(
    home: Home, member: MemberId
) -> None:
    till = home.opened()
    look_up(till)
    till.until(lambda: till.ask(alerts.count_open) == 1, "the alert")
    till.desk.shell.go(MEMBER)
    till.desk.sign_in(till.desk.shell.operator)
    till.until(lambda: rail_says(till) == "Journal, 1 alert to be looked at", "the badge")

    view = open_radar(till)
    till.desk.lookout.page.pick(till.desk.lookout.page.shown.state.rows[0].key)
    till.guide.click(view.panel.member)

    till.until(lambda: till.desk.shell.shown.state.page == MEMBER, "the member's page")
    assert member is not None


@pytest.mark.usefixtures("member")
def test_the_end_of_a_shift_looks_at_everything_that_was_done(home: Home) -> None:
    till = home.opened()

    till.desk.shell.sign_out()
    till.until(lambda: till.asks_who, "the sign-in")

    assert till.ask(alerts.count_open) == 1
