"""Wizard, sign-in and lock screen under hands."""

from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtTest import QTest

from pos_app.ui.first_start.presenter import ChainDoors, FirstStartPresenter, Founder
from pos_app.ui.first_start.view import FirstStartView
from pos_app.ui.kit.theme import Theme
from pos_app.ui.kit.work import Inline
from pos_app.ui.sign_in.presenter import SignInPresenter, Till
from pos_app.ui.sign_in.view import SignInView
from tests.fakes import FakeClock
from tests.shop import MANAGER, Shop, open_ledger
from tests.ui.parts.at_the_till import manager_at
from tests.ui.parts.pages import ignore


def test_the_sign_in_screen_takes_number_and_pin_by_keyboard(shop: Shop, theme: Theme) -> None:
    came: list[object] = []
    screen = SignInPresenter(shop.ledger, Inline(), Till("店", "机", came.append))
    view = SignInView(theme, screen)
    screen.open()

    QTest.keyClicks(view.number, MANAGER[0])
    QTest.keyClicks(view.pin, MANAGER[1])

    assert len(came) == 1


def test_the_sign_in_screen_is_usable_by_fingers_alone(shop: Shop, theme: Theme) -> None:
    came: list[object] = []
    screen = SignInPresenter(shop.ledger, Inline(), Till("店", "机", came.append))
    view = SignInView(theme, screen)
    screen.open()
    view.number.setText(MANAGER[0])

    view.pin.put("9")
    view._clear()  # noqa: SLF001 -- the keypad's key
    for digit in MANAGER[1]:
        view._tapped(digit)  # noqa: SLF001 -- the keypad's keys

    assert len(came) == 1


def stranger(*_asked: str) -> NoReturn:
    pytest.fail("this till stands alone")


def ignore_all() -> None:
    """Nothing is to be done."""


def test_the_wizard_leads_to_an_open_till(theme: Theme, tmp_path: Path, clock: FakeClock) -> None:
    finished: list[object] = []
    opened = []

    def found(_store: str, _terminal: str) -> object:
        opened.append(open_ledger(tmp_path, clock))
        return opened[-1]

    doors = ChainDoors(Inline(), stranger, stranger, ignore_all)
    founder = Founder(found, finished.append, doors)  # type: ignore[arg-type]
    view = FirstStartView(theme, FirstStartPresenter(founder, Inline()))
    view.first.store.setText("徐家汇店")
    view.first.terminal.setText("3 号机")
    view.forward.click()
    view.number.setText(MANAGER[0])
    view.name.setText("林晓雯")
    for edit in (view.pin, view.pin_again):
        edit.setText(MANAGER[1])
    view.forward.click()

    view.forward.click()

    assert len(finished) == 1
    opened[0].close()


def test_the_lock_screen_erases_digit_by_digit(shop: Shop, theme: Theme) -> None:
    screen = SignInPresenter(shop.ledger, Inline(), Till("店", "机", ignore))
    view = SignInView(theme, screen)
    screen.lock(manager_at(shop))
    view._tapped("1")  # noqa: SLF001 -- the keypad's keys

    view._erase()  # noqa: SLF001 -- the keypad's keys

    assert view.pin.text() == ""
    assert view.submit.text() == "Unlock"
