"""The receipt printer on the counter, with the cash drawer that hangs on it."""

import errno
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Lock

from pos_app.devices import printer_bytes
from pos_app.devices.printer_bytes import PrinterStatus, status_from
from pos_app.devices.printer_facts import PaperOut, PrinterRefused, PrinterUnreachable, Refusal
from pos_app.devices.printer_setting import NO_PRINTER, connect_of
from pos_app.devices.wire import Connect, Wire
from pos_app.raster import Raster

_REFUSALS = {
    errno.EACCES: Refusal.NO_RIGHT,
    errno.EPERM: Refusal.NO_RIGHT,
    errno.EBUSY: Refusal.BUSY,
    errno.ENOSPC: Refusal.DISK_FULL,
}


class ReceiptPrinter:
    """One printer, for any thread: jobs go one after the other, each over its own connection."""

    def __init__(self, where: str, connect: Connect | None) -> None:
        self.where = where
        self._connect = connect
        self._one_job = Lock()
        self._is_mute = False

    @property
    def is_present(self) -> bool:
        """Tell whether the settings name a printer; without one, jobs vanish in silence."""
        return self._connect is not None

    def print_raster(self, raster: Raster, *, cut: bool = True, drawer: bool = False) -> None:
        """Print a picture, and open the drawer first if asked.

        Raises PaperOut or PrinterRefused before a dot is printed, PrinterUnreachable at any time.
        """
        with self._wire() as wire:
            if wire is not None:
                wire.send(printer_bytes.opening(drawer=drawer))
                self._ensure_ready(wire)
                wire.send(printer_bytes.picture(raster, cut=cut))
                wire.finish()

    def open_drawer(self) -> None:
        """Open the drawer without printing. Raises PrinterUnreachable or PrinterRefused."""
        with self._wire() as wire:
            if wire is not None:
                wire.send(printer_bytes.opening(drawer=True))
                wire.finish()

    def status(self) -> PrinterStatus:
        """Ask the printer how it is. Raises PrinterUnreachable or PrinterRefused."""
        with self._wire() as wire:
            if wire is None:
                return PrinterStatus.UNKNOWN
            self._is_mute = False
            status = self._ask(wire)
            wire.finish()
            return status

    @contextmanager
    def _wire(self) -> Iterator[Wire | None]:
        with self._one_job, _border(self.where):
            if self._connect is None:
                yield None
                return
            with closing(self._connect()) as wire:
                yield wire

    def _ensure_ready(self, wire: Wire) -> None:
        status = self._ask(wire)
        if status is PrinterStatus.PAPER_OUT:
            raise PaperOut(self.where)
        if status is PrinterStatus.OFFLINE:
            raise PrinterRefused(Refusal.OFFLINE)

    def _ask(self, wire: Wire) -> PrinterStatus:
        """Ask for paper and cover. A printer that did not answer is not waited for again."""
        paper = b"" if self._is_mute else wire.ask(printer_bytes.ASK_PAPER)
        self._is_mute = not printer_bytes.is_answer(paper)
        online = b"" if self._is_mute else wire.ask(printer_bytes.ASK_ONLINE)
        return status_from(paper, online)


def open_printer(setting: str) -> ReceiptPrinter:
    """Return the printer that the setting names (see `printer_setting`), without reaching for it.

    Raises PrinterMisconfigured.
    """
    if setting == NO_PRINTER:
        return ReceiptPrinter(NO_PRINTER, None)
    return ReceiptPrinter(setting, connect_of(setting))


@contextmanager
def _border(where: str) -> Iterator[None]:
    """Turn the failures of sockets, files, serial lines and libusb (all OSError) into facts."""
    try:
        yield
    except OSError as foreign:
        if foreign.errno in _REFUSALS:
            raise PrinterRefused(_REFUSALS[foreign.errno]) from foreign
        raise PrinterUnreachable(where) from foreign
