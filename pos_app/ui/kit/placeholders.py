"""What stands where there is nothing yet: an empty list, an answer under way."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.language import _
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.labels import Icon, Role, label, set_shown
from pos_app.ui.kit.layouts import column
from pos_app.ui.kit.theme import Theme

QUIET_MS = 150
SLOW_MS = 1000


class EmptyState(QWidget):
    """One icon, one sentence, one action."""

    acted = Signal()

    def __init__(self, theme: Theme, icon: str, text: str, action: str = "") -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignHCenter
        picture = Icon(theme, icon, "text3", 40)
        self._words = label(text, Role.MUTED, align=Qt.AlignmentFlag.AlignCenter, wrap=True)
        self._action = Button(theme, action)
        self._action.clicked.connect(self.acted)
        set_shown(self._action, shown=bool(action))
        layout = column(None, picture, self._words, self._action, None, gap=14)
        layout.setAlignment(picture, centre)
        layout.setAlignment(self._action, centre)
        self.setLayout(layout)
        self.setAccessibleName(text)

    def tell(self, text: str, action: str = "") -> None:
        self._words.setText(text)
        self._action.label = action
        set_shown(self._action, shown=bool(action))
        self.setAccessibleName(text)


class Skeleton(QWidget):
    """Grey rows, only for an answer that takes longer than a glance; still, never blinking."""

    def __init__(self, theme: Theme, rows: int = 3) -> None:
        super().__init__()
        self._theme = theme
        self._rows = rows
        self._slow = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(_("Loading"))
        self._quiet = _timer(self, QUIET_MS)
        self._quiet.timeout.connect(self._appear)
        self._patience = _timer(self, SLOW_MS)
        self._patience.timeout.connect(self._admit)
        self.hide()

    def begin(self) -> None:
        """Appear after 150 ms unless `end` comes first; after a second, say so in words."""
        self._slow = False
        self._quiet.start()
        self._patience.start()

    def end(self) -> None:
        self._quiet.stop()
        self._patience.stop()
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(240, self._rows * self._theme.density.row)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("sunken"))
        height = self._theme.density.row
        for number in range(self._rows):
            top = number * height + (height - 32) / 2
            painter.drawRoundedRect(QRectF(0, top, 32, 32), 8, 8)
            long, short = self.width() * 0.5, self.width() * 0.3
            painter.drawRoundedRect(QRectF(44, top + 2, long, 12), 6, 6)
            painter.drawRoundedRect(QRectF(44, top + 19, short, 10), 5, 5)
        if self._slow:
            painter.setPen(self._theme.colour("text2"))
            painter.setFont(self._theme.font(self._theme.density.small, 500))
            box = self.rect().adjusted(0, 0, -4, 0)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, side, _("Still looking\u2026"))

    def _appear(self) -> None:
        set_shown(self, shown=True)

    def _admit(self) -> None:
        self._slow = True
        self.update()


def _timer(owner: QWidget, interval_ms: int) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    return timer
