"""The tabs in the centre of the page about a member."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QStackedWidget, QWidget

from pos_app.language import _
from pos_app.ui.kit.buttons import Button, Kind, icon_button
from pos_app.ui.kit.coupon import Coupon, CouponFace
from pos_app.ui.kit.labels import Icon, Role, label
from pos_app.ui.kit.layouts import column, held, row, rule
from pos_app.ui.kit.mini_bars import Bar, MiniBars
from pos_app.ui.kit.placeholders import EmptyState
from pos_app.ui.kit.progress import ProgressLine
from pos_app.ui.kit.section_card import SectionCard
from pos_app.ui.kit.theme import Theme
from pos_app.ui.member_page.state import Overview, Ticket, TierStep, TierSum
from pos_app.ui.parts.centred import scrolled
from pos_app.ui.parts.fact_list import FactList
from pos_app.ui.parts.row_table import RowTable
from pos_app.ui.parts.state import TableRow

_TICKETS_ACROSS = 2


class OverviewTab(QWidget):
    """Balance and points side by side, the lots, the year."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        gap = theme.density.gap
        self._balance, self._points = FactList(), FactList()
        why = _("Where from")
        money, points = SectionCard(theme, _("Balance")), SectionCard(theme, _("Points"))
        self.why_money = icon_button(theme, "info", why)
        self.why_points = icon_button(theme, "info", why)
        money.head.addWidget(self.why_money)
        points.head.addWidget(self.why_points)
        for card, facts in ((money, self._balance), (points, self._points)):
            card.body.addWidget(facts)
            card.body.addStretch(1)
        self._lots_card = SectionCard(theme, _("Lots, oldest first: what is left"))
        self._lots = RowTable(theme, _("Lots"), _lot_titles(), numeric=(1, 2, 3), stretch=0)
        self._lots_card.body.addWidget(self._lots)
        year = SectionCard(theme, _("Twelve months"))
        self._year = label("", Role.MUTED)
        self._bars = MiniBars(theme, _("Spent by month"))
        year.head.addWidget(self._year)
        year.body.addWidget(self._bars, 1)
        top = row(money, points, gap=gap)
        top.setStretch(0, 1)
        top.setStretch(1, 1)
        layout = column(top, self._lots_card, year, gap=gap)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_overview(self, overview: Overview) -> None:
        self._balance.show_facts(overview.balance)
        self._points.show_facts(overview.points)
        self._lots.show_rows(overview.lots)
        self._lots_card.setVisible(bool(overview.lots))
        self._year.setText(overview.year)
        self._bars.show_bars([Bar(one.label, one.fen, one.text) for one in overview.months])


