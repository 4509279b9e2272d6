"""Where a figure of a member comes from, row by row."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from pos_app.language import _
from pos_app.ledger.counter import CouponCard
from pos_app.ledger.origins import Figure, Origins, Part, Step
from pos_app.money import Money, Points
from pos_app.ui.coupon_words import coupon_title
from pos_app.ui.formats import day_and_time, money, points, signed, signed_points
from pos_app.ui.member_page.file import MemberFile
from pos_app.ui.member_page.state import Derivation
from pos_app.ui.parts.state import TableRow
from pos_app.ui.words import kind_name


def derivation(found: tuple[Origins, ...], file: MemberFile) -> Derivation:
    """Return the sheet: every part, its events, and whether they add up to what is shown."""
    rows = tuple(row for one in found for row in _rows(one, file))
    wrong = next((one for one in found if one.difference), None)
    return Derivation(
        title=_title(found[0].figure),
        summary=" · ".join(_summary(one) for one in found),
        rows=rows,
        problem="" if wrong is None else _unexplained(wrong),
    )


def _title(figure: Figure) -> str:
    return {
        Figure.STORED_VALUE: _("Where the balance comes from"),
        Figure.POINTS: _("Where the points come from"),
        Figure.COUPONS: _("Where the coupons come from"),
    }[figure]


def _summary(one: Origins) -> str:
    """Say the figure and that its parts add up to it."""
    words = {
        Figure.STORED_VALUE: _("Stored value {sum}"),
        Figure.POINTS: _("Points {sum}"),
        Figure.DEBT: _("Points owed {sum}"),
        Figure.COUPONS: _("Coupons {sum}"),
    }
    return words[one.figure].format(sum=_plain(one.figure, one.shown))


def _unexplained(one: Origins) -> str:
    words = _("{sum} of this is not explained by the events. Ask for a check of the ledger.")
    return words.format(sum=_plain(one.figure, one.difference))


def _rows(one: Origins, file: MemberFile) -> list[TableRow]:
    rows: list[TableRow] = []
    for part in one.parts:
        rows.append(_heading(one.figure, part, file))
        rows += [_step(one.figure, step, file) for step in part.steps]
        if part.at_hq:
            there = _change(one.figure, part.at_hq, 0)
            left = _plain(one.figure, part.left)
            rows.append(TableRow("", ("", _("Free at HQ"), there, left)))
    return rows


def _heading(figure: Figure, part: Part, file: MemberFile) -> TableRow:
    left = _plain(figure, part.left)
    return TableRow("", (_name(figure, part, file), "", "", left), "strong")


def _name(figure: Figure, part: Part, file: MemberFile) -> str:
    if figure is Figure.DEBT:
        return _("Points owed")
    if figure is Figure.POINTS:
        return _("Until {day}").format(day=part.ref)
    if figure is Figure.COUPONS:
        cards: tuple[CouponCard, ...] = (*file.member.coupons, *file.member.away)
        card = next((card for card in cards if card.id.hex == part.ref), None)
        return part.name if card is None else coupon_title(card)
    return _("Top-up of {day}").format(day=_day(part.since, file.programme.zone))


def _day(at: datetime | None, zone: ZoneInfo) -> str:
    return "" if at is None else f"{at.astimezone(zone):%Y-%m-%d}"


def _step(figure: Figure, step: Step, file: MemberFile) -> TableRow:
    when = day_and_time(step.at, now=file.now, zone=file.programme.zone)
    change = _change(figure, step.amount, step.bonus)
    return TableRow(
        str(step.seq), (f"  {when}", kind_name(step.kind), change, _plain(figure, step.after))
    )


def _change(figure: Figure, amount: int, bonus: int) -> str:
    if figure is not Figure.STORED_VALUE:
        return signed_points(Points(amount))
    if not bonus:
        return signed(Money(amount))
    words = _("{sum} (bonus {bonus})")
    return words.format(sum=signed(Money(amount)), bonus=money(Money(abs(bonus))))


def _plain(figure: Figure, amount: int) -> str:
    if figure is Figure.STORED_VALUE:
        return money(Money(amount))
    return points(Points(amount))
