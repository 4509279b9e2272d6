"""Room for fingers, and a window that fits its screen."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from pos_app.ui.shell.view import MainWindow
from tests.ui.shell.till import Till

LEAST = 44


def test_every_button_is_large_enough_for_a_finger_and_has_a_name(
    window: MainWindow, till: Till
) -> None:
    till.serve(till.regular(), "60")
    QTest.qWait(5)

    buttons = [one for one in window.findChildren(QAbstractButton) if one.isVisible()]
    small = [one.accessibleName() for one in buttons if min(one.width(), one.height()) < LEAST]
    nameless = [one for one in buttons if not one.accessibleName()]

    assert len(buttons) > 30
    assert small == []
    assert nameless == []


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1280, 720)])
def test_no_state_makes_the_window_larger_than_the_screen(
    window: MainWindow, till: Till, width: int, height: int
) -> None:
    member = till.regular()
    for template in ("M300-50", "NEW5", "G200", "M500-100"):
        till.give_coupon(member, template)
    window.resize(width, height)
    sizes = []

    def measure() -> None:
        QTest.qWait(5)
        hint = window.minimumSizeHint()
        sizes.append((max(hint.width(), width), max(hint.height(), height)))

    measure()
    till.checkout.amount_edited("35")
    till.checkout.hold()
    measure()
    till.serve(member, "328")
    measure()
    till.checkout.amount_edited("2328")
    measure()
    till.checkout.split()
    measure()
    till.shop.clock.go(hours=-1)
    till.shell.check_clock()
    measure()

    assert set(sizes) == {(width, height)}
