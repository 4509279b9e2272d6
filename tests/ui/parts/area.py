"""A window as large as the place of the pages on the smallest till."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

MAIN_AREA = (860, 730)


class MainArea(QWidget):
    """The place of the pages between rail and panel, at 1366 by 768."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self._qtbot = qtbot
        self._pages = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.resize(*MAIN_AREA)
        qtbot.addWidget(self)
        self.show()
        self.activateWindow()
        qtbot.waitUntil(self.isActiveWindow)

    def turn_to(self, page: QWidget) -> None:
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self.settle()

    def settle(self) -> None:
        """Let layouts and polish come to rest."""
        self._qtbot.wait(30)
