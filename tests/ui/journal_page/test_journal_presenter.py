"""The journal: a day or a member, line by line, each explained to the last transfer."""

import pytest

from pos_app.ids import MemberId
from pos_app.ui.journal_page import presenter as journal_presenter
from pos_app.ui.journal_page.presenter import JournalPresenter
from pos_app.ui.journal_page.state import JournalState
from pos_app.ui.journal_page.words import account
from pos_app.ui.kit.work import Inline
from tests.fakes import FakeClock
from tests.shop import MEMBER_PIN, Shop
from tests.ui.parts.at_the_till import Late, sell


class Desk:
    """The page, and what it printed."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.printed: list[int] = []
        self.page = JournalPresenter(shop.ledger, Inline(), self.printed.append)

    @property
    def state(self) -> JournalState:
        return self.page.shown.state

    def column(self, place: int) -> list[str]:
        return [row.cells[place] for row in self.state.rows]


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


@pytest.fixture
def member(shop: Shop) -> MemberId:
    member = shop.member(pin=MEMBER_PIN)
    shop.top_up(member, 50_000)
    return member


@pytest.mark.usefixtures("member")
def test_today_is_shown_first(desk: Desk) -> None:
    desk.page.open()

    assert desk.state.day_words == "Today"
    assert desk.state.newest_day
    assert desk.column(1)[0] == "Top-up"
    assert desk.column(5)[0] == "+\u2009¥500.00"


@pytest.mark.usefixtures("member")
def test_one_kind_can_be_picked_out(desk: Desk) -> None:
    desk.page.open()

    desk.page.show_group("member")

    assert set(desk.column(1)) == {"Registration", "Identity document shown"}


@pytest.mark.usefixtures("member")
def test_the_day_before_is_yesterday_and_empty(desk: Desk) -> None:
    desk.page.open()

    desk.page.show_day(-1)

    assert desk.state.day_words == "Yesterday"
    assert desk.state.rows == ()
    assert not desk.state.newest_day


@pytest.mark.usefixtures("member")
def test_an_older_day_is_named_by_its_date(desk: Desk) -> None:
    desk.page.open()

    desk.page.show_day(-3)

    assert desk.state.day_words == "2026-06-12"


@pytest.mark.usefixtures("member")
def test_nobody_leafs_into_the_future(desk: Desk) -> None:
    desk.page.open()

    desk.page.show_day(1)

    assert desk.state.day_words == "Today"


@pytest.mark.usefixtures("member")
def test_all_days_run_into_each_other(desk: Desk, clock: FakeClock) -> None:
    clock.go(days=1)
    sell(desk.shop, None)
    desk.page.open()

    desk.page.show_all_days()
    all_days = desk.state.day_words
    desk.page.show_day(0)

    assert all_days == "All days"
    assert desk.state.day_words == "Today"


def test_one_members_lines_stand_alone_until_the_filter_is_dropped(
    desk: Desk, member: MemberId
) -> None:
    desk.page.open(member, "王**")
    filtered = set(desk.column(3))

    desk.page.show_everybody()

    assert filtered == {"王**"}
    assert desk.state.member == ""


@pytest.mark.usefixtures("member")
def test_a_long_journal_is_read_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_presenter, "PAGE", 2)
    desk.page.open()
    first = len(desk.state.rows)
    more = desk.state.more

    desk.page.more()

    assert (first, more) == (2, True)
    assert len(desk.state.rows) == 4


def test_an_empty_journal_has_no_more(desk: Desk) -> None:
    desk.page.more()

    assert desk.state.rows == ()


@pytest.mark.usefixtures("member")
def test_a_line_is_explained_to_the_last_transfer(desk: Desk) -> None:
    desk.page.open()

    desk.page.explain(desk.state.rows[0].key)

    explained = desk.state.explained
    assert explained is not None
    assert explained.genuine
    assert explained.amount == "+\u2009¥500.00"
    assert explained.moves[0].cells[0] == "WeChat"
    assert explained.moves[0].cells[1].startswith("Principal, lot ")
    assert explained.moves[0].cells[2] == "¥500.00"


def test_a_sale_explains_points_and_coupons(desk: Desk, member: MemberId) -> None:
    sell(desk.shop, member)
    desk.page.open()

    desk.page.explain(desk.state.rows[0].key)

    explained = desk.state.explained
    assert explained is not None
    assert any(move.cells[2].endswith(" pts") for move in explained.moves)


@pytest.mark.usefixtures("member")
def test_a_slip_can_be_printed_once_more(desk: Desk) -> None:
    desk.page.reprint()
    desk.page.open()
    desk.page.explain(desk.state.rows[0].key)

    desk.page.reprint()
    desk.page.close_explained()
    desk.page.reprint()

    assert len(desk.printed) == 1


def test_a_line_that_is_not_there_is_said_so(desk: Desk) -> None:
    desk.page.open()

    desk.page.explain("9999")

    assert desk.state.problem


@pytest.mark.usefixtures("member")
def test_refreshing_reads_what_happened_meanwhile(desk: Desk) -> None:
    desk.page.open()
    before = len(desk.state.rows)
    sell(desk.shop, None)

    desk.page.refresh()

    assert len(desk.state.rows) == before + 1


def test_a_page_of_an_older_filter_is_dropped(shop: Shop, member: MemberId) -> None:
    late = Late()
    page = JournalPresenter(shop.ledger, late, lambda _seq: None)
    page.open(member, "王**")

    page.show_group("sale")
    late.let_through()

    assert page.shown.state.rows == ()


def test_days_are_not_turned_before_today_is_known(shop: Shop) -> None:
    page = JournalPresenter(shop.ledger, Late(), lambda _seq: None)

    page.show_day(-1)

    assert page.shown.state.day == ""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("tender:S001:cash", "Cash"),
        ("tender:S001:barter", "barter"),
        ("sales:S001", "Sales"),
        ("rounding:S001", "Cash rounding"),
        ("hold:B:aa:bbcc1234", "Bonus, lot 1234"),
        ("hold:CPN:aa:bb", "Member's coupons"),
        ("hold:PTS:aa:2028-06-30", "Points until 2028-06-30"),
        ("debt:PTS:aa", "Points owed"),
        ("something:new", "something:new"),
    ],
)
def test_every_account_has_a_name(code: str, words: str) -> None:
    assert account(code) == words
