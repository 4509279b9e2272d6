"""The names of acts, as a sentence needs them."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.rules.access import Act


def act_name(act: Act) -> str:
    """Return what the operator wanted to do."""
    return {**_of_members(), **_of_money(), **_of_the_store()}[act]


def _of_members() -> dict[Act, str]:
    return {
        Act.LOOK_UP: _("Look-up"),
        Act.REGISTER: _("Registration"),
        Act.EDIT_MEMBER: _("Changing member data"),
        Act.UNMASK_PHONE: _("Showing the phone number"),
        Act.CHANGE_PHONE: _("Changing the phone number"),
        Act.SET_PIN: _("Setting the PIN"),
        Act.RESET_PIN: _("Resetting the PIN"),
        Act.ISSUE_CARD: _("Issuing a card"),
        Act.BLOCK_CARD: _("Reporting a card lost"),
        Act.UNBLOCK_CARD: _("Lifting a card's block"),
        Act.FREEZE: _("Freezing"),
        Act.UNFREEZE: _("Unfreezing"),
        Act.BLACKLIST: _("Blacklisting"),
        Act.SET_TIER: _("Giving a tier"),
    }


def _of_money() -> dict[Act, str]:
    return {
        Act.PAY_STORED_VALUE: _("Stored-value payment"),
        Act.EARN_POINTS: _("Earning points"),
        Act.REDEEM_POINTS: _("Using points"),
        Act.USE_COUPON: _("Using a coupon"),
        Act.USE_BENEFIT: _("The member discount"),
        Act.TOP_UP: _("Top-up"),
        Act.VOID: _("Void"),
        Act.REFUND: _("Refund"),
        Act.REFUND_ELSEWHERE: _("The refund of another till's sale"),
        Act.CLOSE_ACCOUNT: _("Closing an account"),
    }


def _of_the_store() -> dict[Act, str]:
    return {
        Act.OPEN_DRAWER: _("Opening the drawer"),
        Act.REPRINT: _("Printing again"),
        Act.VERIFY: _("Verifying the ledger"),
        Act.EXPORT: _("Export"),
        Act.CLOSE_SHIFT: _("Shift close"),
        Act.CLOSE_DAY: _("Day close"),
        Act.MANAGE_OPERATORS: _("Managing operators"),
        Act.DECIDE: _("Deciding an exception"),
        Act.DISMISS_ALERT: _("Dismissing an alert"),
    }
