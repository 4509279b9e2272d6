"""The whole window on a real ledger, for what only a window can show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.scan import ScanFilter
from pos_app.ui.kit.theme import Theme
from pos_app.ui.shell.view import MainWindow, Page, WindowHabits
from pos_app.ui.shell.ways import JOURNAL, PageDoor
from tests.shop import Shop
from tests.ui.shell.hands import Hands, SetClock
from tests.ui.shell.till import Till, till_of


def pytest_itemcollected(item: pytest.Item) -> None:
    """Overlook the one warning that the offscreen platform gives for every window."""
    item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Theme:
    """Dress the application once, light and compact."""
    theme = Theme()
    theme.apply(qapp)
    return theme


@pytest.fixture
def till(shop: Shop) -> Till:
    return till_of(shop)


@pytest.fixture
def hands(scans: ScanFilter, scan_clock: SetClock) -> Hands:
    return Hands(scan_clock, scans)


@pytest.fixture
def scan_clock() -> SetClock:
    return SetClock()


@pytest.fixture
def scans(qapp: QApplication, scan_clock: SetClock) -> Iterator[ScanFilter]:
    """Tell scans from typing, as the program does."""
    made = ScanFilter(now_ms=scan_clock)
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


@pytest.fixture
def window(till: Till, look: Theme, scans: ScanFilter, qtbot: QtBot) -> Iterator[MainWindow]:
    """Open the window on a small till's screen, active; afterwards nothing of it is left."""
    pages = [Page(JOURNAL, "Journal", "receipt-text", QLabel("journal"), PageDoor(_nobody))]
    made = MainWindow(look, till.shell, pages, WindowHabits(idle_seconds=3_600))
    scans.scanned.connect(till.shell.scanned)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    scans.scanned.disconnect(till.shell.scanned)
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _nobody(_member: object) -> None:
    """Show the same for everybody."""
