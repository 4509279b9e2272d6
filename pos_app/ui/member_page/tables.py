"""The statements and lists about a member, line by line."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.statements import PointsLine, ValueLine
from pos_app.ui.formats import day_and_time, money, points, short_money, signed, signed_points
from pos_app.ui.member_page.file import MemberFile
from pos_app.ui.parts.state import TableRow
from pos_app.ui.words import kind_name


def lot_rows(file: MemberFile) -> tuple[TableRow, ...]:
    """Return (day, what was paid in, principal left, bonus left), oldest first, no empty lots."""
    zone = file.programme.zone
    return tuple(
        TableRow(
            lot.lot.hex,
            (
                f"{lot.at.astimezone(zone):%Y-%m-%d}",
                f"{short_money(lot.paid)} {signed(lot.bonus)}",
                money(lot.principal_left),
                money(lot.bonus_left),
            ),
        )
        for lot in file.lots
        if lot.principal_left or lot.bonus_left
    )


def value_rows(file: MemberFile) -> tuple[TableRow, ...]:
    """Return (when, what, principal, bonus, balance after)."""
    return tuple(_value_row(file, line) for line in file.value)


def points_rows(file: MemberFile) -> tuple[TableRow, ...]:
    """Return (when, what, points, after)."""
    return tuple(_points_row(file, line) for line in file.points)


def order_rows(file: MemberFile) -> tuple[TableRow, ...]:
    """Return (when, goods, paid, returned)."""
    returned = {"part": _("Partly returned"), "whole": _("Returned")}
    return tuple(
        TableRow(
            sale.event_id.hex,
            (
                day_and_time(sale.at, now=file.now, zone=file.programme.zone),
                sale.title or _("Order without lines"),
                money(sale.paid),
                returned.get(sale.returned, ""),
            ),
        )
        for sale in file.sales
    )


def _value_row(file: MemberFile, line: ValueLine) -> TableRow:
    cells = (
        day_and_time(line.at, now=file.now, zone=file.programme.zone),
        kind_name(line.kind),
        signed(line.principal),
        signed(line.bonus),
        money(line.principal_after + line.bonus_after),
    )
    return TableRow(str(line.seq), cells)


def _points_row(file: MemberFile, line: PointsLine) -> TableRow:
    cells = (
        day_and_time(line.at, now=file.now, zone=file.programme.zone),
        kind_name(line.kind),
        signed_points(line.points),
        points(line.after),
    )
    return TableRow(str(line.seq), cells)
