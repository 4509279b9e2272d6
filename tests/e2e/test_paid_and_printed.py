"""Paid once, in the book, on the panel and on paper, whatever the printer does meanwhile."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication

from pos_app.documents.paper import PAPER_80
from pos_app.documents.slip_raster import render
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.slips import Receipt
from pos_app.money import Money
from pos_app.raster import Raster
from pos_app.ui.paper.slips import rows_of
from tests.escpos_decoder import decode
from tests.receipt_printers import TcpPrinter, nobody_listens
from tests.shop import MEMBER_PIN
from tests.terminal import (
    CONTROL,
    Home,
    Key,
    Till,
    at_home,
    latest,
    pending,
    sales_in,
)

PHONE = "13812340217"
CASH = Key.Key_4
ASK_PAPER = b"\x10\x04\x04"


@pytest.fixture
def home(tmp_path: Path, qapp: QApplication) -> Iterator[Home]:
    with at_home(tmp_path, qapp) as made:
        made.found()
        yield made


def lock(till: Till) -> None:
    till.guide.press(Key.Key_L, CONTROL)
    till.until(lambda: till.asks_who, "the lock screen")


def picture(ledger: Ledger, receipt: Receipt) -> Raster:
    return render(rows_of(receipt, ledger.programme.zone), PAPER_80)


def reprint(ledger: Ledger, receipt: Receipt) -> Raster:
    return render(rows_of(receipt, ledger.programme.zone, ledger.now()), PAPER_80)


def burnt(printer: TcpPrinter) -> list[Raster]:
    """Return the pictures that came out, drawers left aside."""
    return [decode(job).picture for job in printer.jobs if "raster" in decode(job).events]


def drawers(printer: TcpPrinter) -> int:
    return sum("drawer" in decode(job).events for job in printer.jobs)


@pytest.mark.parametrize(
    ("tender", "name"), [(Key.Key_2, Tender.WECHAT), (CASH, Tender.CASH)], ids=["WeChat", "cash"]
)
def test_a_sale_is_in_the_book_on_the_panel_and_on_paper_as_it_is_in_the_book(
    home: Home, tender: Key, name: Tender
) -> None:
    with TcpPrinter() as printer:
        till = home.opened(printer=printer.setting)

        till.sell("128.67", tender)
        till.until(lambda: bool(till.proofs), "the slip")
        receipt = till.ask(latest)
        waiting = till.ask(pending)
        home.close(till)

    with home.book() as ledger:
        assert burnt(printer) == [picture(ledger, receipt)]
    assert waiting == ()
    assert isinstance(receipt, SaleReceipt)
    assert [share.tender for share in receipt.externals] == [name]
    assert drawers(printer) == (name is Tender.CASH)


def test_stored_value_pays_behind_the_pin_and_the_drawer_stays_shut(home: Home) -> None:
    home.add_regular(PHONE)
    with TcpPrinter() as printer:
        till = home.opened(printer=printer.setting)
        till.scan(PHONE)
        till.until(lambda: till.desk.shell.counter.member is not None, "the member")

        till.ring_up("45.5", Key.Key_1)
        till.guide.press(Key.Key_F12)
        till.until(till.desk.window.second_factor.isVisible, "the second factor")
        till.guide.type(MEMBER_PIN)
        till.until(lambda: till.panel.finished is not None, "the payment")
        till.until(lambda: bool(till.proofs), "the slip")
        receipt = till.ask(latest)
        home.close(till)

    with home.book() as ledger:
        assert burnt(printer) == [picture(ledger, receipt)]
    assert isinstance(receipt, SaleReceipt)
    assert receipt.principal + receipt.bonus == Money(4_550)
    assert drawers(printer) == 0


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_F12])
def test_a_double_press_takes_the_payment_once(home: Home, key: Key) -> None:
    till = home.opened()
    till.ring_up("88")
    till.desk.window.panel.amount.setFocus()

    for _press in range(3):
        till.press_at_once(key)
    till.until(lambda: till.panel.finished is not None, "the payment")

    assert till.ask(sales_in) == 1
    assert till.panel.finished is not None


def test_the_printers_trouble_undoes_nothing_and_the_next_sign_in_prints_it_once(
    home: Home,
) -> None:
    off = home.opened(printer=nobody_listens())
    off.sell("88")
    off.until(lambda: bool(off.panel.finished and off.panel.finished.printing), "the sentence")
    told = off.panel.finished
    toasts = off.toasts
    waiting = off.ask(pending)
    home.close(off)

    with TcpPrinter() as printer:
        on = home.opened(printer=printer.setting)
        on.until(lambda: bool(on.proofs), "the slip that waited")
        left = on.ask(pending)
        lock(on)
        on.sign_in()
        on.ask(pending)
        home.close(on)

    assert told is not None
    assert "The printer does not answer" in told.printing
    assert any("The printer does not answer" in toast for toast in toasts)
    assert len(waiting) == 1
    assert left == ()
    with home.book() as ledger:
        assert burnt(printer) == [picture(ledger, waiting[0])]
        assert sales_in(ledger) == 1


def test_a_program_that_ends_between_commit_and_paper_prints_at_the_next_sign_in(
    home: Home,
) -> None:
    with TcpPrinter() as printer:
        first = home.opened(printer=printer.setting)
        first.ring_up("88")
        first.press_at_once(Key.Key_F12)  # no answer of the lane is heard from here on
        home.close(first)
        nothing = list(printer.jobs)
        with home.book() as ledger:
            sold, waiting = sales_in(ledger), pending(ledger)

        second = home.opened(printer=printer.setting)
        second.until(lambda: bool(second.proofs), "the slip that waited")
        left = second.ask(pending)
        home.close(second)

    assert nothing == []
    assert sold == 1
    assert left == ()
    with home.book() as ledger:
        assert burnt(printer) == [picture(ledger, waiting[0])]


def test_a_slip_printed_while_the_program_closes_is_not_printed_again(home: Home) -> None:
    with TcpPrinter() as printer:
        first = home.opened(printer=printer.setting)
        first.sell("88")
        home.close(first)
        second = home.opened(printer=printer.setting)
        second.ask(pending)
        home.close(second)

    assert len(burnt(printer)) == 1


def test_what_is_printed_again_says_so_on_the_panel_and_from_the_journal(home: Home) -> None:
    with TcpPrinter() as printer:
        till = home.opened(printer=printer.setting)
        till.sell("88")
        till.until(lambda: len(till.proofs) == 1, "the slip")

        till.guide.press(Key.Key_P, CONTROL)
        till.until(lambda: len(till.proofs) == 2, "the reprint")
        till.guide.press(Key.Key_Escape)
        till.guide.press(Key.Key_P, CONTROL)
        till.until(lambda: len(till.proofs) == 3, "the reprint of the latest slip")
        receipt = till.ask(latest)
        home.close(till)

    with home.book() as ledger:
        again = reprint(ledger, receipt)
        assert burnt(printer) == [picture(ledger, receipt), again, again]


def test_a_slow_printer_holds_nobody_up(home: Home) -> None:
    slow = Event()
    with TcpPrinter() as printer:
        till = home.opened(printer=printer.setting)
        till.program.paper_lane.run(lambda: slow.wait(60), done=nobody_waits, failed=nobody_waits)

        till.sell("88")
        till.until(lambda: not till.desk.window.panel.finished.settling, "the next order")
        till.sell("12")
        sold, meanwhile = till.ask(sales_in), list(printer.jobs)
        slow.set()
        till.until(lambda: len(till.proofs) == 2, "both slips")

    assert sold == 2
    assert meanwhile == []
    assert len(burnt(printer)) == 2


def nobody_waits(_answer: object) -> None:
    """Nobody waits for this."""


def test_without_a_printer_nobody_says_that_a_slip_was_printed(home: Home) -> None:
    till = home.opened()

    till.sell("88")
    till.until(lambda: bool(till.proofs), "the end of the slip")

    assert till.panel.finished is not None
    assert till.panel.finished.printing == ""
    states = {entry.name: entry.text for entry in till.desk.shell.shown.state.status}
    assert states["printer"] == "No printer"


def test_a_late_word_about_one_slip_never_stands_under_another_sale(home: Home) -> None:
    off = home.opened(printer=nobody_listens())
    off.sell("88")
    off.until(lambda: bool(off.panel.finished and off.panel.finished.printing), "the sentence")
    home.close(off)
    with TcpPrinter({ASK_PAPER: b"\x12"}) as printer:
        till = home.opened(printer=printer.setting)
        till.until(lambda: len(till.proofs) == 1, "the slip that waited")
        till.ring_up("12")
        printer.answers[ASK_PAPER] = b"\x72"  # the roll has just ended

        till.guide.press(Key.Key_F12)
        till.until(lambda: till.panel.finished is not None, "the payment")
        at_first = till.panel.finished
        till.until(lambda: bool(till.panel.finished and till.panel.finished.printing), "the word")

    assert at_first is not None
    assert at_first.printing != "Slip printed"
    assert till.panel.finished is not None
    assert "out of paper" in till.panel.finished.printing
