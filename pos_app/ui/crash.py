"""When a bug reaches the top: log it, say one plain sentence, and end; the book is safe."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from pos_app.language import _
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column
from pos_app.ui.kit.theme import Theme

EXIT_CODE = 70  # EX_SOFTWARE of sysexits.h
_log = logging.getLogger(__name__)


class CrashHandler:
    """Stands in for `sys.excepthook`; the first bug ends the program, later ones are logged."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._notice: QWidget | None = None
        sys.excepthook = self.handle

    def handle(
        self, kind: type[BaseException], bug: BaseException, trace: TracebackType | None
    ) -> None:
        """Log the bug without its data, and show the sentence."""
        _log.critical("bug: %s\n%s", kind.__name__, "".join(_places(bug, trace)))
        if self._notice is None:
            self._notice = self._sentence()
            self._notice.show()

    def _sentence(self) -> QWidget:
        notice = _Notice(None, Qt.WindowType.WindowStaysOnTopHint)
        notice.setProperty("kind", "page")
        notice.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # Qt would end the program with 0 when this was the last window.
        notice.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        notice.setWindowTitle(_("Member terminal"))
        told = _(
            "The program met an error and has to close. Every payment that was confirmed is kept."
            " Start it again; the last slip can be printed from the journal."
        )
        close = Button(self._theme, _("Close"), kind=Kind.PRIMARY)
        close.clicked.connect(notice.close)
        notice.setLayout(
            column(label(told, Role.BODY, wrap=True), close, gap=16, margins=(28, 28, 28, 28))
        )
        notice.setFixedWidth(480)
        return notice


class _Notice(QWidget):
    """However it is closed, the program ends."""

    def closeEvent(self, event: QCloseEvent, /) -> None:
        super().closeEvent(event)
        QCoreApplication.exit(EXIT_CODE)


def _places(bug: BaseException, trace: TracebackType | None) -> Iterator[str]:
    """Yield where it happened, causes first; what a bug says of itself may be somebody's data."""
    cause = bug.__cause__ or (None if bug.__suppress_context__ else bug.__context__)
    if cause is not None:
        yield from _places(cause, cause.__traceback__)
        yield f"{type(cause).__name__}, and from it:\n"
    yield from traceback.format_tb(trace)
