"""What still keeps the danger button of a refund shut."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.rules.refund_gifts import GiftEnd
from pos_app.ui.refund.state import Mode, RefundState


def blocked(state: RefundState) -> str:
    """Return the next thing to do before anything can be given back; nothing when all is done."""
    if state.slip is None:
        return _("Find the sale first")
    if state.closed:
        return _("Only while HQ can be reached")
    if state.busy:
        return _("Working …")
    if state.planned is None:
        return _choose_first(state.mode)
    return _unsettled(state) or _unproved(state)


def _unsettled(state: RefundState) -> str:
    """Ask what becomes of every gift: nobody knows it but who stands at the counter."""
    ends = {gift.end for gift in state.planned.gifts} if state.planned is not None else set()
    if "" in ends:
        return _("Say what becomes of the gift")
    if GiftEnd.WAIVED.value in ends and not state.waiver:
        return _("Say why the gift is waived")
    return ""


def _unproved(state: RefundState) -> str:
    """Ask for the last digits of the slip: nobody refunds the wrong one by a slip of the finger."""
    if not state.reason:
        return _("Choose a reason")
    if state.slip is not None and state.typed == state.slip.tail:
        return ""
    return _("Type the last four digits of the slip")


def _choose_first(mode: str) -> str:
    if mode == Mode.UNITS.value:
        return _("Choose what comes back")
    return _("Type the sum that goes back") if mode == Mode.SUM.value else _("Nothing to give back")
