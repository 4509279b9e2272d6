"""The words of the status bar and of the banner."""

from __future__ import annotations

from datetime import timedelta

from pos_app.language import _
from pos_app.ledger.ledger import CLOCK_TOLERANCE
from pos_app.ui.copies.state import CopiesState
from pos_app.ui.formats import duration
from pos_app.ui.parts.link import SyncState
from pos_app.ui.shell.state import BannerText, RailMark, StatusEntry

DEVICES = ("printer", "scanner", "display")
LINK = "sync"
COPIES = "copies"


def ledger_entry(behind: timedelta) -> StatusEntry:
    if behind > CLOCK_TOLERANCE:
        words = _("Clock {behind} behind").format(behind=duration(behind))
        return StatusEntry("ledger", "clock", words, "danger")
    return StatusEntry("ledger", "circle-check", _("Local ledger"), "ok")


def link_entry(link: SyncState | None) -> StatusEntry:
    """Say how the link to HQ fares; a till without an HQ stands alone."""
    if link is None:
        return StatusEntry(LINK, "monitor", _("Stand-alone"))
    badge = link.badge
    return StatusEntry(LINK, badge.icon, badge.text, badge.tone, badge.said, badge.loud)


def copies_entries(copies: CopiesState) -> tuple[StatusEntry, ...]:
    """Say which copy is not made; where all are, the bar is not filled with that."""
    if not copies.short:
        return ()
    return (StatusEntry(COPIES, "triangle-alert", copies.short, "warn", copies.sentence),)


def rail_mark(link: SyncState) -> RailMark:
    return RailMark(link.count, link.badge.tone, link.badge.said)


def first_devices() -> dict[str, StatusEntry]:
    """Return what is said of the devices until they have reported."""
    return {
        "printer": StatusEntry("printer", "printer", _("Printer ready")),
        "scanner": StatusEntry("scanner", "scan-line", _("Scanner ready")),
        "display": StatusEntry("display", "monitor-smartphone", _("No customer display")),
    }


def banner_of(behind: timedelta, link: SyncState | None) -> BannerText | None:
    """Return the one banner: a clock that stops the spending comes before the link."""
    clock = clock_banner(behind)
    if clock is not None or link is None or link.banner is None:
        return clock
    told = link.banner
    return BannerText(told.tone, told.title, told.text, told.icon, told.action)


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
