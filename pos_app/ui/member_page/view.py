"""The page about one member."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.language import _
from pos_app.ui.kit.banner import Banner
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.labels import Tone
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.placeholders import Skeleton
from pos_app.ui.kit.segmented import Segmented
from pos_app.ui.kit.theme import Theme
from pos_app.ui.member_page import tabs
from pos_app.ui.member_page.cards_tab import CardsTab
from pos_app.ui.member_page.closing_sheet import ClosingSheet
from pos_app.ui.member_page.deed_sheet import MemberDeedSheet
from pos_app.ui.member_page.identity_card import IdentityCard
from pos_app.ui.member_page.origin_sheet import OriginSheet
from pos_app.ui.member_page.presenter import MemberPagePresenter
from pos_app.ui.member_page.state import MemberPageState
from pos_app.ui.member_page.statement_sheet import StatementSheet
from pos_app.ui.parts.page_head import PageHead
from pos_app.ui.parts.tags_sheet import TagsSheet

_TABS = ("overview", "value", "cards", "points", "coupons", "tier", "orders")


class MemberPageView(QWidget):
    """Identity on the left, tabs in the centre; deeds open a sheet over the window `host`."""

    def __init__(self, theme: Theme, host: QWidget, presenter: MemberPagePresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._head = PageHead(theme, "id-card", _("Member"))
        self.identity = IdentityCard(theme, presenter)
        self.tabs = Segmented(theme, _tab_options())
        self.tabs.setProperty("dense", "true")
        self.overview = tabs.OverviewTab(theme)
        self.value = tabs.ValueTab(theme)
        self.cards = CardsTab(theme, presenter.cards)
        self.points = tabs.TableTab(theme, tabs.points_table(theme), "coins", _("No points yet."))
        self.coupons = tabs.CouponsTab(theme)
        self.tier = tabs.TierTab(theme)
        self.orders = tabs.TableTab(
            theme, tabs.orders_table(theme), "receipt-text", _("No order yet.")
        )
        self._notice = Banner(theme)
        self._waiting = Skeleton(theme, rows=6)
        self.sheet = MemberDeedSheet(theme, host, presenter)
        self.found = TagsSheet(theme, host)
        self.identity.found_wanted.connect(self.found.explain)
        self.origin = OriginSheet(theme, host)
        self.statement = StatementSheet(theme, host)
        self.closing = ClosingSheet(theme, host, presenter.closing)
        self._lay_out(theme)
        self._connect()
        presenter.shown.attach(self.render_state)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._presenter.close()
            return
        super().keyPressEvent(event)

    def render_state(self, state: MemberPageState) -> None:
        self._body.setVisible(state.identity is not None)
        if state.identity is None and not state.problem:
            self._waiting.begin()
        else:
            self._waiting.end()
        self._show_notice(state)
        self.sheet.render_state(state.sheet)
        self.origin.render_state(state.derivation)
        self.statement.render_state(state.statement)
        if state.identity is None or state.overview is None or state.tier is None:
            return
        self.identity.render_state(state)
        self.tabs.select(state.tab)
        self._pages.setCurrentIndex(_TABS.index(state.tab))
        self.overview.show_overview(state.overview)
        self.value.show_value(state.value, state.no_closing)
        self.points.show_rows(state.points)
        self.coupons.show_tickets(state.coupons)
        self.tier.show_sum(state.tier)
        self.orders.show_rows(state.orders)

    def _show_notice(self, state: MemberPageState) -> None:
        if state.problem:
            self._notice.tell(Tone.DANGER, state.problem)
        elif state.notice:
            self._notice.tell(Tone.OK, state.notice)
        else:
            self._notice.hide()

    def _lay_out(self, theme: Theme) -> None:
        sizes = theme.density
        self.serve = Button(theme, _("Serve at the till"), "scan-line")
        self.top_up = Button(theme, _("Top-up"), "wallet")
        self.refund = Button(theme, _("Refund"), "undo-2")
        self.journal = Button(theme, _("Journal"), "receipt-text")
        for button in (self.serve, self.top_up, self.refund, self.journal):
            self._head.side.addWidget(button)
        self._pages = QStackedWidget()
        money = (self.overview, self.value, self.cards, self.points)
        centre = (*money, self.coupons, self.tier, self.orders)
        for page in centre:
            self._pages.addWidget(page)
        right = column(self.tabs, self._pages, gap=sizes.gap)
        right.setStretch(1, 1)
        self._body = QWidget()
        body = row(self.identity, right, gap=sizes.gap)
        body.setStretch(1, 1)
        self._body.setLayout(body)
        margins = (sizes.pad + 2, sizes.pad - 2, sizes.pad + 2, sizes.pad)
        layout = column(
            self._head, self._notice, self._waiting, self._body, gap=sizes.gap, margins=margins
        )
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        presenter = self._presenter
        self._head.left.connect(presenter.close)
        self.tabs.chosen.connect(presenter.choose_tab)
        self.serve.clicked.connect(presenter.serve)
        self.top_up.clicked.connect(presenter.top_up)
        self.refund.clicked.connect(presenter.refund)
        self.value.close_account.clicked.connect(presenter.close_account)
        self.journal.clicked.connect(presenter.journal)
        self.overview.why_money.clicked.connect(presenter.explain_value)
        self.overview.why_points.clicked.connect(presenter.explain_points)
        self.coupons.why.clicked.connect(presenter.explain_coupons)
        self.origin.closed.connect(presenter.close_explained)
        self.value.statement.clicked.connect(presenter.ask_statement)
        self.statement.closed.connect(presenter.close_statement)
        self.statement.print_wanted.connect(presenter.print_statement)
        self.origin.event_wanted.connect(presenter.open_event)


def _tab_options() -> tuple[Option, ...]:
    texts = (
        _("Overview"),
        _("Value"),
        _("Cards"),
        _("Points"),
        _("Coupons"),
        _("Tier"),
        _("Orders"),
    )
    return tuple(Option(name, text) for name, text in zip(_TABS, texts, strict=True))