class TableTab(QFrame):
    """A statement or a list in a card; empty, it says so."""

    def __init__(self, theme: Theme, table: RowTable, icon: str, empty: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.table = table
        self._either = QStackedWidget()
        self._either.addWidget(table)
        self._either.addWidget(EmptyState(theme, icon, empty))
        self.setLayout(column(self._either, margins=(6, 6, 6, 6)))

    def show_rows(self, rows: tuple[TableRow, ...]) -> None:
        self.table.show_rows(rows)
        self._either.setCurrentIndex(0 if rows else 1)


class ValueTab(QWidget):
    """The stored-value statement, and below it what can be done with the account as a whole."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.lines = TableTab(theme, value_table(theme), "wallet", _("Never topped up."))
        self._reason = label("", Role.FAINT, wrap=True)
        self.close_account = Button(theme, _("Close the account"), "ban")
        self.statement = Button(theme, _("Print a statement"), "printer")
        foot = row(self._reason, self.statement, self.close_account, gap=theme.density.gap)
        foot.setStretch(0, 1)
        layout = column(self.lines, foot, gap=theme.density.gap)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def show_value(self, rows: tuple[TableRow, ...], no_closing: str) -> None:
        self.lines.show_rows(rows)
        self._reason.setText(no_closing)
        self.close_account.setEnabled(not no_closing)
        self.close_account.setAccessibleDescription(no_closing)


class CouponsTab(QFrame):
    """The coupons in the member's hand, as tickets."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[Ticket, ...] | None = None
        self.setProperty("kind", "card")
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.density.gap)
        self._either = QStackedWidget()
        self._either.addWidget(scrolled(held(column(self._grid, None))))
        self._either.addWidget(EmptyState(theme, "ticket-percent", _("No coupon in hand.")))
        self.why = Button(theme, _("Where from"), "layers", Kind.GHOST)
        layout = column(self._either, row(None, self.why), margins=(14, 14, 14, 14))
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def show_tickets(self, tickets: tuple[Ticket, ...]) -> None:
        if tickets == self._shown:
            return
        self._shown = tickets
        self.why.setVisible(bool(tickets))
        self._either.setCurrentIndex(0 if tickets else 1)
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for place, ticket in enumerate(tickets):
            down, across = divmod(place, _TICKETS_ACROSS)
            self._grid.addWidget(self._ticket(ticket), down, across)

    def _ticket(self, ticket: Ticket) -> Coupon:
        face = CouponFace(
            ticket.figure,
            ticket.unit,
            ticket.title,
            ticket.condition,
            ticket.expiry,
            hot=ticket.hot,
            reason=ticket.reason,
        )
        made = Coupon(self._theme, face)
        made.setCheckable(False)
        return made


class TierTab(QFrame):
    """The arithmetic of the tier, step by step."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[TierStep, ...] = ()
        self.setProperty("kind", "card")
        self._facts = FactList()
        self._missing = label("", Role.BOLD)
        self._progress = ProgressLine(theme, _("Way to the next tier"))
        self._steps = column(gap=4)
        self._rule = label("", Role.MUTED, wrap=True)
        self.setLayout(
            column(
                label(_("How the tier is reckoned"), Role.H2), self._facts, 6, self._missing,
                self._progress, 10, rule(), self._steps, rule(), self._rule, None,
                gap=8, margins=(18, 14, 18, 14),
            )
        )  # fmt: skip

    def show_sum(self, tier: TierSum) -> None:
        self._facts.show_facts(tier.facts)
        self._missing.setText(tier.missing)
        self._progress.show_share(tier.progress_bp)
        self._rule.setText(tier.rule)
        if tier.steps != self._shown:
            self._shown = tier.steps
            self._lay_steps(tier.steps)

    def _lay_steps(self, steps: tuple[TierStep, ...]) -> None:
        while (item := self._steps.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for step in steps:
            self._steps.addWidget(self._step(step))

    def _step(self, step: TierStep) -> QWidget:
        icon, colour = ("circle-check", "ok") if step.reached else ("circle", "text3")
        if step.present:
            icon, colour = "crown", "gold"
        name = label(step.name, Role.BOLD if step.present else Role.BODY)
        line = held(
            row(Icon(self._theme, icon, colour), name, None, label(step.needs, Role.MUTED), gap=10)
        )
        line.setMinimumHeight(36)
        return line


def value_table(theme: Theme) -> RowTable:
    titles = (_("When"), _("What"), _("Principal"), _("Bonus"), _("Balance"))
    table = RowTable(theme, _("Stored-value statement"), titles, numeric=(2, 3, 4), stretch=4)
    table.table.setProperty("tight", "true")  # what it was is never cut off beside three sums
    return table


def points_table(theme: Theme) -> RowTable:
    titles = (_("When"), _("What"), _("Points"), _("Points after"))
    return RowTable(theme, _("Points statement"), titles, numeric=(2, 3), stretch=1)


def orders_table(theme: Theme) -> RowTable:
    titles = (_("When"), _("Goods"), _("Paid"), _("Returned"))
    return RowTable(theme, _("Orders"), titles, numeric=(2,), stretch=1)


def _lot_titles() -> tuple[str, ...]:
    return (_("Date"), _("Paid in"), _("Principal"), _("Bonus"))
