"""A manager's consent at the cashier's till: another person, one act, one sum."""

import pytest

from pos_app.ledger.rules.access import Act
from pos_app.money import Money
from pos_app.security.evidence import Approval
from pos_app.ui.approval.presenter import ApprovalAsk, ApprovalPresenter
from pos_app.ui.kit.work import Inline
from tests.people import CASHIER
from tests.shop import MANAGER, Shop, intent
from tests.ui.parts.at_the_till import Late, cashier_at, manager_at


def wish(shop: Shop, *, by_manager: bool = False) -> ApprovalAsk:
    """Return a wish to top up above the limit."""
    who = manager_at(shop) if by_manager else cashier_at(shop)
    return ApprovalAsk(Act.TOP_UP, Money(200_000), intent(), who, "Top-up", "Above the limit")


@pytest.fixture
def pane(shop: Shop) -> ApprovalPresenter:
    return ApprovalPresenter(shop.ledger, Inline())


def test_the_pane_says_what_is_asked_and_by_whom(pane: ApprovalPresenter, shop: Shop) -> None:
    pane.ask(wish(shop), lambda _approval: None)

    state = pane.shown.state
    assert state.open
    assert state.what == "Top-up"
    assert state.asked_by == "周敏 · 1001"


def test_a_managers_pin_gives_an_approval_for_exactly_this(
    pane: ApprovalPresenter, shop: Shop
) -> None:
    given: list[Approval] = []
    asked = wish(shop)
    pane.ask(asked, given.append)

    pane.submit(*MANAGER)

    assert (given[0].act, given[0].amount, given[0].intent) == (
        asked.act.value,
        asked.amount,
        asked.intent,
    )
    assert not pane.shown.state.open


def test_a_wrong_pin_empties_the_boxes_and_says_how_often_one_may_still_try(
    pane: ApprovalPresenter, shop: Shop
) -> None:
    pane.ask(wish(shop), lambda _approval: None)
    before = pane.shown.state.attempt

    pane.submit(MANAGER[0], "000000")

    assert pane.shown.state.attempt == before + 1
    assert "4" in pane.shown.state.problem


def test_a_cashier_cannot_agree(pane: ApprovalPresenter, shop: Shop) -> None:
    given: list[Approval] = []
    pane.ask(wish(shop), given.append)

    pane.submit(*CASHIER)

    assert given == []
    assert pane.shown.state.problem


def test_nobody_agrees_with_themselves(pane: ApprovalPresenter, shop: Shop) -> None:
    given: list[Approval] = []
    pane.ask(wish(shop, by_manager=True), given.append)

    pane.submit(*MANAGER)

    assert given == []
    assert pane.shown.state.problem


def test_a_closed_pane_takes_no_pin_and_no_badge(pane: ApprovalPresenter) -> None:
    pane.submit(*MANAGER)

    assert not pane.scanned("EMP:0001")
    assert not pane.shown.state.open


def test_a_code_that_is_no_badge_is_left_to_others(pane: ApprovalPresenter, shop: Shop) -> None:
    pane.ask(wish(shop), lambda _approval: None)

    assert not pane.scanned("13812340217")


@pytest.mark.parametrize("pin", [MANAGER[1], "000000"])
def test_an_answer_that_comes_after_the_pane_was_closed_is_dropped(shop: Shop, pin: str) -> None:
    late = Late()
    pane = ApprovalPresenter(shop.ledger, late)
    given: list[Approval] = []
    pane.ask(wish(shop), given.append)
    pane.submit(MANAGER[0], pin)

    pane.close()
    late.let_through()

    assert given == []
    assert pane.shown.state.problem == ""
