"""The panel after success: a tick, the sum, what the member holds now."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from pos_app.language import _
from pos_app.ui.checkout.state import Finished, FinishedFact
from pos_app.ui.kit.announce import announce
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.labels import Icon, Pill, Role, Tone, label
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.section_card import SoftBox
from pos_app.ui.kit.theme import Theme

_TICK = 84
SETTLE_MS = 700


class _Tick(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(_TICK, _TICK)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("ok_soft"))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setBrush(self._theme.colour("ok"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(11, 11, -11, -11))
        side = _TICK // 2 - 6
        tick = self._theme.pixmap("check", "surface", side, self.devicePixelRatioF())
        painter.drawPixmap((_TICK - side) // 2, (_TICK - side) // 2, tick)


class FinishedView(QFrame):
    """Lies over the panel; the amount below keeps the focus, so that a digit begins the next."""

    next_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "panel")
        self._title = label("", Role.H1, align=Qt.AlignmentFlag.AlignCenter)
        self._amount = label("", Role.STAT, align=Qt.AlignmentFlag.AlignCenter)
        self._slip = label("", Role.FAINT, align=Qt.AlignmentFlag.AlignCenter)
        self._upgrade = Pill("", Tone.GOLD)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(10)
        self._printer = Icon(theme, "printer", "text2", 18)
        self._printing = label("", Role.MUTED, wrap=True)
        self._again = Button(theme, _("Print again"), "", Kind.GHOST)
        self._again.clicked.connect(self.print_wanted)
        self._hint = label("", Role.MUTED, align=Qt.AlignmentFlag.AlignCenter, wrap=True)
        self.call = CallToAction(theme)
        self.call.clicked.connect(self._next)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._build(theme)
        self.hide()

    @property
    def settling(self) -> bool:
        """Say whether it has only just appeared: the second half of a double press is no wish."""
        return self.isVisible() and self._settle.isActive()

    def show_finished(self, finished: Finished, call: str) -> None:
        if finished.slip != self._slip.text():
            announce(self, f"{finished.title} {finished.amount}", urgent=True)
            self._settle.start()
        self._title.setText(finished.title)
        self._amount.setText(finished.amount)
        self._slip.setText(finished.slip)
        self._upgrade.say(finished.upgrade)
        self._printing.setText(finished.printing)
        self._printer.setVisible(bool(finished.printing))
        self._hint.setText(finished.hint)
        self.call.ready(call)
        self._show_facts(finished.facts)

    def _next(self) -> None:
        if not self.settling:
            self.next_wanted.emit()

    def _show_facts(self, facts: tuple[FinishedFact, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for line, fact in enumerate(facts):
            role = Role.FIGURE if fact.large else Role.MONEY
            self._grid.addWidget(label(fact.label, Role.MUTED), line, 0)
            self._grid.addWidget(label(fact.value, role, align=right), line, 1)

    def _build(self, theme: Theme) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        tick = _Tick(theme)
        well = SoftBox()
        well.setLayout(column(self._grid, margins=(18, 14, 18, 14)))
        printing = row(self._printer, self._printing, self._again, gap=8)
        printing.setStretch(1, 1)
        pad = theme.density.pad + 2
        layout = column(
            None,
            tick,
            6,
            self._title,
            self._amount,
            self._slip,
            4,
            self._upgrade,
            10,
            well,
            4,
            printing,
            None,
            self._hint,
            4,
            self.call,
            gap=4,
            margins=(pad, theme.density.pad, pad, theme.density.pad),
        )
        layout.setAlignment(tick, centre)
        layout.setAlignment(self._upgrade, centre)
        self.setLayout(layout)
