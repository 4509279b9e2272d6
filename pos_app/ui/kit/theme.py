"""The look of the program: fonts, colours, style sheet, icons; light or dark, compact or roomy."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

import pos_app
from pos_app.ui.kit import tokens

RESOURCES = Path(pos_app.__file__).parent.parent / "resources"

_PALETTE = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.Highlight: "brand_soft",
    QPalette.ColorRole.HighlightedText: "on_brand_soft",
    QPalette.ColorRole.Link: "brand",
    QPalette.ColorRole.LinkVisited: "brand",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "sunken",
    QPalette.ColorRole.Mid: "line2",
    QPalette.ColorRole.Dark: "line2",
    QPalette.ColorRole.Shadow: "shadow",
    QPalette.ColorRole.Accent: "brand",
}
_DISABLED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


class Mode(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Theme(QObject):
    """Owns the current colours and sizes. Painted widgets ask it while they paint."""

    changed = Signal()

    def __init__(self, mode: Mode = Mode.LIGHT, height: int = 768) -> None:
        super().__init__()
        self._mode = mode
        self._density = tokens.density(height)
        self._app: QApplication | None = None

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def dark(self) -> bool:
        if self._mode is Mode.SYSTEM:
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode is Mode.DARK

    @property
    def density(self) -> tokens.Density:
        return self._density

    def apply(self, app: QApplication) -> None:
        """Dress the application. Call once, before the first window."""
        load_fonts()
        self._app = app
        app.setStyle("Fusion")
        self._dress(app)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def switch(self, mode: Mode) -> None:
        """Show the other colours; costs up to half a second with a full window."""
        self._mode = mode
        self._redress()

    def fit(self, height: int) -> None:
        """Choose the density for a window height."""
        chosen = tokens.density(height)
        if chosen != self._density:
            self._density = chosen
            self._redress()

    def hexadecimal(self, name: str) -> str:
        """Return a token as text, as a style sheet or an SVG wants it."""
        return (tokens.DARK if self.dark else tokens.LIGHT)[name]

    def colour(self, name: str) -> QColor:
        return QColor(self.hexadecimal(name))

    def font(self, pixels: int, weight: int = 400) -> QFont:
        """Return the house font with tabular figures."""
        font = QFont()
        font.setFamilies(tokens.FONT_STACK)
        font.setFeature(QFont.Tag("tnum"), 1)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight(weight))
        return font

    def pixmap(self, icon: str, colour: str, size: int, ratio: float = 0.0) -> QPixmap:
        """Return an icon in a token's colour, sharp at the screen's pixel ratio."""
        dots = ratio or QGuiApplication.primaryScreen().devicePixelRatio()
        return _render(icon, self.hexadecimal(colour), size, dots)

    def icon(self, name: str, colour: str, *, size: int = 20, checked: str = "") -> QIcon:
        """Return a button's icon; `checked` names its colour while the button is checked."""
        icon = QIcon(self.pixmap(name, colour, size))
        grey = self.pixmap(name, "disabled", size)
        for state in (QIcon.State.Off, QIcon.State.On):
            icon.addPixmap(grey, QIcon.Mode.Disabled, state)
        if checked:
            icon.addPixmap(self.pixmap(name, checked, size), QIcon.Mode.Normal, QIcon.State.On)
        return icon

    def _redress(self) -> None:
        if self._app is not None:
            self._dress(self._app)
        self.changed.emit()

    def _dress(self, app: QApplication) -> None:
        scheme = Qt.ColorScheme.Dark if self.dark else Qt.ColorScheme.Light
        if self._mode is Mode.SYSTEM:
            scheme = Qt.ColorScheme.Unknown
        app.styleHints().setColorScheme(scheme)
        app.setPalette(self._palette())
        app.setFont(self.font(self._density.body))
        app.setStyleSheet(self.style_sheet())

    def _system_changed(self) -> None:
        if self._mode is Mode.SYSTEM:
            self._redress()

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.colour(name))
        for role in _DISABLED:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("disabled"))
        return palette

    def style_sheet(self) -> str:
        """Fill the template: `$c_…` is a colour, `$d_…` a size, `$d_…_in` a size within a border.

        `$d_…_in2` is the same within a border of two pixels.
        """
        colours = {f"c_{name}": self.hexadecimal(name) for name in tokens.LIGHT}
        sizes = {name: value for name, value in asdict(self._density).items() if name != "name"}
        outer = {f"d_{name}": str(value) for name, value in sizes.items()}
        inner = {f"d_{name}_in": str(value - 2) for name, value in sizes.items()}
        thick = {f"d_{name}_in2": str(value - 4) for name, value in sizes.items()}
        return _template().substitute({**colours, **outer, **inner, **thick})


def icon_size(pixels: int) -> QSize:
    return QSize(pixels, pixels)


@lru_cache(maxsize=1)
def load_fonts() -> tuple[int, ...]:
    """Load the bundled fonts once a process."""
    files = sorted((RESOURCES / "fonts").glob("*.ttf"))
    loaded = tuple(QFontDatabase.addApplicationFont(str(file)) for file in files)
    assert loaded, "the bundled fonts are missing"
    assert min(loaded) >= 0, "a bundled font is damaged"
    return loaded


@lru_cache(maxsize=1)
def _template() -> Template:
    return Template((RESOURCES / "style.qss").read_text("utf-8"))


@lru_cache(maxsize=256)
def _svg(name: str) -> str:
    text = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
    return text.replace('stroke-width="2"', 'stroke-width="1.9"')


@lru_cache(maxsize=1024)
def _render(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    drawing = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode()))
    dots = round(size * ratio)
    pixmap = QPixmap(dots, dots)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, dots, dots))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
