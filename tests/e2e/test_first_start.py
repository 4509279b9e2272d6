"""The first start: one manager, chosen here, and no way in that was built in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos_app.ledger.operators import needs_first_manager
from pos_app.opening import key_store_of, new_keys
from tests.shop import MANAGER
from tests.terminal import NAMED, Home, Till, at_home, words_in

OWN_PIN = "480913"
OFTEN_BUILT_IN = ("000000", "111111", "123456", "888888", "666666")


@pytest.fixture
def home(tmp_path: Path, qapp: QApplication) -> Iterator[Home]:
    with at_home(tmp_path, qapp) as made:
        yield made


def name_the_till(till: Till) -> None:
    assert till.wizard is not None
    till.wizard.first.store.setText(NAMED[0])
    till.wizard.first.terminal.setText(NAMED[1])
    till.guide.click(till.wizard.forward)


def name_the_manager(till: Till, pin: str = OWN_PIN) -> None:
    wizard = till.wizard
    assert wizard is not None
    for edit, text in (
        (wizard.number, "1001"),
        (wizard.name, "陈静宜"),
        (wizard.pin, pin),
        (wizard.pin_again, pin),
    ):
        edit.setText(text)
    till.guide.click(wizard.forward)


def open_for_the_first_time(till: Till) -> None:
    wizard = till.wizard
    assert wizard is not None
    till.until(lambda: "1001" in words_in(wizard), "the greeting")
    till.guide.click(wizard.forward)
    till.until(lambda: till.on_counter, "the counter")


def test_a_first_start_ends_at_the_counter_with_the_manager_signed_in(home: Home) -> None:
    till = home.till()

    till.program.start()
    nobody_asked = till.program.sign_in is None
    name_the_till(till)
    name_the_manager(till)
    open_for_the_first_time(till)

    assert nobody_asked
    assert till.desk.shell.operator.number == "1001"
    assert till.desk.shell.shown.state.where == "徐家汇店 · 3 号机"
    till.sell("12.5")
    assert till.panel.finished is not None


def test_the_second_start_asks_who_works_here(home: Home) -> None:
    first = home.till()
    first.program.start()
    name_the_till(first)
    name_the_manager(first)
    open_for_the_first_time(first)
    home.close(first)
    second = home.till()

    second.start()
    second.sign_in("1001", OWN_PIN)

    assert second.desk.shell.operator.name == "陈静宜"


@pytest.mark.parametrize("number", [MANAGER[0], "admin", "1001"])
def test_no_password_is_built_in(home: Home, number: str) -> None:
    home.found()
    till = home.till()
    till.start()
    state = till.program.sign_in.shown if till.program.sign_in else None
    assert state is not None

    for pin in OFTEN_BUILT_IN[:2]:
        before = state.state.attempt
        till.give(number, pin)
        till.until(lambda before=before: state.state.attempt > before, "the answer")  # type: ignore[misc]

    assert till.asks_who
    assert state.state.problem


def test_a_book_without_a_manager_lets_nobody_in_and_asks_for_one(home: Home) -> None:
    home.found_without_manager()
    till = home.till()

    till.program.start()
    till.until(lambda: till.wizard is not None, "the wizard")
    told = words_in(till.program.stage)
    name_the_manager(till)
    open_for_the_first_time(till)

    assert "Who is the first manager?" in told
    assert NAMED[0] in told
    assert not till.ask(needs_first_manager)
    assert till.desk.shell.operator.number == "1001"


def test_a_founding_that_was_cut_off_is_asked_for_again(home: Home) -> None:
    new_keys(key_store_of(home.settings, demo=False))
    home.settings.ledger_path.touch()
    till = home.till()

    till.program.start()
    till.until(lambda: till.wizard is not None, "the wizard")
    name_the_till(till)
    name_the_manager(till)
    open_for_the_first_time(till)

    assert till.desk.shell.shown.state.where == "徐家汇店 · 3 号机"


def test_a_pin_that_is_guessed_first_is_refused_and_another_one_taken(home: Home) -> None:
    till = home.till()
    till.program.start()
    name_the_till(till)
    wizard = till.wizard
    assert wizard is not None

    name_the_manager(till, "123456")
    till.until(lambda: wizard.pin.text() == "", "the refusal")
    name_the_manager(till)
    open_for_the_first_time(till)

    assert till.desk.shell.operator.number == "1001"
