"""Sending slips to the printer: after the commit, on a lane of its own, never twice by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from pos_app.devices.printer import ReceiptPrinter
from pos_app.documents.paper import Paper
from pos_app.documents.slip_raster import render
from pos_app.errors import PosError
from pos_app.language import _
from pos_app.ledger import slip_state, slips
from pos_app.ledger.ledger import Ledger
from pos_app.raster import Raster
from pos_app.ui.paper.slips import Receipt, rows_of
from pos_app.ui.text import sentence
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class PressRoom:
    """Who hears what became of a slip. `proof` gets every picture that was sent to the printer."""

    printed: Callable[[str], None]
    refused: Callable[[str], None]
    proof: Callable[[Receipt, Raster], None]


class Press:
    """Prints receipts one after the other. The sale is done before; trouble here undoes nothing."""

    def __init__(
        self,
        ledger: Ledger,
        ledger_lane: Work,
        paper_lane: Work,
        printer: ReceiptPrinter,
        paper: Paper,
    ) -> None:
        self._ledger = ledger
        self._ledger_lane = ledger_lane
        self._paper_lane = paper_lane
        self._printer = printer
        self._paper = paper
        self._zone: tzinfo = ledger.programme.zone
        self.room = PressRoom(_unheard, _unheard, _unseen)

    @property
    def is_present(self) -> bool:
        """Say whether there is a printer at all."""
        return self._printer.is_present

    def print(self, receipt: Receipt) -> None:
        """Print a receipt for the first time, and remember that it is on paper."""
        self._send(receipt, reprint=False)

    def print_again(self, seq: int) -> None:
        """Print the slip of an event again; the paper says that it is a reprint."""
        self._ledger_lane.run(
            lambda: slips.receipt_at(self._ledger, seq), done=self._again, failed=self._failed
        )

    def print_latest(self) -> None:
        """Print the latest slip again."""
        self._ledger_lane.run(
            lambda: slips.latest_receipt(self._ledger), done=self._latest, failed=self._failed
        )

    def print_pending(self) -> None:
        """Print what was committed but never printed, after a crash or a power cut."""
        self._ledger_lane.run(self._pending, done=self._print_all, failed=self._failed)

    def open_drawer(self) -> None:
        """Open the cash drawer."""
        self._paper_lane.run(self._printer.open_drawer, done=_done, failed=self._failed)

    def _pending(self) -> tuple[Receipt, ...]:
        return tuple(
            slips.receipt_at(self._ledger, seq) for seq in slip_state.pending_slips(self._ledger)
        )

    def _print_all(self, receipts: tuple[Receipt, ...]) -> None:
        for receipt in receipts:
            self._send(receipt, reprint=False)

    def _again(self, receipt: Receipt) -> None:
        self._send(receipt, reprint=True)

    def _latest(self, receipt: Receipt | None) -> None:
        if receipt is not None:
            self._send(receipt, reprint=True)

    def _send(self, receipt: Receipt, *, reprint: bool) -> None:
        now = self._ledger.now() if reprint else None

        def work() -> Raster:
            raster = render(rows_of(receipt, self._zone, now), self._paper)
            self._printer.print_raster(raster)
            return raster

        def printed(raster: Raster) -> None:
            self.room.proof(receipt, raster)
            self.room.printed(_("Slip printed"))
            self._remember(receipt.stamp.seq)

        self._paper_lane.run(work, done=printed, failed=self._failed)

    def _remember(self, seq: int) -> None:
        self._ledger_lane.run(
            lambda: slip_state.mark_printed(self._ledger, seq), done=_done, failed=self._failed
        )

    def _failed(self, fact: PosError) -> None:
        self.room.refused(sentence(fact))


def _done(_nothing: None) -> None:
    """Nobody waits for this."""


def _unheard(_text: str) -> None:
    """Nobody listens yet."""


def _unseen(_receipt: Receipt, _raster: Raster) -> None:
    """Nobody looks yet."""
