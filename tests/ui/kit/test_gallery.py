"""Every building block in every state can be seen, touched and named."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.focus import can_take_focus
from pos_app.ui.kit.gallery import PAGES, STATUS, STATUS_OFFLINE, GalleryWindow
from pos_app.ui.kit.theme import Mode, Theme
from tests.ui.kit.conftest import show_active

SIZES = ((1366, 768), (1920, 1080))


def colours_in(picture: QImage) -> int:
    """Count the colours on a coarse grid: an unpainted window has one or two."""
    places = ((x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7))
    return len({picture.pixel(x, y) for x, y in places})


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("size", SIZES, ids=["1366x768", "1920x1080"])
def test_every_page_is_painted_and_fits(
    qtbot: QtBot, theme: Theme, size: tuple[int, int], mode: Mode
) -> None:
    theme.fit(size[1])
    theme.switch(mode)
    window = GalleryWindow(theme)
    window.resize(*size)
    show_active(qtbot, window)

    for page in PAGES:
        window.show_page(page)
        picture = window.grab().toImage()

        assert (window.width(), window.height()) == size
        assert colours_in(picture) > 20


@pytest.mark.parametrize("page", PAGES)
def test_every_button_is_large_enough_for_a_finger(gallery: GalleryWindow, page: str) -> None:
    gallery.show_page(page)

    buttons = [each for each in gallery.findChildren(QAbstractButton) if each.isVisible()]
    small = {
        f"{button.accessibleName()} {button.width()}x{button.height()}"
        for button in buttons
        if button.width() < 44 or button.height() < 44
    }

    assert len(buttons) > 6
    assert not small


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name(gallery: GalleryWindow, page: str) -> None:
    gallery.show_page(page)

    controls = [each for each in gallery.findChildren(QWidget) if each.isVisible()]
    nameless = {
        type(control).__name__
        for control in controls
        if (can_take_focus(control) or isinstance(control, QAbstractButton))
        and not (control.accessibleName() or getattr(control, "text", str)())
        and not _is_a_part(control)
    }

    assert not nameless


def test_the_counter_fits_the_smallest_window(qtbot: QtBot, theme: Theme) -> None:
    theme.fit(720)
    window = GalleryWindow(theme)
    window.resize(1280, 720)
    show_active(qtbot, window)

    hint = window.minimumSizeHint()

    assert hint.width() <= 1280
    assert hint.height() <= 720


def test_the_rail_changes_pages_and_colours(theme: Theme, gallery: GalleryWindow) -> None:
    buttons = {each.text(): each for each in gallery.rail.findChildren(QToolButton)}

    buttons["Lists"].click()
    assert gallery.rail.current == "lists"

    buttons["Theme"].click()
    assert theme.dark
    assert gallery.rail.current == "lists"

    buttons["Theme"].click()
    assert not theme.dark


def test_the_second_factor_shows_over_everything(gallery: GalleryWindow) -> None:
    plain = gallery.grab().toImage()

    gallery.sheets.ask("4827")
    assert gallery.sheets.code.hasFocus()
    asked = gallery.grab().toImage()

    gallery.sheets.ask("", "The code is wrong, two tries left")
    refused = gallery.grab().toImage()

    assert plain != asked != refused
    gallery.sheets.factor.dismiss()


def test_the_status_is_replaced_in_place(gallery: GalleryWindow) -> None:
    gallery.status.show_items(STATUS_OFFLINE)
    gallery.status.show_items(STATUS)
    gallery.status.show_items(STATUS_OFFLINE)

    assert gallery.status.names == tuple(item.name for item in STATUS_OFFLINE)


def _is_a_part(control: QWidget) -> bool:
    """Tell whether a control belongs to one of Qt's own widgets, or is named by its texts."""
    inner = isinstance(control, QLineEdit) and control.placeholderText() == ""
    return inner or type(control).__name__.startswith("Q")
