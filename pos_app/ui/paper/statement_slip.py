"""The statement of a member's stored value on paper: every movement, and what stood after it."""

from __future__ import annotations

from datetime import datetime, tzinfo

from pos_app.documents.figures import money_text
from pos_app.documents.rows import Row
from pos_app.documents.slip import Fact, Foot, Head, JournalPosition, NoticeSlip, SlipMember
from pos_app.documents.slip_rows import notice_rows
from pos_app.language import _
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.statements import Statement, ValueLine
from pos_app.money import Money
from pos_app.ui.words import kind_name

_SHORT = 8
_WHEN = "%Y-%m-%d %H:%M"


def statement_rows(made: Statement, by: SignedIn, zone: tzinfo) -> tuple[Row, ...]:
    """Return the rows of the slip; opening, each movement, closing."""
    return notice_rows(
        NoticeSlip(
            head=_head(made, by, zone),
            title=_("Stored-value statement"),
            member=SlipMember(name=made.name, phone=made.phone, tier=made.tier),
            sections=(
                _opening(made),
                *(_movement(line, zone) for line in made.lines),
                _closing(made),
            ),
            foot=_foot(made),
        )
    )


def _head(made: Statement, by: SignedIn, zone: tzinfo) -> Head:
    return Head(
        shop=made.shop,
        terminal=made.terminal,
        cashier=f"{by.name} {by.number}",
        number="",
        time=_moment(made.made_at, zone),
    )


def _moment(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):{_WHEN}}"


def _opening(made: Statement) -> tuple[Fact, ...]:
    return (
        Fact(_("From"), made.period.first.isoformat()),
        Fact(_("To"), made.period.last.isoformat()),
        Fact(_("Balance before"), money_text(made.principal_before + made.bonus_before)),
        _pockets(made.principal_before, made.bonus_before),
    )


def _movement(line: ValueLine, zone: tzinfo) -> tuple[Fact, ...]:
    left = line.principal_after + line.bonus_after
    return (
        Fact(f"{_moment(line.at, zone)} {kind_name(line.kind)}", _signed(line)),
        _pockets(line.principal, line.bonus),
        Fact(_("Balance then"), money_text(left)),
    )


def _closing(made: Statement) -> tuple[Fact, ...]:
    principal, bonus = made.after
    return (
        Fact(_("Movements"), str(len(made.lines))),
        Fact(_("Balance at the end"), money_text(principal + bonus)),
        _pockets(principal, bonus),
    )


def _signed(line: ValueLine) -> str:
    moved = line.principal + line.bonus
    return f"+{money_text(moved)}" if moved.minor > 0 else money_text(moved)


def _pockets(principal: Money, bonus: Money) -> Fact:
    return Fact(_("Principal / bonus"), f"{money_text(principal)} / {money_text(bonus)}")


def _foot(made: Statement) -> Foot:
    node, epoch, seq, digest = made.place
    note = _("Movements at this terminal. HQ keeps those of all terminals.")
    return Foot(
        notes=(note,) if made.in_chain else (),
        position=JournalPosition(node[:_SHORT], epoch, seq, digest[:_SHORT]),
    )
