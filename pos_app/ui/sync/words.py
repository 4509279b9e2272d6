"""The link to HQ in words: five states, their causes, and what still works meanwhile."""

from __future__ import annotations

from datetime import timedelta

from pos_app.language import _, _n
from pos_app.ledger.credit import CreditHere
from pos_app.sync.facts import Doubt, Outage
from pos_app.sync.health import Link
from pos_app.ui.formats import duration, money
from pos_app.ui.parts.link import Badge, LinkBanner

_MS = timedelta(milliseconds=1)


def connecting() -> Badge:
    """Return the badge before HQ has been asked for the first time."""
    words = _("Connecting to HQ …")
    return Badge(words, "refresh-cw", "info", words)


def action(cases: int, waiting: int) -> Badge:
    """Return the badge of what only a person can mend."""
    if cases:
        words = _n("{count} needs attention", "{count} need attention", cases)
        text = words.format(count=cases)
    else:
        text = _("Needs attention")
        if waiting:
            text = _("{state} · {count} to sync").format(state=text, count=waiting)
    return Badge(text, "triangle-alert", "danger", text, loud=True)


def offline(since: timedelta, waiting: int) -> Badge:
    """Return the badge of a till that HQ does not answer."""
    time, count = duration(since), waiting
    if not waiting:
        text = _("Offline · for {time}").format(time=time)
        return Badge(text, "wifi-off", "warn", _("Offline"), loud=True)
    text = _("Offline · for {time} · {count} to sync").format(time=time, count=count)
    said = _("{state} · {count} to sync").format(state=_("Offline"), count=count)
    return Badge(text, "wifi-off", "warn", said, loud=True)


def slow(latency: timedelta) -> Badge:
    """Return the badge of a link that answers late."""
    seconds, tenth = divmod(latency // _MS // 100, 10)
    text = _("Slow network · {seconds} s").format(seconds=f"{seconds}.{tenth}")
    return Badge(text, "wifi", "warn", _("Slow network"))


def syncing(done: int, whole: int) -> Badge:
    """Return the badge of a long push; of what HQ has to tell nobody knows how long it is."""
    text = _("Syncing {done}/{whole}").format(done=done, whole=whole) if whole else _("Syncing")
    return Badge(text, "refresh-cw", "info", _("Syncing"))


def online(latency: timedelta) -> Badge:
    """Return the badge of a link that is well."""
    text = _("Online · {ms} ms").format(ms=latency // _MS) if latency else _("Online")
    return Badge(text, "wifi", "ok", _("Online"), loud=True)


def cause(code: str) -> str:
    """Say where the way to HQ is broken: this computer, the network outside, or the server."""
    return {
        "": "",
        Outage.NO_NETWORK: _("This computer has no network. Check the cable or the Wi-Fi."),
        Outage.NAME: _("HQ's address cannot be looked up. The internet may be down."),
        Outage.NETWORK: _("The connection to HQ breaks off on the way."),
        Outage.REFUSED: _("The network works, but HQ's server does not run."),
        Outage.TIMEOUT: _("HQ does not answer in time. The internet or HQ's server is too slow."),
        Outage.BUSY: _("HQ's server is busy. The till tries again by itself."),
        Doubt.CERTIFICATE: _("What answers cannot prove that it is HQ."),
        Doubt.NO_CERTIFICATES: _("The certificate file of the settings is not there."),
        Doubt.NOT_HQ: _("Something else than HQ answers: a log-in page of the network, perhaps."),
        Doubt.SHAPE: _("HQ's answer cannot be read. The till tries again by itself."),
        Doubt.SIGNATURE: _("An answer does not bear HQ's signature and was not taken."),
    }.get(code, _("The link to HQ needs somebody."))


def offline_banner(waiting: int, credit: CreditHere | None = None) -> LinkBanner:
    """Say once what goes on, what is bounded, and what waits; and of credit, what is left."""
    text = _(
        "Cash, WeChat, Alipay, cards and earning points go on. Stored value, points and coupons: "
        "up to what is held at this till. Phone and PIN changes wait."
    )
    if credit is not None:
        words = _("{text} On credit: {given} given, {left} left.")
        text = words.format(text=text, given=money(credit.given), left=money(credit.left))
    return LinkBanner("warn", "wifi-off", _("Offline, the till goes on"), text, open_list(waiting))


def attention_banner(told: str, waiting: int) -> LinkBanner:
    """Say what only a person can mend."""
    title = _("Syncing has stopped: a person must look")
    return LinkBanner("danger", "triangle-alert", title, told, open_list(waiting))


def clock_banner() -> LinkBanner:
    """Say that the computer's clock and HQ's differ."""
    text = _("Set the time of this computer right. Selling goes on; HQ is told of the difference.")
    title = _("The computer's clock differs from HQ's by more than five minutes")
    return LinkBanner("warn", "clock", title, text, "")


def open_list(waiting: int) -> str:
    """Return the verb that opens the sync page."""
    return _("Show {count} to sync").format(count=waiting) if waiting else _("Show")


def count(link: Link | None, waiting: int, cases: int) -> str:
    """Return what the rail counts."""
    number = cases if link is Link.ACTION and cases else waiting
    return str(number) if number else ""
