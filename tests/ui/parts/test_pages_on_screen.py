"""The pages as they are seen and touched: nothing too small, nameless, clipped or modal."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from pos_app.ui.shell.view import NARROWEST
from tests.ui.parts.area import MAIN_AREA, MainArea
from tests.ui.parts.pages import EVERY_PAGE, Pages

LEAST_TARGET = 44


@pytest.fixture(params=list(EVERY_PAGE))
def page(request: pytest.FixtureRequest, pages: Pages) -> QWidget:
    made = EVERY_PAGE[request.param](pages)
    pages.area.settle()
    return made


def seen(page: QWidget) -> list[QAbstractButton]:
    """Return the buttons that can be seen and touched."""
    return [
        button
        for button in page.window().findChildren(QAbstractButton)
        if button.isVisible() and not isinstance(button.parent(), QScrollBar)
    ]


def test_every_button_is_large_enough_for_a_finger(page: QWidget) -> None:
    small = [
        (button.accessibleName() or button.text(), button.width(), button.height())
        for button in seen(page)
        if min(button.width(), button.height()) < LEAST_TARGET and not is_corner(button)
    ]

    assert not small


def is_corner(button: QAbstractButton) -> bool:
    """Say whether it is the table's own corner, which nobody presses."""
    return isinstance(button.parent(), QAbstractScrollArea)


def test_no_page_makes_the_window_wider_than_the_smallest_screen(
    page: QWidget, pages: Pages
) -> None:
    beside = pages.theme.density.rail + pages.theme.density.panel

    assert page.window().minimumSizeHint().width() <= NARROWEST - beside


def test_every_control_has_a_name(page: QWidget) -> None:
    nameless = [
        type(control).__name__
        for kind in (QAbstractButton, QLineEdit)
        for control in page.window().findChildren(kind)
        if control.isVisible()
        and not (control.accessibleName() or control.property("text"))
        and not is_corner_widget(control)
    ]

    assert not nameless


def is_corner_widget(control: QWidget) -> bool:
    return isinstance(control.parent(), QAbstractScrollArea)


def test_every_button_is_reached_by_the_keyboard(page: QWidget) -> None:
    unreachable = [
        button.text()
        for button in seen(page)
        if button.isEnabled()
        and not button.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not is_corner(button)
    ]

    assert not unreachable


@pytest.mark.usefixtures("page")
def test_the_page_fits_the_smallest_till(area: MainArea) -> None:
    area.settle()

    assert (area.width(), area.height()) == MAIN_AREA


def test_nothing_opens_a_dialog(page: QWidget) -> None:
    assert page.window().isVisible()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]
