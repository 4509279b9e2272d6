"""Alerts in words: what a signal means, by which figures it was raised, what may be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from pos_app.language import _
from pos_app.ledger.alert_list import AlertLine
from pos_app.ledger.rules.fraud_rows import Deed, SignalKind
from pos_app.ledger.rules.radar import FREEZE
from pos_app.money import Money
from pos_app.ui.formats import money, short_money
from pos_app.ui.parts.state import Fact, TableRow
from pos_app.ui.radar_page.state import AlertDetail

_TITLES: Mapping[str, Callable[[], str]] = {
    SignalKind.EARN_REFUND_LOOP: lambda: _("Earned and returned"),
    SignalKind.BULK_REGISTRATION: lambda: _("Registered in a row"),
    SignalKind.OWN_MEMBER: lambda: _("Own membership?"),
    SignalKind.ONE_HAND: lambda: _("Many orders, one cashier"),
    SignalKind.MANY_TILLS: lambda: _("Many tills at once"),
    SignalKind.VELOCITY: lambda: _("Many payments at once"),
    SignalKind.ADJUST_SPIKE: lambda: _("Many coupons by hand"),
    SignalKind.TOP_UP_CASH_OUT: lambda: _("Topped up, paid out"),
    SignalKind.UPGRADE_UNDONE: lambda: _("Upgrade returned"),
    SignalKind.LARGE_AMOUNT: lambda: _("Large top-up"),
    SignalKind.SPLIT_PURCHASES: lambda: _("Split top-ups"),
}
_MEANINGS: Mapping[str, Callable[[], str]] = {
    SignalKind.EARN_REFUND_LOOP: lambda: _(
        "At least {least} orders earned points and came back within {days} days."
    ),
    SignalKind.BULK_REGISTRATION: lambda: _(
        "At least {least} members were registered in a row within {hours} hours,"
        " with nothing sold between them."
    ),
    SignalKind.OWN_MEMBER: lambda: _("The operator served a member of the same name."),
    SignalKind.ONE_HAND: lambda: _(
        "One operator sold at least {least} orders that earned points to one member"
        " within {hours} hours."
    ),
    SignalKind.MANY_TILLS: lambda: _("The member was at {least} tills or more within an hour."),
    SignalKind.VELOCITY: lambda: _(
        "At least {least} payments with stored value within {minutes} minutes."
    ),
    SignalKind.ADJUST_SPIKE: lambda: _(
        "At least {least} coupons by hand on one day, more than {times_usual} times the usual."
    ),
    SignalKind.TOP_UP_CASH_OUT: lambda: _(
        "Most of a top-up (from {percent}%) was paid out again within {days} days."
    ),
    SignalKind.UPGRADE_UNDONE: lambda: _(
        "The order that brought an upgrade came back. What was enjoyed meanwhile stays."
    ),
    SignalKind.LARGE_AMOUNT: lambda: _("A top-up of {amount} or more."),
    SignalKind.SPLIT_PURCHASES: lambda: _(
        "At least {least} top-ups just below {amount} on one day."
    ),
}
_DEEDS: Mapping[str, Callable[[], str]] = {
    Deed.REGISTER: lambda: _("Registration"),
    Deed.SALE: lambda: _("Sale"),
    Deed.REFUND: lambda: _("Refund"),
    Deed.TOP_UP: lambda: _("Top-up"),
    Deed.PAY: lambda: _("Payment"),
    Deed.CASH_OUT: lambda: _("Account closed"),
    Deed.ADJUST: lambda: _("Coupon issued"),
}


def table_row(line: AlertLine, zone: ZoneInfo) -> TableRow:
    """Return one line of the list."""
    cells = (
        f"{line.raised_at.astimezone(zone):%m-%d %H:%M}",
        _title(line),
        _who(line),
        str(len(line.events)),
        _("This till") if line.here else _("HQ"),
        _("To be looked at") if line.open else _("Looked at"),
    )
    return TableRow(line.id.hex, cells, "warn" if line.open else "")


def detail(line: AlertLine, zone: ZoneInfo, turn: int) -> AlertDetail:
    """Return an alert as its panel shows it."""
    count = len(line.events)
    return AlertDetail(
        title=_title(line),
        subtitle=_who(line),
        meaning=_meaning(line),
        facts=_facts(line),
        events=tuple(_event(line, number, zone) for number in range(count)),
        closes=line.closes,
        opens_member=line.member is not None and bool(count),
        turn=turn,
    )


def _title(line: AlertLine) -> str:
    """Return what was found; a newer HQ may know signals that this program has no words for."""
    known = _TITLES.get(line.signal)
    return line.signal if known is None else known()


def _meaning(line: AlertLine) -> str:
    known = _MEANINGS.get(line.signal)
    figures = {"amount": short_money(Money(line.rule.get("fen", 0))), **line.rule}
    words = "" if known is None else known().format_map(_Figures(figures))
    return f"{words} {_('It proves nothing: look at the events.')}".strip()


class _Figures(dict[str, object]):
    """The figures of a rule; one that HQ did not tell stays open."""

    def __missing__(self, name: str) -> str:
        return "…"


def _facts(line: AlertLine) -> tuple[Fact, ...]:
    proposal = _("Freeze the member, if you see it so") if line.proposal == FREEZE else ""
    found = (
        Fact(_("Found by"), _("This till") if line.here else _("HQ")),
        Fact(_("Proposal"), proposal),
        Fact(_("Closed by"), line.closed_by),
        Fact(_("Found out"), line.why),
        Fact(_("Closing"), "" if line.here or not line.open else _("HQ closes it")),
    )
    return tuple(fact for fact in found if fact.value)


def _who(line: AlertLine) -> str:
    if line.who:
        return line.who
    return _("This till") if line.here else _("Elsewhere")


def _event(line: AlertLine, number: int, zone: ZoneInfo) -> TableRow:
    event = line.events[number]
    known = _DEEDS.get(event.deed)
    what = event.deed if known is None else known()
    whose = event.member_masked if line.member is None else ""
    cells = (
        f"{event.at.astimezone(zone):%m-%d %H:%M}",
        f"{what} · {whose}" if whose else what,
        money(event.amount) if event.amount else "",
    )
    key = f"-{number}" if event.seq is None else str(event.seq)
    return TableRow(key, cells)
