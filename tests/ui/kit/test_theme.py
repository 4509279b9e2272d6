"""The look follows mode and density, everywhere at once."""

import re
import sys
from string import Template

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.theme import RESOURCES, Mode, Theme
from pos_app.ui.kit.tokens import DARK, LIGHT


def test_pyside_keeps_none_alive(qtbot: QtBot) -> None:
    """Some releases of PySide lose a reference to None with every call, and abort after hours."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)

    for _turn in range(500):
        widget.update()

    assert sys.getrefcount(None) >= before - 50


def test_the_palette_turns_dark_and_light_again(qapp: QApplication, theme: Theme) -> None:
    theme.switch(Mode.DARK)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK["canvas"])
    assert theme.dark

    theme.switch(Mode.LIGHT)

    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT["canvas"])
    assert QGuiApplication.styleHints().colorScheme() is not Qt.ColorScheme.Dark


def test_a_button_takes_its_icon_along(qtbot: QtBot, theme: Theme) -> None:
    button = Button(theme, "Top up", "wallet")
    qtbot.addWidget(button)
    light = button.icon().pixmap(20).toImage()

    theme.switch(Mode.DARK)

    assert button.icon().pixmap(20).toImage() != light


def test_the_systems_colours_are_followed_on_request(theme: Theme) -> None:
    theme.switch(Mode.SYSTEM)

    system_is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark

    assert theme.dark is system_is_dark


def test_listeners_hear_of_a_change_only_when_there_is_one(qtbot: QtBot, theme: Theme) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.fit(800)

    with qtbot.waitSignal(theme.changed):
        theme.fit(1080)

    assert theme.density.name == "comfortable"


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_the_style_sheet_has_no_open_places(mode: Mode) -> None:
    sheet = Theme(mode).style_sheet()

    assert not re.findall(r"\$[cd]_\w+", sheet)


def test_the_template_uses_only_namespaced_names() -> None:
    template = Template((RESOURCES / "style.qss").read_text("utf-8"))

    assert all(name.startswith(("c_", "d_")) for name in template.get_identifiers())


def test_figures_are_equally_wide_and_chinese_is_there(theme: Theme) -> None:
    metrics = QFontMetricsF(theme.font(28, 700))

    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")
    assert metrics.horizontalAdvance("\u738b") > 0
    assert QFontInfo(theme.font(16)).family() == "Inter"


def test_an_icon_is_sharp_on_a_dense_screen(theme: Theme) -> None:
    pixmap = theme.pixmap("wallet", "brand", 24, 1.5)

    assert (pixmap.width(), pixmap.devicePixelRatio()) == (36, 1.5)
    assert theme.pixmap("wallet", "brand", 24, 1.5).cacheKey() == pixmap.cacheKey()
