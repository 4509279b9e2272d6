"""The statements and lists about a member, line by line."""

from __future__ import annotations

from heapq import merge
from operator import itemgetter

from pos_app.language import _
from pos_app.ledger.standing import Rewarded
from pos_app.ledger.statements import PointsLine, ValueLine
from pos_app.ledger.store.event import Kind
from pos_app.ui.formats import YUAN, day_and_time, money, points, short_money, signed, signed_points
from pos_app.ui.member_page.file import MemberFile
from pos_app.ui.parts.state import TableRow
from pos_app.ui.reward_words import reward_name
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
    """Return (when, what, points, after); what HQ gave lies there, and changes nothing here."""
    here = [(line.at, _points_row(file, line)) for line in file.points]
    given = enumerate(file.member.standing.rewards)
    there = [(reward.at, _reward_row(file, reward, place)) for place, reward in given]
    both = merge(here, there, key=itemgetter(0), reverse=True)
    return tuple(row for _at, row in both)


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
        _what(line.kind),
        _bare(signed(line.principal)),
        _bare(signed(line.bonus)),
        _bare(money(line.principal_after + line.bonus_after)),
    )
    return TableRow(str(line.seq), cells)


def _what(kind: Kind) -> str:
    """Say what a line is to the member, in as few letters as stand beside three sums."""
    short = {Kind.GOT: _("From HQ"), Kind.RETURN: _("To HQ"), Kind.ACCOUNT_CLOSE: _("Closing")}
    return short.get(kind) or kind_name(kind)


def _bare(sum_: str) -> str:
    return sum_.replace(YUAN, "")


def _points_row(file: MemberFile, line: PointsLine) -> TableRow:
    cells = (
        day_and_time(line.at, now=file.now, zone=file.programme.zone),
        kind_name(line.kind),
        signed_points(line.points),
        points(line.after),
    )
    return TableRow(str(line.seq), cells)


def _reward_row(file: MemberFile, reward: Rewarded, place: int) -> TableRow:
    cells = (
        day_and_time(reward.at, now=file.now, zone=file.programme.zone),
        reward_name(reward),
        signed_points(reward.points),
        _("at HQ"),
    )
    return TableRow(f"reward:{place}", cells)
