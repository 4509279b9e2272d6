"""The counter page: look-up on top, below it the home page or the member."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.ui.counter.hit_rows import ResultsList
from pos_app.ui.counter.home_view import HomeView
from pos_app.ui.counter.member_view import MemberView
from pos_app.ui.counter.presenter import CounterPresenter
from pos_app.ui.counter.state import CounterState
from pos_app.ui.counter.top_bar import TopBar
from pos_app.ui.kit.banner import Banner
from pos_app.ui.kit.layouts import column
from pos_app.ui.kit.theme import Theme


class CounterView(QWidget):
    """Paints a CounterState and reports what the cashier does."""

    new_wanted = Signal(str)
    order_chosen = Signal(str)

    def __init__(self, theme: Theme, presenter: CounterPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._turn = 0
        self.setProperty("kind", "page")
        self.top = TopBar(theme)
        self.banner = Banner(theme)
        self.home = HomeView(theme)
        self.member = MemberView(theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.home)
        self._pages.addWidget(self.member)
        sizes = theme.density
        margins = (sizes.pad + 2, sizes.pad - 2, sizes.pad + 2, sizes.pad)
        layout = column(self.top, self.banner, self._pages, gap=sizes.gap, margins=margins)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.results = ResultsList(theme, self)
        self._connect()
        presenter.shown.attach(self.render_state)

    def render_state(self, state: CounterState) -> None:
        if state.lookup.turn != self._turn:
            self._turn = state.lookup.turn
            self.top.lookup.setText(state.lookup.text)
        self.results.show_lookup(state.lookup)
        self._place_results()
        if state.loaded is None:
            self.home.show_home(state.home)
            self._pages.setCurrentWidget(self.home)
        else:
            self.member.show_loaded(state.loaded)
            self._pages.setCurrentWidget(self.member)

    def focus_lookup(self) -> None:
        self.top.lookup.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.lookup.selectAll()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._place_results()

    def _place_results(self) -> None:
        below = self.top.lookup.mapTo(self, QPoint(0, self.top.lookup.height() + 6))
        self.results.setFixedWidth(max(self.top.lookup.width(), 320))
        self.results.move(below)

    def _new(self) -> None:
        self.new_wanted.emit(self.top.lookup.text())

    def _connect(self) -> None:
        to = self._presenter
        self.top.lookup.textEdited.connect(to.typed)
        self.top.moved.connect(to.move)
        self.top.entered.connect(to.enter)
        self.top.new_wanted.connect(self._new)
        self.results.chosen.connect(to.choose)
        self.results.new_wanted.connect(self._new)
        self.home.member_chosen.connect(to.choose)
        self.home.order_chosen.connect(self.order_chosen)
        self.member.card.reveal_wanted.connect(to.reveal)
        self.member.card.conceal_wanted.connect(to.conceal)
        self.member.coupons.toggled.connect(to.toggle_coupon)
