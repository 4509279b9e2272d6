"""The top-level window: one scene at a time, the others keep their state behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column
from pos_app.ui.kit.progress import ProgressLine
from pos_app.ui.kit.theme import Theme

LEAST_SIZE = (1280, 720)
_WHOLE = 10_000


def _always() -> bool:
    return True


class WaitScene(QWidget):
    """A sentence, and how far it has come where that is known."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = label("", Role.H1, align=Qt.AlignmentFlag.AlignCenter)
        self._text = label("", Role.MUTED, align=Qt.AlignmentFlag.AlignCenter, wrap=True)
        self._line = ProgressLine(theme, _("Progress"))
        self._line.setFixedWidth(420)
        layout = column(None, self._title, self._text, self._line, None, gap=14)
        layout.setAlignment(self._line, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(layout)
        self._line.hide()

    def tell(self, title: str, text: str = "") -> None:
        """Say what is waited for, or what went wrong."""
        self._title.setText(title)
        self._text.setText(text)
        self._line.hide()

    def show_share(self, done: int, whole: int) -> None:
        """Show how much of it is done."""
        self._line.show()
        self._line.show_share(done * _WHOLE // max(whole, 1))


class Stage(QWidget):
    """Shows one scene. Closing it ends the program."""

    closing = Signal()
    progressed = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle(_("Member terminal"))
        self.may_close: Callable[[], bool] = _always
        self.setMinimumSize(*LEAST_SIZE)
        self.wait = WaitScene(theme)
        self.progressed.connect(self.wait.show_share)
        self._scenes = QStackedWidget()
        self._scenes.addWidget(self.wait)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scenes)

    @property
    def scene(self) -> QWidget | None:
        """Return what is shown now."""
        return self._scenes.currentWidget()

    def take_in(self, *scenes: QWidget) -> None:
        """Keep scenes behind the present one, until they are played."""
        for scene in scenes:
            self._scenes.addWidget(scene)

    def play(self, scene: QWidget) -> None:
        """Bring a scene to the front; a new one is taken in first."""
        if self._scenes.indexOf(scene) < 0:
            self.take_in(scene)
        self._scenes.setCurrentWidget(scene)

    def closeEvent(self, event: QCloseEvent, /) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
