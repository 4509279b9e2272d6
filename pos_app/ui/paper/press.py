"""Sending slips to the printer: after the commit, on a lane of its own, never twice by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial

from pos_app.devices.printer import ReceiptPrinter
from pos_app.documents.paper import Paper
from pos_app.documents.slip_raster import render
from pos_app.errors import PosError
from pos_app.language import _
from pos_app.ledger import slip_state, slips
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.statements import Statement
from pos_app.raster import Raster
from pos_app.ui.paper.slips import Receipt, rows_of
from pos_app.ui.paper.statement_slip import statement_rows
from pos_app.ui.text import sentence
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class PressRoom:
    """Who hears what became of a slip, and of other wishes that failed.

    `proof` gets every picture that was sent to the printer.
    """

    printed: Callable[[Receipt, str], None]
    unprinted: Callable[[Receipt, str], None]
    refused: Callable[[str], None]
    proof: Callable[[Receipt, Raster], None]
    told: Callable[[str], None]


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
        self._sent: set[int] = set()  # under way to the printer, or on paper, since the start
        self.room = PressRoom(_unread, _unread, _unheard, _unseen, _unheard)

    @property
    def is_present(self) -> bool:
        """Say whether there is a printer at all."""
        return self._printer.is_present

    def print(self, receipt: Receipt) -> None:
        """Print a receipt and remember that it is on paper; the second time it is a reprint."""
        self._send(receipt, reprint=receipt.stamp.seq in self._sent)

    def print_again(self, seq: int) -> None:
        """Print the slip of an event again; the paper says that it is a reprint."""
        self._ledger_lane.run(
            lambda: slips.receipt_at(self._ledger, seq), done=self._again, failed=self._failed
        )

    def print_statement(self, made: Statement, by: SignedIn) -> None:
        """Print a statement; it is of no event, and nothing remembers it."""
        rows = statement_rows(made, by, self._zone)
        self._paper_lane.run(
            lambda: self._printer.print_raster(render(rows, self._paper)),
            done=lambda _nothing: self.room.told(_("Statement printed")),
            failed=self._failed,
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
            if receipt.stamp.seq not in self._sent:
                self._send(receipt, reprint=False)

    def _again(self, receipt: Receipt) -> None:
        self._send(receipt, reprint=True)

    def _latest(self, receipt: Receipt | None) -> None:
        if receipt is not None:
            self._send(receipt, reprint=True)

    def _send(self, receipt: Receipt, *, reprint: bool) -> None:
        now = self._ledger.now() if reprint else None
        self._sent.add(receipt.stamp.seq)

        def work() -> Raster:
            raster = render(rows_of(receipt, self._zone, now), self._paper)
            self._printer.print_raster(raster)
            self._remember(receipt.stamp.seq)
            return raster

        self._paper_lane.run(
            work, done=partial(self._printed, receipt), failed=partial(self._unprinted, receipt)
        )

    def _printed(self, receipt: Receipt, raster: Raster) -> None:
        self._sent.add(receipt.stamp.seq)
        self.room.proof(receipt, raster)
        self.room.printed(receipt, _("Slip printed"))

    def _unprinted(self, receipt: Receipt, fact: PosError) -> None:
        self._sent.discard(receipt.stamp.seq)
        self.room.unprinted(receipt, sentence(fact))

    def _remember(self, seq: int) -> None:
        """Ask for it from the paper lane: a program closed meanwhile must not print it again."""
        self._ledger_lane.run(
            lambda: slip_state.mark_printed(self._ledger, seq), done=_done, failed=self._failed
        )

    def _failed(self, fact: PosError) -> None:
        self.room.refused(sentence(fact))


def _done(_nothing: None) -> None:
    """Nobody waits for this."""


def _unread(_receipt: Receipt, _text: str) -> None:
    """Nobody reads yet."""


def _unheard(_text: str) -> None:
    """Nobody listens yet."""


def _unseen(_receipt: Receipt, _raster: Raster) -> None:
    """Nobody looks yet."""
