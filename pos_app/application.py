"""The Qt application of this process: its looks, its languages, and where its windows stand."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.language import spoken
from pos_app.settings import Settings
from pos_app.ui.kit.theme import Mode, Theme
from pos_app.ui.stage.view import LEAST_SIZE

_HEIGHTS = {"compact": 768, "comfortable": 1080}


def make_application(arguments: list[str]) -> QApplication:
    """Return the one Qt application of this process, with Qt's own words in our language."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(arguments)
    app.setApplicationName("member-terminal")
    translator = QTranslator(app)
    words = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{spoken()}", words):
        app.installTranslator(translator)
    return app


def system_languages() -> list[str]:
    """Return the languages that the user of this computer reads, the best first."""
    return QLocale.system().uiLanguages()


def theme_for(app: QApplication, settings: Settings) -> Theme:
    """Dress the application as the settings say; the density follows the screen unless set."""
    mode = {"light": Mode.LIGHT, "dark": Mode.DARK, "auto": Mode.SYSTEM}[settings.theme]
    screen = app.primaryScreen().availableGeometry().height()
    theme = Theme(mode, _HEIGHTS.get(settings.density, screen))
    theme.apply(app)
    return theme


def fill_screen(window: QWidget) -> None:
    """Make a window as large as the screen allows."""
    screen = window.screen().availableGeometry()
    window.resize(max(screen.width(), LEAST_SIZE[0]), max(screen.height(), LEAST_SIZE[1]))


def stand_left(window: QWidget) -> None:
    """Leave the right half of the screen to another window, as far as both fit."""
    screen = window.screen().availableGeometry()
    window.resize(max(screen.width() // 2, LEAST_SIZE[0]), max(screen.height(), LEAST_SIZE[1]))
    window.move(screen.topLeft())


def stand_right(window: QWidget) -> None:
    """Take the right half of the screen; on a small one, cover as little as possible."""
    stand_left(window)
    screen = window.screen().availableGeometry()
    window.move(screen.left() + max(screen.width() - window.width(), 0), screen.top())
