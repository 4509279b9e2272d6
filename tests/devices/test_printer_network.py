"""The receipt printer in the network: printing, switched off, unplugged, out of paper."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from pos_app.devices.printer import open_printer
from pos_app.devices.printer_bytes import ASK_ONLINE, ASK_PAPER, PrinterStatus
from pos_app.devices.printer_facts import (
    PaperOut,
    PrinterRefused,
    PrinterUnreachable,
    Refusal,
)
from pos_app.documents.paper import PAPERS, Paper
from pos_app.documents.slip_raster import render
from pos_app.documents.slip_rows import sale_rows
from pos_app.raster import Raster
from tests.documents.samples import REPRINTED, SALE
from tests.escpos_decoder import decode
from tests.receipt_printers import TcpPrinter, nobody_listens

SLIP = Raster(576, 840, bytes(range(1, 73)) * 840)
HEALTHY = {ASK_PAPER: b"\x12", ASK_ONLINE: b"\x12"}
NO_PAPER = {ASK_PAPER: b"\x72", ASK_ONLINE: b"\x1a"}
COVER_OPEN = {ASK_PAPER: b"\x12", ASK_ONLINE: b"\x1a"}


@pytest.mark.parametrize("paper", PAPERS.values(), ids=[str(roll_mm) for roll_mm in PAPERS])
def test_the_slip_comes_out_dot_for_dot(paper: Paper) -> None:
    slip = render(sale_rows(replace(SALE, head=REPRINTED)), paper)

    with TcpPrinter(HEALTHY) as device:
        open_printer(device.setting).print_raster(slip, drawer=True)

    printed = decode(device.paper)
    assert printed.picture == slip
    assert printed.events == ("init", "drawer", "ask 4", "ask 1", "raster", "feed 6", "cut")


def test_a_printer_that_says_nothing_is_asked_once_and_prints_every_time() -> None:
    with TcpPrinter() as device:
        printer = open_printer(device.setting)
        printer.print_raster(SLIP)
        printer.print_raster(SLIP)

    first, second = (decode(job) for job in device.jobs)
    assert first.events == ("init", "ask 4", "raster", "feed 6", "cut")
    assert second.events == ("init", "raster", "feed 6", "cut")
    assert first.picture == second.picture == SLIP


def test_the_drawer_opens_without_a_slip() -> None:
    with TcpPrinter() as device:
        open_printer(device.setting).open_drawer()

    assert decode(device.paper).events == ("init", "drawer")


def test_a_printer_that_is_off_is_unreachable() -> None:
    setting = nobody_listens()

    with pytest.raises(PrinterUnreachable) as fact:
        open_printer(setting).print_raster(SLIP)

    assert fact.value.where == setting


def test_a_cable_pulled_in_the_middle_of_a_job_is_noticed() -> None:
    with TcpPrinter(cut_after=10_000) as device:
        printer = open_printer(device.setting)

        with pytest.raises(PrinterUnreachable):
            printer.print_raster(SLIP)

    assert len(device.paper) < len(SLIP.rows)


def test_without_paper_nothing_is_sent_but_the_drawer_opens() -> None:
    with TcpPrinter(NO_PAPER) as device:
        printer = open_printer(device.setting)

        with pytest.raises(PaperOut) as fact:
            printer.print_raster(SLIP, drawer=True)

    assert fact.value.where == device.setting
    assert decode(device.paper).events == ("init", "drawer", "ask 4", "ask 1")


def test_an_open_cover_refuses_the_job() -> None:
    with TcpPrinter(COVER_OPEN) as device:
        printer = open_printer(device.setting)

        with pytest.raises(PrinterRefused) as fact:
            printer.print_raster(SLIP)

    assert fact.value.reason is Refusal.OFFLINE


def test_after_new_paper_the_same_printer_prints() -> None:
    with TcpPrinter(NO_PAPER) as device:
        printer = open_printer(device.setting)
        with pytest.raises(PaperOut):
            printer.print_raster(SLIP)
        device.answers.update(HEALTHY)

        printer.print_raster(SLIP)

    assert decode(device.jobs[-1]).picture == SLIP


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        (HEALTHY, PrinterStatus.READY),
        (NO_PAPER, PrinterStatus.PAPER_OUT),
        (COVER_OPEN, PrinterStatus.OFFLINE),
        ({}, PrinterStatus.UNKNOWN),
    ],
)
def test_the_status_bar_learns_how_the_printer_is(
    answers: dict[bytes, bytes], status: PrinterStatus
) -> None:
    with TcpPrinter(answers) as device:
        said = open_printer(device.setting).status()

    assert said is status


def test_a_printer_that_will_not_stop_talking_does_not_hold_up_the_till(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pos_app.devices.wire_network._LAST_WORDS", 1)
    chatter = {ASK_PAPER: b"\x12" * 400, ASK_ONLINE: b"\x12"}

    with TcpPrinter(chatter) as device:
        open_printer(device.setting).print_raster(SLIP)

    assert decode(device.paper).picture == SLIP


def test_two_threads_never_print_into_one_another() -> None:
    with TcpPrinter(HEALTHY) as device, ThreadPoolExecutor(4) as threads:
        printer = open_printer(device.setting)
        for _slip in range(8):
            threads.submit(printer.print_raster, SLIP)

    assert [decode(job).picture for job in device.jobs] == [SLIP] * 8
