"""The members page: whoever is known is found by what the cashier knows."""

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.journal_page import EventUnknown
from pos_app.ui.kit.work import Inline
from pos_app.ui.members_page.presenter import MembersExits, MembersPresenter
from pos_app.ui.members_page.state import MembersState
from tests.fakes import FakeClock
from tests.shop import Shop
from tests.ui.parts.at_the_till import Late, freeze, sell


class Desk:
    """The page, and where it led."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.opened: list[MemberId] = []
        self.served: list[MemberId] = []
        self.registered: list[str] = []
        exits = MembersExits(self.opened.append, self.served.append, self.registered.append)
        self.page = MembersPresenter(shop.ledger, Inline(), exits)

    @property
    def state(self) -> MembersState:
        return self.page.shown.state


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


def test_on_the_first_day_the_first_member_is_wanted(desk: Desk) -> None:
    desk.page.open()

    assert desk.state.empty == "Nobody has been here yet. Register the first member."
    assert desk.state.can_register


def test_who_was_here_last_stands_first(desk: Desk, clock: FakeClock) -> None:
    first = desk.shop.member()
    second = desk.shop.member("13912340001", name="李雷")
    sell(desk.shop, first)
    clock.go(days=1)
    sell(desk.shop, second)

    desk.page.open()

    assert [row.cells[0] for row in desk.state.rows] == ["李*", "王**"]
    assert [row.cells[5] for row in desk.state.rows] == ["today", "06-15"]


def test_a_name_is_found_by_its_pinyin(desk: Desk) -> None:
    member = desk.shop.member()

    desk.page.look_for("wangxiao")
    desk.page.open_member(desk.state.rows[0].key)
    desk.page.serve(desk.state.rows[0].key)

    assert desk.state.heading == "Found"
    assert desk.opened == desk.served == [member]


def test_a_member_who_never_came_has_no_last_visit(desk: Desk) -> None:
    desk.shop.member()

    desk.page.look_for("wang")

    assert desk.state.rows[0].cells[5] == "never"


def test_a_visit_of_another_year_shows_its_year(desk: Desk, clock: FakeClock) -> None:
    sell(desk.shop, desk.shop.member())
    clock.go(days=365)

    desk.page.look_for("wang")

    assert desk.state.rows[0].cells[5] == "2026-06-15"


def test_a_frozen_member_is_marked(desk: Desk) -> None:
    freeze(desk.shop, desk.shop.member())

    desk.page.look_for("wang")

    assert desk.state.rows[0].cells[4] == "Frozen"


def test_a_number_that_nobody_has_can_be_registered_at_once(desk: Desk) -> None:
    desk.page.look_for("13800001234")

    desk.page.register()

    assert desk.state.empty == "Nobody is found under “13800001234”."
    assert desk.registered == ["13800001234"]


def test_a_name_that_nobody_has_is_no_number_to_register(desk: Desk) -> None:
    desk.page.look_for("zhao")

    desk.page.register()

    assert desk.registered == [""]


def test_a_late_answer_to_an_older_text_is_dropped(shop: Shop) -> None:
    shop.member()
    late = Late()
    exits = MembersExits(lambda _m: None, lambda _m: None, lambda _t: None)
    page = MembersPresenter(shop.ledger, late, exits)
    page.look_for("wang")

    page.look_for("zhao")
    late.let_through()

    assert page.shown.state.rows == ()
    assert page.shown.state.text == "zhao"


def test_a_refusal_of_the_ledger_is_said(desk: Desk) -> None:
    desk.page._failed(EventUnknown(7))  # noqa: SLF001 -- no search is refused today

    assert desk.state.problem
    assert not desk.state.busy
