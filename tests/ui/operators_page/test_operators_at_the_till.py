"""The operators page in the whole program: who may open it, and what a lock does to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QToolButton

from pos_app.ledger.appointments import listed
from pos_app.ui.operators_page.view import OperatorsView
from tests.people import CASHIER
from tests.shop import MANAGER
from tests.terminal import CONTROL, Home, Key, Till, at_home, words_in

NEWCOMER = ("1002", "951246")


@pytest.fixture
def home(tmp_path: Path, qapp: QApplication) -> Iterator[Home]:
    with at_home(tmp_path, qapp) as made:
        made.found()
        yield made


def page_of(till: Till) -> OperatorsView:
    found = till.desk.window.findChildren(OperatorsView)
    assert len(found) == 1
    return found[0]


def open_page(till: Till) -> OperatorsView:
    """Press the page's button on the rail."""
    buttons = till.desk.window.rail.findChildren(QToolButton)
    till.guide.click(next(one for one in buttons if one.text() == "Operators"))
    view = page_of(till)
    till.until(view.isVisible, "the operators page")
    return view


def lock(till: Till) -> None:
    till.guide.press(Key.Key_L, CONTROL)
    till.until(lambda: till.asks_who, "the lock screen")


def test_a_manager_adds_a_cashier_who_then_works_at_this_till(home: Home) -> None:
    till = home.opened()
    view = open_page(till)
    till.until(lambda: bool(till.desk.operators.shown.state.rows), "the list")
    till.guide.click(view.new)
    sheet = view.sheet

    sheet.name.setText("李雷")
    for field, text in ((sheet.number, NEWCOMER[0]), (sheet.pin, NEWCOMER[1])):
        till.guide.fill(field, text)
    till.guide.fill(sheet.pin_again, NEWCOMER[1])
    till.guide.fill(sheet.own_pin, MANAGER[1])
    till.until(lambda: len(till.desk.operators.shown.state.rows) == 3, "the newcomer")

    assert not sheet.isVisible()
    assert [card.number for card in till.ask(listed)] == ["0001", "1001", "1002"]
    home.close(till)
    other = home.till()
    other.start()
    other.sign_in(*NEWCOMER)
    assert other.desk.shell.shown.state.who == "李雷 · 1002"


def test_a_cashier_finds_the_page_shut_with_the_reason(home: Home) -> None:
    till = home.till()
    till.start()
    till.sign_in(*CASHIER)

    view = open_page(till)

    assert "Only a manager sees and changes who works here." in words_in(view)
    assert not view.new.isVisible()
    assert "林晓雯" not in words_in(view)


def test_the_list_does_not_outlive_a_lock_for_whoever_comes_next(home: Home) -> None:
    till = home.till()
    till.start()
    till.sign_in(*CASHIER)
    open_page(till)
    lock(till)

    till.sign_in()
    till.until(lambda: bool(till.desk.operators.shown.state.rows), "the manager's list")

    assert till.desk.shell.shown.state.page == "operators"
    assert till.desk.operators.shown.state.refused == ""


def test_a_lock_closes_the_sheet_and_forgets_what_was_typed(home: Home) -> None:
    till = home.opened()
    view = open_page(till)
    till.guide.click(view.new)
    till.guide.fill(view.sheet.pin, NEWCOMER[1])

    till.desk.shell.lock()
    till.until(lambda: till.asks_who, "the lock screen")

    assert not view.sheet.isVisible()
    assert view.sheet.pin.text() == ""
    assert till.desk.operators.shown.state.sheet is None
    assert len(till.ask(listed)) == 2


def test_escape_leads_back_to_the_counter(home: Home) -> None:
    till = home.opened()
    open_page(till)

    till.guide.press(Key.Key_Escape)

    assert till.desk.shell.shown.state.page == "counter"
