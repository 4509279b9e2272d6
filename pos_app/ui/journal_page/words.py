"""The journal's lines, moves and facts in words."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pos_app.language import _
from pos_app.ledger.journal_page import EventDetail, JournalLine
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.store.event import Kind
from pos_app.money import Money, Points
from pos_app.ui.formats import exact, money, points, signed, signed_points
from pos_app.ui.journal_page.state import Explained
from pos_app.ui.parts.state import Fact, TableRow
from pos_app.ui.words import kind_name, tender_name

GROUPS: dict[str, tuple[Kind, ...]] = {
    "all": (),
    "sale": (Kind.SALE,),
    "topup": (Kind.TOPUP,),
    "refund": (Kind.REFUND, Kind.VOID, Kind.ACCOUNT_CLOSE),
    "member": (
        *(Kind.MEMBER_NEW, Kind.MEMBER_EDIT, Kind.MEMBER_STATUS, Kind.MEMBER_TIER),
        *(Kind.COUPON_ISSUE, Kind.REAL_NAME),
        *(Kind.CARD_ISSUE, Kind.CARD_LOSS, Kind.CARD_FOUND, Kind.CARD_REPLACE),
    ),
    "access": (
        *(Kind.SIGN_IN, Kind.SIGN_IN_FAIL, Kind.OPERATOR_NEW, Kind.OPERATOR_EDIT),
        *(Kind.PIN_SET, Kind.PIN_FAIL, Kind.PIN_PASS),
    ),
}
_WITH_SLIP = frozenset({Kind.SALE, Kind.TOPUP, Kind.REFUND, Kind.VOID, Kind.ACCOUNT_CLOSE})
_SHOWN_HASH = 16


def table_row(line: JournalLine, zone: ZoneInfo, *, with_day: bool) -> TableRow:
    """Return one line of the table."""
    local = line.at.astimezone(zone)
    time = f"{local:%m-%d %H:%M}" if with_day else f"{local:%H:%M:%S}"
    cells = (
        time,
        kind_name(line.kind),
        line.slip or f"#{line.seq}",
        line.member_masked,
        line.operator_number,
        signed(line.amount) if line.amount else "",
        signed_points(line.points) if line.points else "",
    )
    return TableRow(str(line.seq), cells, "danger" if line.amount.minor < 0 else "")


def explained(detail: EventDetail, zone: ZoneInfo) -> Explained:
    """Return an event as its panel shows it."""
    line = detail.line
    seal = (
        _("Signed by this till. The signature is genuine.")
        if detail.signature_ok
        else _("The signature does not fit this event. Call your support now.")
    )
    return Explained(
        seq=line.seq,
        title=kind_name(line.kind),
        subtitle=exact(line.at, zone=zone),
        amount=signed(line.amount) if line.amount else "",
        genuine=detail.signature_ok,
        seal=seal,
        facts=_facts(line, detail),
        moves=tuple(_move(number, move) for number, move in enumerate(detail.transfers)),
        chain=(
            Fact(_("Place"), f"#{line.seq}"),
            Fact(_("Hash"), detail.hash[:_SHOWN_HASH], note=detail.hash),
            Fact(_("Before it"), detail.previous_hash[:_SHOWN_HASH], note=detail.previous_hash),
        ),
        has_slip=line.kind in _WITH_SLIP,
    )


def _facts(line: JournalLine, detail: EventDetail) -> tuple[Fact, ...]:
    facts = (
        Fact(_("Slip"), line.slip),
        Fact(_("Member"), line.member_masked),
        Fact(_("Operator"), line.operator_number),
        Fact(_("Points"), signed_points(line.points) if line.points else ""),
        Fact(_("Rules"), "/".join(detail.rules.split("/")[-2:]), note=detail.rules),
    )
    return tuple(fact for fact in facts if fact.value)


def _move(number: int, move: tuple[str, str, str, int]) -> TableRow:
    source, target, unit, amount = move
    return TableRow(str(number), (account(source), account(target), _quantity(unit, amount)))


def _quantity(unit: str, amount: int) -> str:
    if unit == "CNY":
        return money(Money(amount))
    if unit == "PTS":
        return _("{points} pts").format(points=points(Points(amount)))
    return _("1 coupon")


def account(code: str) -> str:
    """Say what an account is: a tender, a pocket of the member, or a side of the shop."""
    kind, _colon, rest = code.partition(":")
    if kind == "hold":
        return _pocket(rest)
    if kind == "tender":
        name = rest.rpartition(":")[2]
        if name == "bank":
            return _("Bank transfer")
        return tender_name(Tender(name)) if name in set(Tender) else name
    return {
        "hq": _("Headquarters"),
        "debt": _("Points owed"),
        "sales": _("Sales"),
        "rounding": _("Cash rounding"),
        "closing": _("Kept at a closing"),
        "bonus_expense": _("Bonus given by the shop"),
        "interest_expense": _("Interest paid by the shop"),
        "pts_issued": _("Points issued"),
        "pts_redeemed": _("Points redeemed"),
        "cpn_issued": _("Coupons issued"),
        "cpn_redeemed": _("Coupons used"),
    }.get(kind, code)


def _pocket(rest: str) -> str:
    pocket, _colon, after = rest.partition(":")
    if pocket == "PTS":
        day = after.rpartition(":")[2]
        return _("Points until {day}").format(day=day)
    if pocket == "CPN":
        return _("Member's coupons")
    lot = after.rpartition(":")[2][-4:]
    if pocket == "P":
        return _("Principal, lot {lot}").format(lot=lot)
    return _("Bonus, lot {lot}").format(lot=lot)
