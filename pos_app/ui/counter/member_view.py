"""The member at the counter: card, actions, coupons, what happened lately."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos_app.language import _
from pos_app.ui.counter.coupon_row import CouponRow
from pos_app.ui.counter.lately import LOWEST, InsightsCard, RecentCard
from pos_app.ui.counter.member_card import MemberCard
from pos_app.ui.counter.state import Loaded
from pos_app.ui.kit.banner import Banner
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.labels import Tone
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.theme import Theme


class MemberView(QWidget):
    """Paints a Loaded; every action has its key on it."""

    top_up_wanted = Signal()
    points_wanted = Signal()
    refund_wanted = Signal()
    details_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.card = MemberCard(theme)
        self.warning = Banner(theme)
        self.coupons = CouponRow(theme)
        self.recent = RecentCard(theme)
        self.insights = InsightsCard(theme)
        self._top_up = Button(theme, _("Top up"), "wallet", Kind.ACTION, hint="F6")
        self._points = Button(theme, _("Use points"), "gift", Kind.ACTION, hint="F7")
        self._refund = Button(theme, _("Refund"), "undo-2", Kind.ACTION, hint="F9")
        self._details = Button(theme, _("Details"), "id-card", Kind.ACTION, hint="F10")
        self._top_up.clicked.connect(self.top_up_wanted)
        self._points.clicked.connect(self.points_wanted)
        self._refund.clicked.connect(self.refund_wanted)
        self._details.clicked.connect(self.details_wanted)
        gap = theme.density.gap
        actions = row(self._top_up, self._points, self._refund, self._details, gap=gap - 2)
        below = row(self.recent, self.insights, gap=gap)
        below.setStretch(0, 3)
        below.setStretch(1, 2)
        self._gap = gap
        self._upper = held(column(self.card, self.warning, actions, self.coupons, gap=gap))
        self._below = held(below)
        layout = column(self._upper, self._below, None, gap=gap)
        layout.setStretch(1, 1000)
        self.setLayout(layout)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._upper.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """On a low window what happened lately goes first."""
        room = self.height() - self._upper.sizeHint().height() - self._gap
        self._below.setVisible(room >= LOWEST)

    def show_loaded(self, loaded: Loaded) -> None:
        self.card.show_card(loaded.card)
        if loaded.card.warning:
            self.warning.tell(Tone.DANGER, loaded.card.warning, icon="snowflake")
        else:
            self.warning.hide()
        self.coupons.show_coupons(loaded.tickets, loaded.mix)
        self._make_room()
        self.recent.show_rows(loaded.recent)
        self.insights.show_insights(loaded.insights)
        _offer(self._top_up, loaded.top_up_reason)
        _offer(self._points, loaded.points_reason)


def _offer(button: Button, reason: str) -> None:
    button.setEnabled(not reason)
    button.setToolTip(reason)
    button.setAccessibleDescription(reason)
