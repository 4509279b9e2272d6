"""The first start: names, one manager, no default credentials."""

from pathlib import Path

import pytest

from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import needs_first_manager, sign_in
from pos_app.ui.first_start.presenter import FirstStartPresenter, Founder
from pos_app.ui.first_start.state import Answers, Step
from pos_app.ui.kit.work import Inline
from tests.fakes import FakeClock
from tests.shop import MANAGER as FIRST
from tests.shop import open_ledger
from tests.ui.first_start.before_a_folder import MANAGER, NAMES, Wizard
from tests.ui.parts.at_the_till import Late


@pytest.fixture
def wizard(tmp_path: Path, clock: FakeClock) -> Wizard:
    return Wizard(tmp_path, clock)


def test_the_names_are_asked_first(wizard: Wizard) -> None:
    wizard.page.go_on(Answers())

    assert wizard.state.step is Step.TERMINAL
    assert wizard.state.problems.store_name == "Please fill this in."
    assert wizard.state.problems.terminal_name == "Please fill this in."


def test_a_name_has_at_most_forty_characters(wizard: Wizard) -> None:
    wizard.page.go_on(Answers("店" * 41, "3 号机"))

    assert wizard.state.problems.store_name == "At most 40 characters."


def test_the_manager_is_asked_next(wizard: Wizard) -> None:
    wizard.page.go_on(NAMES)

    assert wizard.state.step is Step.MANAGER
    assert wizard.state.store_name == "徐家汇店"


def test_one_can_go_back_to_the_names(wizard: Wizard) -> None:
    wizard.page.go_on(NAMES)

    wizard.page.back()

    assert wizard.state.step is Step.TERMINAL


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        (Answers(number="12a", name="林", pin="314159", pin_again="314159"), "number"),
        (Answers(number="0001", name=" ", pin="314159", pin_again="314159"), "name"),
        (Answers(number="0001", name="林", pin="3141", pin_again="3141"), "pin"),
        (Answers(number="0001", name="林", pin="314159", pin_again="314158"), "pin_again"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(wizard: Wizard, answers: Answers, field: str) -> None:
    wizard.page.go_on(NAMES)

    wizard.page.create(answers)

    assert getattr(wizard.state.problems, field)
    assert wizard.founded == []


def test_a_guessable_pin_is_refused_and_the_next_one_taken(wizard: Wizard) -> None:
    wizard.page.go_on(NAMES)
    wizard.page.create(Answers("", "", "0001", "林晓雯", "123456", "123456"))
    problem = wizard.state.problem

    wizard.page.create(MANAGER)

    assert problem
    assert wizard.state.step is Step.READY
    assert len(wizard.founded) == 1
    wizard.founded[0].close()


def test_the_manager_signs_in_with_the_pin_they_chose(wizard: Wizard) -> None:
    wizard.page.go_on(NAMES)

    wizard.page.create(MANAGER)

    ledger = wizard.founded[0]
    assert not needs_first_manager(ledger)
    assert sign_in(ledger, *FIRST).name == "林晓雯"
    ledger.close()


def test_the_till_opens_for_the_first_manager(wizard: Wizard) -> None:
    wizard.page.finish()
    wizard.page.go_on(NAMES)
    wizard.page.create(MANAGER)

    wizard.page.finish()

    assert [one.number for one in wizard.finished] == ["0001"]
    wizard.founded[0].close()


def test_a_second_press_while_the_book_is_created_does_nothing(
    tmp_path: Path, clock: FakeClock
) -> None:
    late = Late()
    founded: list[Ledger] = []

    def found(_store: str, _terminal: str) -> Ledger:
        founded.append(open_ledger(tmp_path, clock))
        return founded[-1]

    doors = Wizard(tmp_path, clock).doors(late)
    page = FirstStartPresenter(Founder(found, lambda _who: None, doors), late)
    page.go_on(NAMES)
    page.create(MANAGER)

    page.create(MANAGER)
    late.let_through()

    assert len(founded) == 1
    founded[0].close()


def test_a_ledger_that_exists_keeps_its_names(tmp_path: Path, clock: FakeClock) -> None:
    doors = Wizard(tmp_path, clock).doors(Inline())
    named = Founder(
        lambda _s, _t: open_ledger(tmp_path, clock), lambda _who: None, doors, ("店", "机")
    )
    page = FirstStartPresenter(named, Inline())

    page.back()

    assert page.shown.state.step is Step.MANAGER
    assert page.shown.state.terminal_name == "机"
