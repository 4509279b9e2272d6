"""The dressed application, for everything that is painted."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.gallery import GalleryWindow
from pos_app.ui.kit.layouts import column, held
from pos_app.ui.kit.scan import ScanFilter
from pos_app.ui.kit.theme import Mode, Theme


def pytest_itemcollected(item: pytest.Item) -> None:
    """Overlook the one warning that the offscreen platform gives for every window."""
    item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


class SetClock:
    """A clock in milliseconds that a test turns by hand."""

    def __init__(self) -> None:
        self.now_ms = 1_000_000

    def __call__(self) -> int:
        return self.now_ms

    def pass_ms(self, span_ms: int) -> None:
        self.now_ms += span_ms


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """Dress the application once; a new style sheet costs every widget a polish."""
    theme = Theme()
    theme.apply(qapp)
    return theme


@pytest.fixture
def theme(dressed: Theme) -> Iterator[Theme]:
    """Return the theme as it is at start: light and compact."""
    yield dressed
    if dressed.mode is not Mode.LIGHT:
        dressed.switch(Mode.LIGHT)
    dressed.fit(768)


@pytest.fixture
def gallery(theme: Theme, qtbot: QtBot) -> GalleryWindow:
    """Open the gallery on a small till's screen, active."""
    window = GalleryWindow(theme)
    window.resize(1366, 768)
    show_active(qtbot, window)
    return window


class Stage:
    """Windows around single parts; they live as long as the test."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self._qtbot = qtbot
        self.theme = theme
        self._windows: list[QWidget] = []

    def show(self, *parts: QWidget) -> None:
        """Show parts one under the other in an active window."""
        window = held(column(*parts))
        window.setMinimumSize(240, 120)
        self._windows.append(window)
        show_active(self._qtbot, window)


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme) -> Stage:
    """Return an empty stage in the house's look."""
    return Stage(qtbot, theme)


def show_active(qtbot: QtBot, window: QWidget) -> None:
    """Show a window and wait until it has the focus."""
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


@pytest.fixture
def scan_clock() -> SetClock:
    """Return the clock of the scan filter."""
    return SetClock()


@pytest.fixture
def scans(qapp: QApplication, scan_clock: SetClock) -> Iterator[ScanFilter]:
    """Install a scan filter for one test."""
    made = ScanFilter(now_ms=scan_clock)
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)
