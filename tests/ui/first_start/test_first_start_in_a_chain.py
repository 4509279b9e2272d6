"""The first start of a till of a chain: HQ says what it is before anything is founded."""

from pathlib import Path

import pytest

from pos_app.ledger.link import link_state
from pos_app.ledger.operators import sign_in
from pos_app.sync.wire import Problem
from pos_app.ui.first_start.presenter import FirstStartPresenter, Founder
from pos_app.ui.first_start.state import Answers, Step, Way
from pos_app.ui.kit.work import Inline
from tests.fakes import FakeClock
from tests.shop import MANAGER as FIRST
from tests.ui.first_start.before_a_folder import MANAGER, NAMES, TO_HQ, Wizard
from tests.ui.parts.at_the_till import Late


@pytest.fixture
def wizard(tmp_path: Path, clock: FakeClock) -> Wizard:
    return Wizard(tmp_path, clock)


@pytest.fixture
def chained(wizard: Wizard) -> Wizard:
    """Return the wizard of a till that belongs to a chain."""
    wizard.page.choose("chain")
    return wizard


def test_hq_says_what_the_till_is_before_anything_is_founded(chained: Wizard) -> None:
    chained.page.go_on(TO_HQ)

    told = chained.state
    assert (told.step, told.store, told.store_name) == (Step.CONFIRM, "S007", "徐家汇店")
    assert (told.terminal_name, told.address) == ("3 号机", "https://hq.example")
    assert chained.founded == []


def test_the_ledger_is_founded_as_hq_said_with_the_manager_chosen_here(chained: Wizard) -> None:
    chained.page.go_on(TO_HQ)
    chained.page.confirm()

    chained.page.create(MANAGER)

    (ledger,) = chained.founded
    assert (ledger.node.store, link_state(ledger).key) == ("S007", chained.hq.signer.public_key)
    assert sign_in(ledger, *FIRST).name == "林晓雯"
    assert chained.state.step is Step.READY
    ledger.close()


@pytest.mark.parametrize(
    ("address", "code", "field"),
    [
        ("", "ABCD-EFGH", "address"),
        ("ftp://hq.example", "ABCD-EFGH", "address"),
        ("https://hq example", "ABCD-EFGH", "address"),
        ("https://hq.example:port", "ABCD-EFGH", "address"),
        ("https://hq.example?x=1", "ABCD-EFGH", "address"),
        ("https://", "ABCD-EFGH", "address"),
        ("https://hq.example", " ", "code"),
    ],
)
def test_what_is_no_address_or_code_is_said_at_its_field(
    chained: Wizard, address: str, code: str, field: str
) -> None:
    chained.page.go_on(Answers(address=address, code=code))

    assert getattr(chained.state.problems, field)
    assert chained.hq.requests == []


@pytest.mark.parametrize("refusal", ["code_refused", "code_expired", "too_often"])
def test_what_hq_refuses_is_told_and_can_be_tried_again(chained: Wizard, refusal: str) -> None:
    chained.hq.refuses["enrol"] = Problem(code=refusal)
    chained.page.go_on(TO_HQ)
    problem, step = chained.state.problem, chained.state.step
    del chained.hq.refuses["enrol"]

    chained.page.go_on(TO_HQ)

    assert (bool(problem), step) == (True, Step.TERMINAL)
    assert (chained.state.problem, chained.state.step) == ("", Step.CONFIRM)


def test_a_second_press_while_hq_is_asked_does_nothing(tmp_path: Path, clock: FakeClock) -> None:
    late, wizard = Late(), Wizard(tmp_path, clock)
    founder = Founder(lambda _s, _t: pytest.fail("HQ"), lambda _who: None, wizard.doors(late))
    page = FirstStartPresenter(founder, Inline())
    page.choose("chain")
    page.go_on(TO_HQ)

    page.go_on(TO_HQ)
    page.choose("alone")
    page.back()
    late.let_through()

    assert wizard.hq.requests == ["hello", "enrol"]
    assert page.shown.state.step is Step.CONFIRM


def test_the_wrong_till_is_declined_and_another_one_asked_for(chained: Wizard) -> None:
    chained.page.go_on(TO_HQ)
    first, chained.hq.store = chained.hq.node, "S008"

    chained.page.back()
    at_start = chained.state
    chained.page.go_on(TO_HQ)

    assert (at_start.step, at_start.store_name, at_start.way) == (Step.TERMINAL, "", Way.CHAIN)
    assert (chained.state.store, chained.hq.node == first) == ("S008", False)


def test_a_till_that_hq_named_can_still_stand_alone(chained: Wizard) -> None:
    chained.page.go_on(TO_HQ)
    chained.page.back()
    chained.page.choose("alone")
    chained.page.go_on(NAMES)

    chained.page.create(MANAGER)

    (ledger,) = chained.founded
    assert link_state(ledger).key is None
    ledger.close()


def test_one_can_look_again_at_what_hq_said(chained: Wizard) -> None:
    chained.page.go_on(TO_HQ)
    chained.page.confirm()

    chained.page.back()

    assert chained.state.step is Step.CONFIRM
    assert chained.state.can_go_back


def test_there_is_no_way_back_once_the_ledger_is_there(chained: Wizard) -> None:
    chained.page.go_on(TO_HQ)
    chained.page.confirm()
    chained.page.create(Answers("", "", "0001", "林晓雯", "123456", "123456"))

    chained.page.back()

    assert chained.state.step is Step.MANAGER
    assert not chained.state.can_go_back
    chained.founded[0].close()


def test_an_address_that_is_known_is_suggested(tmp_path: Path, clock: FakeClock) -> None:
    wizard = Wizard(tmp_path, clock)
    doors = wizard.doors(Inline(), "https://hq.example")

    page = FirstStartPresenter(
        Founder(lambda _s, _t: pytest.fail("HQ"), lambda _who: None, doors), Inline()
    )

    assert page.shown.state.way is Way.CHAIN
    assert page.shown.state.address == "https://hq.example"
