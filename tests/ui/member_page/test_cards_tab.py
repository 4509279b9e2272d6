"""The cards of a member on their page: bound, lost, found again, replaced."""

from typing import Any

import pytest

from pos_app.ids import MemberId, new_id
from pos_app.ledger.cards import CardDead, CardNotThere, NumberTaken
from pos_app.ledger.members import find_exact
from pos_app.ledger.store.card_rows import CardState
from pos_app.ui.kit.work import Inline
from pos_app.ui.member_page.cards import CardsPresenter
from pos_app.ui.text import sentence
from tests.shop import Shop
from tests.ui.parts.at_the_till import Late, cashier_at, manager_at

NUMBER = "6001002003"


class Desk:
    """The tab with somebody at it, and what it told."""

    def __init__(self, shop: Shop, who: Any) -> None:  # noqa: ANN401 -- a fixture's value
        self.told: list[str] = []
        self.tab = CardsPresenter(shop.ledger, Inline(), lambda: who, self.told.append)

    def standings(self) -> list[str]:
        return [row.standing.partition(" ")[0] for row in self.tab.shown.state.rows]


@pytest.fixture
def member(shop: Shop) -> MemberId:
    return shop.member()


@pytest.fixture
def desk(shop: Shop, member: MemberId) -> Desk:
    made = Desk(shop, manager_at(shop))
    made.tab.open(member)
    return made


def test_a_scanned_number_is_bound(desk: Desk, shop: Shop, member: MemberId) -> None:
    desk.tab.scanned(f" {NUMBER}\n")
    desk.tab.add()

    (row,) = desk.tab.shown.state.rows
    assert (row.number, row.form, row.active) == ("******2003", "Physical card", True)
    assert (desk.tab.shown.state.number, desk.told) == ("", ["Done: Card issued"])
    hit = find_exact(shop.ledger, NUMBER)
    assert hit is not None
    assert hit.id == member


def test_without_a_number_the_card_is_electronic(desk: Desk) -> None:
    desk.tab.add()

    assert [row.form for row in desk.tab.shown.state.rows] == ["Electronic card"]


def test_a_card_is_lost_found_and_replaced(desk: Desk) -> None:
    desk.tab.scanned(NUMBER)
    desk.tab.add()
    desk.tab.report_lost(0)
    lost = desk.standings()
    desk.tab.found_again(0)
    found = desk.standings()
    desk.tab.type_number("6001002004")
    desk.tab.replace_card(0)

    assert (lost, found) == (["Reported"], ["In"])
    assert desk.standings() == ["In", "Replaced"]
    assert desk.told[-1] == "Done: Card replaced"


def test_what_is_refused_says_why(desk: Desk) -> None:
    desk.tab.scanned("1")
    desk.tab.add()

    assert desk.tab.shown.state.problem
    assert not desk.tab.shown.state.busy


def test_a_cashier_cannot_lift_a_block(shop: Shop, member: MemberId) -> None:
    desk = Desk(shop, cashier_at(shop))
    desk.tab.open(member)
    desk.tab.add()
    desk.tab.report_lost(0)
    desk.tab.found_again(0)

    assert desk.standings() == ["Reported"]
    assert desk.tab.shown.state.problem


def test_an_answer_about_another_member_is_dropped(shop: Shop, member: MemberId) -> None:
    late, who = Late(), manager_at(shop)
    told: list[str] = []
    tab = CardsPresenter(shop.ledger, late, lambda: who, told.append)
    other = shop.member("13900000001")
    for number in (NUMBER, "1"):
        tab.open(member)
        late.let_through()
        tab.type_number(number)
        tab.add()
        tab.add()
        tab.open(other)
        late.let_through()

    assert told == []
    assert tab.shown.state.rows == ()
    assert tab.shown.state.problem == ""


def test_who_is_not_known_has_no_cards(shop: Shop) -> None:
    tab = Desk(shop, manager_at(shop)).tab

    tab.open(MemberId(new_id()))

    assert tab.shown.state.problem


def test_dead_numbers_say_when_and_why(shop: Shop) -> None:
    on = shop.ledger.today()

    told = [sentence(CardDead("**03", state, on)) for state in CardState if state != "active"]

    assert told[0] == "Card **03 was reported lost on 2026-06-15. Ask who stands here."
    assert len(set(told)) == 3
    assert "**03" in sentence(NumberTaken("**03"))
    assert sentence(CardNotThere(None))
