"""The law's words for a closed account, for the sheet and the slip alike."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.rules.closing import Cause, Ground


def ground_name(ground: Ground) -> str:
    """Say by which article one top-up is paid back (judicial interpretation 2025 No. 4)."""
    return {
        Ground.COOL_OFF: _("Art. 14: within 7 days and unused, the principal in full."),
        Ground.MERCHANT: _("Art. 18: the shop's cause, consumption by the share that was paid."),
        Ground.CONSUMER: _("Art. 19: the member's wish, consumption at full price."),
        Ground.PROPORTIONAL: _("By the programme, better than art. 19: the share that was paid."),
    }[ground]


def cause_name(cause: Cause) -> str:
    """Say whose cause a closing is."""
    return {Cause.MERCHANT: _("The shop's cause"), Cause.CONSUMER: _("The member's wish")}[cause]


def rate_text(basis_points: int) -> str:
    """Return a yearly rate with its two decimals: "3.45 %"."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02} %"
