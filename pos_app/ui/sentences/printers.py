"""Sentences about the receipt printer: the sale is done in any case."""

from __future__ import annotations

from pos_app.devices.printer_facts import (
    PaperOut,
    PrinterMisconfigured,
    PrinterRefused,
    PrinterUnreachable,
    Refusal,
)
from pos_app.language import _
from pos_app.ui.sentences.said import said


@said.register
def _unreachable(_fact: PrinterUnreachable) -> str:
    return _("The printer does not answer. Check its power and cable, then print again (Ctrl+P).")


@said.register
def _paper_out(_fact: PaperOut) -> str:
    return _("The printer is out of paper. Put in a new roll, then print again (Ctrl+P).")


@said.register
def _misconfigured(fact: PrinterMisconfigured) -> str:
    words = _("The setting “{setting}” names no printer. Choose one in the settings.")
    return words.format(setting=fact.setting)


@said.register
def _refused(fact: PrinterRefused) -> str:
    reasons = {
        Refusal.OFFLINE: _("The printer is off line. Press its button, then print again (Ctrl+P)."),
        Refusal.BUSY: _("Another program is using the printer. Print again in a moment (Ctrl+P)."),
        Refusal.NO_RIGHT: _("This user may not use the printer. Ask for the right to it."),
        Refusal.DISK_FULL: _("The disk is full, so the slip could not be printed."),
        Refusal.NO_USB_LIBRARY: _("The USB library of the printer is missing on this computer."),
        Refusal.NO_PRINT_SYSTEM: _("This computer has no printing system."),
        Refusal.QUEUE: _("The printer's queue does not take the slip. Check the queue."),
    }
    return reasons.get(fact.reason, _("The printer does not take the slip."))
