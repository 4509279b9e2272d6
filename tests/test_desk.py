"""The counter put together: who works here, where scans go, and who may open the drawer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pos_app.ledger.journal_page import JournalFilter, explain, page
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store.event import Kind
from tests.escpos_decoder import decode
from tests.people import CASHIER
from tests.receipt_printers import TcpPrinter
from tests.shop import MANAGER
from tests.terminal import (
    CONTROL,
    Home,
    Key,
    Till,
    at_home,
    latest,
    sales_in,
    words_in,
)

PHONE = "13812340217"


@pytest.fixture
def home(tmp_path: Path, qapp: QApplication) -> Iterator[Home]:
    with at_home(tmp_path, qapp) as made:
        made.found()
        yield made


def lock(till: Till) -> None:
    till.guide.press(Key.Key_L, CONTROL)
    till.until(lambda: till.asks_who, "the lock screen")


def drawers(printer: TcpPrinter) -> int:
    return sum("drawer" in decode(job).events for job in printer.jobs)


def test_a_lock_keeps_the_order_for_whoever_comes_back(home: Home) -> None:
    till = home.opened()
    till.ring_up("128.5")

    lock(till)
    till.sign_in()

    assert till.panel.amount == "128.5"
    till.guide.press(Key.Key_F12)
    till.until(lambda: till.panel.finished is not None, "the payment")
    assert till.ask(sales_in) == 1


def test_behind_the_lock_no_key_reaches_the_order(home: Home) -> None:
    till = home.opened()
    till.ring_up("128.5")
    lock(till)

    till.guide.press(Key.Key_F12)
    till.guide.press(Key.Key_F2)
    till.guide.press(Key.Key_Escape)

    assert till.asks_who
    assert till.ask(sales_in) == 0
    assert till.panel.amount == "128.5"


def test_a_manager_takes_over_a_cashiers_till_with_its_order(home: Home) -> None:
    till = home.till()
    till.start()
    till.sign_in(*CASHIER)
    till.ring_up("88")
    lock(till)

    till.sign_in()
    till.guide.press(Key.Key_F12)
    till.until(lambda: till.panel.finished is not None, "the payment")

    assert till.ask(latest).stamp.operator_number == MANAGER[0]
    assert till.desk.shell.shown.state.who == f"林晓雯 · {MANAGER[0]}"


def test_a_till_that_nobody_touches_locks_itself(home: Home) -> None:
    till = home.opened()
    till.ring_up("88")
    idle = till.desk.window.idle
    timer = idle.findChild(QTimer)
    assert timer is not None
    usual_ms = timer.interval()

    timer.start(1)
    till.until(lambda: till.asks_who, "the lock screen")
    timer.setInterval(usual_ms)

    assert "Locked by 林晓雯" in words_in(till.program.stage)
    assert not idle.running
    till.sign_in()
    assert idle.running
    assert usual_ms == 1_000 * till.ask(lambda book: book.programme.session.idle_lock_seconds)
    assert till.panel.amount == "88"


def test_the_idle_time_counts_only_while_somebody_works_here(home: Home) -> None:
    till = home.till()

    till.start()
    at_the_sign_in = till.desk.window.idle.running
    till.sign_in()

    assert not at_the_sign_in
    assert till.desk.window.idle.running


def test_a_lock_puts_an_open_sheet_away_with_what_was_typed_on_it(home: Home) -> None:
    till = home.opened()
    till.guide.press(Key.Key_F3)
    sheet = till.desk.register_sheet
    till.until(sheet.isVisible, "the registration sheet")
    sheet.phone.setText(PHONE)

    till.desk.shell.lock()
    till.until(lambda: till.asks_who, "the lock screen")

    assert not sheet.isVisible()
    assert not till.desk.window.sheet_is_open
    till.sign_in()


def test_a_scan_at_the_sign_in_does_nothing_but_take_a_badges_number(home: Home) -> None:
    home.add_regular(PHONE)
    till = home.till()
    till.start()
    view = till.program.sign_in_view

    for code in (PHONE, "RCP:S20260615-000004", "134567890123456789", "WHAT-IS-THIS"):
        till.scan(code)
    unmoved = (view.number.text(), view.pin.text(), till.asks_who)
    till.scan(f"EMP:{CASHIER[0]}")

    assert unmoved == ("", "", True)
    assert view.number.text() == CASHIER[0]
    assert till.desk.shell.counter.member is None
    assert till.ask(sales_in) == 0


def test_a_scan_behind_the_lock_opens_nobody(home: Home) -> None:
    home.add_regular(PHONE)
    till = home.opened()
    till.ring_up("88")
    lock(till)

    till.scan(PHONE)
    till.scan("134567890123456789")
    till.sign_in()

    assert till.desk.shell.counter.member is None
    assert till.panel.amount == "88"
    assert till.ask(sales_in) == 0


def test_a_scan_opens_the_member_from_any_page(home: Home) -> None:
    home.add_regular(PHONE)
    till = home.opened()
    till.desk.shell.go("journal")

    till.scan(PHONE)
    till.until(lambda: till.desk.shell.counter.member is not None, "the member")

    assert till.desk.shell.shown.state.page == "counter"
    loaded = till.desk.shell.counter.shown.state.loaded
    assert loaded is not None
    assert PHONE not in words_in(till.desk.window)


def test_a_scan_while_a_sheet_is_open_is_refused_or_taken_by_the_sheet(home: Home) -> None:
    home.add_regular(PHONE)
    till = home.opened()
    till.guide.press(Key.Key_F3)
    till.until(till.desk.register_sheet.isVisible, "the registration sheet")

    till.scan(PHONE)

    assert till.desk.shell.counter.member is None


def openings(ledger: Ledger) -> int:
    notes = page(ledger, JournalFilter(kinds=(Kind.NOTE,)))
    return sum(("drawer", "1") in explain(ledger, note.seq).facts for note in notes)


def test_f11_opens_the_drawer_for_a_manager_and_the_book_knows(home: Home) -> None:
    with TcpPrinter() as printer:
        till = home.opened(printer=printer.setting)

        till.guide.press(Key.Key_F11)
        till.until(lambda: drawers(printer) == 1, "the drawer")

        assert till.ask(openings) == 1


def test_f11_tells_a_cashier_who_may_and_leaves_the_drawer_shut(home: Home) -> None:
    with TcpPrinter() as printer:
        till = home.till(printer=printer.setting)
        till.start()
        till.sign_in(*CASHIER)

        till.guide.press(Key.Key_F11)
        till.until(lambda: bool(till.toasts), "the sentence")
        told = till.toasts

        assert till.ask(openings) == 0
    assert "manager" in told[0]
    assert drawers(printer) == 0
