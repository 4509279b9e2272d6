"""The dressed application, and a window as small as the smallest till's."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.theme import Mode, Theme
from tests.shop import Shop
from tests.ui.parts.area import MainArea
from tests.ui.parts.pages import Pages


def pytest_itemcollected(item: pytest.Item) -> None:
    """Overlook the one warning that the offscreen platform gives for every window."""
    item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """Dress the application once; a new style sheet costs every widget a polish."""
    theme = Theme(Mode.LIGHT, 768)
    theme.apply(qapp)
    return theme


@pytest.fixture
def theme(dressed: Theme) -> Theme:
    return dressed


@pytest.fixture
def area(theme: Theme, qtbot: QtBot) -> MainArea:
    assert theme.density.name == "compact"
    return MainArea(qtbot)


@pytest.fixture
def pages(shop: Shop, theme: Theme, area: MainArea) -> Pages:
    return Pages(shop, theme, area)
