"""A printer on a serial line."""

import os
import select
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pos_app.devices.printer import open_printer
from pos_app.devices.printer_bytes import ASK_ONLINE, ASK_PAPER, PrinterStatus
from pos_app.devices.printer_facts import PaperOut, PrinterUnreachable
from pos_app.raster import Raster
from tests.escpos_decoder import decode

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo terminals")
SLIP = Raster(384, 300, bytes(range(48)) * 300)


class SerialPrinter:
    """The far end of a serial line, made of a pseudo terminal."""

    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self.job = bytearray()
        self._answers = answers
        self._far, self._near = os.openpty()
        self.setting = f"serial://{os.ttyname(self._near)}?baud=115200&flow=none"
        self._reader = threading.Thread(target=self._read)
        self._over = threading.Event()

    @contextmanager
    def plugged(self) -> Iterator[None]:
        self._reader.start()
        yield
        self._over.set()
        self._reader.join()
        os.close(self._near)
        os.close(self._far)

    def _read(self) -> None:
        while self._is_talking() or not self._over.is_set():
            if self._is_talking():
                self.job += os.read(self._far, 4096)
                for query, answer in self._answers.items():
                    if self.job.endswith(query):
                        os.write(self._far, answer)

    def _is_talking(self) -> bool:
        return bool(select.select([self._far], [], [], 0.02)[0])


def test_a_serial_printer_gets_the_slip_dot_for_dot() -> None:
    device = SerialPrinter({ASK_PAPER: b"\x12", ASK_ONLINE: b"\x12"})

    with device.plugged():
        open_printer(device.setting).print_raster(SLIP, drawer=True)

    printed = decode(bytes(device.job))
    assert printed.picture == SLIP
    assert printed.events[-1] == "cut"


def test_a_serial_printer_says_that_its_paper_is_low() -> None:
    device = SerialPrinter({ASK_PAPER: b"\x1e", ASK_ONLINE: b"\x12"})

    with device.plugged():
        status = open_printer(device.setting).status()

    assert status is PrinterStatus.PAPER_LOW


def test_a_serial_printer_without_paper_keeps_the_slip_from_being_lost() -> None:
    device = SerialPrinter({ASK_PAPER: b"\x72"})

    with device.plugged(), pytest.raises(PaperOut):
        open_printer(device.setting).print_raster(SLIP)


def test_a_serial_port_that_is_not_there_is_unreachable() -> None:
    with pytest.raises(PrinterUnreachable):
        open_printer("serial:///dev/ttyNoSuchPort").print_raster(SLIP)


def test_a_serial_printer_that_takes_nothing_more_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pos_app.devices.wire_serial.PATIENCE_S", 0.05)
    far, near = os.openpty()
    setting = f"serial://{os.ttyname(near)}?flow=none"

    with pytest.raises(PrinterUnreachable):
        open_printer(setting).print_raster(Raster(576, 4_000, bytes(72 * 4_000)))

    os.close(near)
    os.close(far)
