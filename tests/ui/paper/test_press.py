"""Slips reach the paper after the commit: each one once, and what is printed again says so."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from pos_app.devices.printer import open_printer
from pos_app.documents.paper import PAPER_80
from pos_app.documents.slip_raster import render
from pos_app.errors import PosError
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.slip_state import pending_slips
from pos_app.raster import Raster
from pos_app.ui.kit.work import Inline
from pos_app.ui.paper.press import Press, PressRoom
from pos_app.ui.paper.slips import Receipt, rows_of
from pos_app.ui.work import Work
from tests.escpos_decoder import decode
from tests.ledger.till_hand import amount, sell
from tests.receipt_printers import TcpPrinter, nobody_listens
from tests.shop import Shop

T = TypeVar("T")
ASK_PAPER, PAPER_OUT = b"\x10\x04\x04", b"\x72"


@dataclass
class Heard:
    """What the press reports."""

    printed: list[str] = field(default_factory=list)
    unprinted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    proofs: list[Raster] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def room(self) -> PressRoom:
        return PressRoom(
            lambda receipt, _words: self.printed.append(receipt.stamp.slip),
            lambda _receipt, words: self.unprinted.append(words),
            self.refused.append,
            lambda _receipt, raster: self.proofs.append(raster),
            self.told.append,
        )


class Waiting:
    """A lane on which nothing happens until the test says so."""

    def __init__(self) -> None:
        self._tasks: list[Callable[[], None]] = []

    def run(
        self, task: Callable[[], T], done: Callable[[T], None], failed: Callable[[PosError], None]
    ) -> None:
        self._tasks.append(lambda: Inline().run(task, done, failed))

    def go_on(self) -> None:
        while self._tasks:
            self._tasks.pop(0)()


def press_of(shop: Shop, setting: str, heard: Heard, paper_lane: Work | None = None) -> Press:
    lane = Inline()
    made = Press(shop.ledger, lane, paper_lane or lane, open_printer(setting), PAPER_80)
    made.room = heard.room()
    return made


def picture(shop: Shop, receipt: Receipt) -> Raster:
    return render(rows_of(receipt, shop.ledger.programme.zone), PAPER_80)


def again(shop: Shop, receipt: Receipt) -> Raster:
    zone = shop.ledger.programme.zone
    return render(rows_of(receipt, zone, shop.ledger.now()), PAPER_80)


@pytest.fixture
def sale(shop: Shop) -> SaleReceipt:
    return sell(shop, amount(1_000))


def test_a_slip_is_burnt_dot_by_dot_as_it_was_drawn(shop: Shop, sale: SaleReceipt) -> None:
    heard = Heard()
    with TcpPrinter() as device:
        press_of(shop, device.setting, heard).print(sale)

    (job,) = device.jobs
    assert decode(job).picture == picture(shop, sale)
    assert decode(job).events[-1] == "cut"
    assert heard.proofs == [picture(shop, sale)]
    assert heard.printed == [sale.stamp.slip]
    assert pending_slips(shop.ledger) == ()


def test_the_second_print_of_a_slip_is_a_reprint(shop: Shop, sale: SaleReceipt) -> None:
    with TcpPrinter() as device:
        press = press_of(shop, device.setting, Heard())

        press.print(sale)
        press.print(sale)

    assert [decode(job).picture for job in device.jobs] == [picture(shop, sale), again(shop, sale)]


@pytest.mark.parametrize("wish", ["from the journal", "the latest"])
def test_a_slip_asked_for_again_says_that_it_is_a_reprint(
    shop: Shop, sale: SaleReceipt, wish: str
) -> None:
    with TcpPrinter() as device:
        press = press_of(shop, device.setting, Heard())

        if wish == "the latest":
            press.print_latest()
        else:
            press.print_again(sale.stamp.seq)

    assert decode(device.paper).picture == again(shop, sale)


def test_on_the_first_day_there_is_no_latest_slip(shop: Shop) -> None:
    heard = Heard()
    with TcpPrinter() as device:
        press_of(shop, device.setting, heard).print_latest()

    assert device.jobs == []
    assert heard == Heard()


def test_an_entry_without_a_slip_is_told(shop: Shop) -> None:
    heard = Heard()

    press_of(shop, nobody_listens(), heard).print_again(1)

    assert heard.refused == ["The journal has no entry number 1."]


def test_what_was_never_printed_is_printed_once_oldest_first(shop: Shop) -> None:
    sales = [sell(shop, amount(fen)) for fen in (100, 200, 300)]
    with TcpPrinter() as device:
        press = press_of(shop, device.setting, Heard())

        press.print_pending()
        press.print_pending()

    assert [decode(job).picture for job in device.jobs] == [picture(shop, one) for one in sales]
    assert pending_slips(shop.ledger) == ()


def test_a_slip_that_is_on_its_way_is_not_sent_again(shop: Shop, sale: SaleReceipt) -> None:
    lane = Waiting()
    with TcpPrinter() as device:
        press = press_of(shop, device.setting, Heard(), lane)
        press.print(sale)

        press.print_pending()
        lane.go_on()
        press.print_pending()
        lane.go_on()

    assert len(device.jobs) == 1


def test_a_printer_that_is_off_is_told_and_the_slip_waits(shop: Shop, sale: SaleReceipt) -> None:
    heard = Heard()

    press_of(shop, nobody_listens(), heard).print(sale)

    assert "The printer does not answer" in heard.unprinted[0]
    assert heard.printed == []
    assert heard.proofs == []
    assert pending_slips(shop.ledger) == (sale.stamp.seq,)


def test_after_a_failure_the_next_print_is_the_first_one(shop: Shop, sale: SaleReceipt) -> None:
    with TcpPrinter({ASK_PAPER: PAPER_OUT}) as device:
        heard = Heard()
        press = press_of(shop, device.setting, heard)
        press.print(sale)
        told = list(heard.unprinted)

        device.answers.clear()
        press.print(sale)

    assert "out of paper" in told[0]
    assert decode(device.jobs[-1]).picture == picture(shop, sale)
    assert pending_slips(shop.ledger) == ()


def test_a_closed_program_remembers_what_it_printed_last(shop: Shop, sale: SaleReceipt) -> None:
    with TcpPrinter() as device:
        press = press_of(shop, device.setting, Heard(), Unheeded())

        press.print(sale)

    assert len(device.jobs) == 1
    assert pending_slips(shop.ledger) == ()


class Unheeded:
    """A lane of a program that was closed: the work is done, its answer reaches nobody."""

    def run(
        self, task: Callable[[], T], done: Callable[[T], None], failed: Callable[[PosError], None]
    ) -> None:
        del done, failed
        task()


def test_the_drawer_opens_without_paper(shop: Shop) -> None:
    heard = Heard()
    with TcpPrinter() as device:
        press_of(shop, device.setting, heard).open_drawer()

    assert decode(device.paper).events == ("init", "drawer")
    assert heard == Heard()


def test_a_drawer_that_does_not_open_is_told(shop: Shop) -> None:
    heard = Heard()

    press_of(shop, nobody_listens(), heard).open_drawer()

    assert "The printer does not answer" in heard.refused[0]


def test_before_anybody_listens_slips_are_printed_all_the_same(
    shop: Shop, sale: SaleReceipt
) -> None:
    with TcpPrinter() as device:
        lane = Inline()
        press = Press(shop.ledger, lane, lane, open_printer(device.setting), PAPER_80)

        press.print(sale)

    silent = Press(shop.ledger, lane, lane, open_printer(nobody_listens()), PAPER_80)
    silent.print(sale)
    silent.open_drawer()
    assert len(device.jobs) == 1


def test_a_till_without_a_printer_has_nothing_to_catch_up_with(
    shop: Shop, sale: SaleReceipt
) -> None:
    press = press_of(shop, "none", Heard())

    press.print(sale)

    assert not press.is_present
    assert pending_slips(shop.ledger) == ()
