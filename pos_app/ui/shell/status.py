"""The words of the status bar and of the banner."""

from __future__ import annotations

from datetime import timedelta

from pos_app.language import _
from pos_app.ledger.ledger import CLOCK_TOLERANCE
from pos_app.ui.formats import duration
from pos_app.ui.shell.state import BannerText, StatusEntry

DEVICES = ("printer", "scanner", "display")


def ledger_entry(behind: timedelta) -> StatusEntry:
    if behind > CLOCK_TOLERANCE:
        words = _("Clock {behind} behind").format(behind=duration(behind))
        return StatusEntry("ledger", "clock", words, "danger")
    return StatusEntry("ledger", "circle-check", _("Local ledger"), "ok")


def alone_entry() -> StatusEntry:
    return StatusEntry("sync", "monitor", _("Stand-alone"))


def first_devices() -> dict[str, StatusEntry]:
    """Return what is said of the devices until they have reported."""
    return {
        "printer": StatusEntry("printer", "printer", _("Printer ready")),
        "scanner": StatusEntry("scanner", "scan-line", _("Scanner ready")),
        "display": StatusEntry("display", "monitor-smartphone", _("No customer display")),
    }


def clock_banner(behind: timedelta) -> BannerText | None:
    """Say what a clock that was set back forbids, and what still works."""
    if behind <= CLOCK_TOLERANCE:
        return None
    title = _("The computer's clock is {behind} behind the ledger")
    text = _(
        "Stored value, points and coupons wait until it is right. Cash, WeChat, Alipay and cards "
        "still work."
    )
    return BannerText("danger", title.format(behind=duration(behind)), text)
