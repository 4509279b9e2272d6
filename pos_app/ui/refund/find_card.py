"""Which sale: by its slip, or out of the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.kit.banner import InlineError, Note
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.editors import code_entry
from pos_app.ui.kit.labels import Role, Tone, label
from pos_app.ui.kit.layouts import column, row, rule
from pos_app.ui.kit.placeholders import EmptyState
from pos_app.ui.kit.section_card import ListRow, RowText
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.centred import scrolled
from pos_app.ui.refund.presenter import RefundPresenter
from pos_app.ui.refund.state import OrderRow, RefundState


class OrderButton(QAbstractButton):
    """A row of the list that is pressed to open its sale."""

    def __init__(self, theme: Theme, order: OrderRow) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setEnabled(not order.reason)
        self.setToolTip(order.reason)
        tone = Tone.MUTE if order.reason else Tone.WARN
        text = RowText("receipt-text", order.title, order.subtitle, order.badge, tone, order.amount)
        line = ListRow(theme, text)
        line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(line.accessibleName())
        self.setLayout(column(line, margins=(4, 4, 4, 4)))
        self.setMinimumHeight(theme.density.row + 12)

    def paintEvent(self, _event: object, /) -> None:
        """Nothing of its own: the row inside is what is seen."""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class FindCard(QFrame):
    """A field that waits for the scanner, and below it the orders at hand."""

    picked = Signal(str)

    def __init__(self, theme: Theme, presenter: RefundPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._shown: tuple[OrderRow, ...] | None = None
        self.setProperty("kind", "card")
        self.slip = code_entry(_("S20261121-000142, or its last digits"))
        self.slip.setAccessibleName(_("Slip number"))
        self.slip.returnPressed.connect(self._find)
        self.open = Button(theme, _("Open"), "search", Kind.PLAIN)
        self.open.clicked.connect(self._find)
        self._error = InlineError(theme)
        self._heading = label("", Role.H2)
        self._empty = EmptyState(theme, "receipt-text", "")
        self._elsewhere = label("", Role.MUTED, wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        holder = QWidget()
        holder.setLayout(column(self._list, None, gap=0))
        self._scroll = scrolled(holder)
        find = row(self.slip, self.open, gap=10)
        find.setStretch(0, 1)
        self.setLayout(
            column(
                label(_("Scan the slip, or type its number"), Role.H2),
                find,
                Note(theme, _("The code is printed at the foot of every slip."), "scan-line"),
                self._error,
                rule(),
                self._heading,
                self._elsewhere,
                self._scroll,
                self._empty,
                gap=10,
                margins=(18, 14, 18, 14),
            )
        )

    def render_state(self, state: RefundState) -> None:
        self._error.tell(state.problem or state.closed)
        self._heading.setText(state.heading)
        self._elsewhere.setText(state.elsewhere)
        self._elsewhere.setVisible(bool(state.elsewhere))
        self._empty.tell(state.empty)
        self._empty.setVisible(bool(state.empty))
        self._scroll.setVisible(not state.empty)
        if self.slip.text() != state.query and not self.slip.hasFocus():
            self.slip.setText(state.query)
        if state.orders != self._shown:
            self._shown = state.orders
            self._lay_orders(state.orders)

    def _find(self) -> None:
        self._presenter.find(self.slip.text())

    def _lay_orders(self, orders: tuple[OrderRow, ...]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # until it is gone the next list would lie over it
                old.deleteLater()
        for place, order in enumerate(orders):
            if place:
                self._list.addWidget(rule())
            self._list.addWidget(self._button(order))

    def _button(self, order: OrderRow) -> OrderButton:
        button = OrderButton(self._theme, order)
        button.clicked.connect(lambda: self._presenter.pick(order.key))
        return button
