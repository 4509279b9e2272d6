"""Where each page of the desk leads: always to the member who was chosen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos_app.ledger.journal_page import JournalFilter, page
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.members import find_exact
from pos_app.ledger.store.event import Kind
from tests.shop import MEMBER_PIN
from tests.terminal import Home, Key, Till, at_home, words_in

CHOSEN, OTHER, NEW = "13812340217", "13900000001", "13700000002"


@pytest.fixture
def home(tmp_path: Path, qapp: QApplication) -> Iterator[Home]:
    with at_home(tmp_path, qapp) as made:
        made.found()
        yield made


@pytest.fixture
def till(home: Home) -> Till:
    """Open a till at which another member than the chosen one stands."""
    home.add_regular(CHOSEN)
    home.add_regular(OTHER, "李小红")
    made = home.opened()
    made.scan(OTHER)
    made.until(lambda: made.desk.shell.counter.member is not None, "the other member")
    return made


def key_of(till: Till, phone: str) -> str:
    """Look a number up on the members page and return the row's key."""
    till.desk.shell.go("members")
    till.desk.members.look_for(phone)
    shown = till.desk.members.shown
    till.until(lambda: len(shown.state.rows) == 1, "the member's row")
    return shown.state.rows[0].key


def name_at_counter(till: Till) -> str:
    member = till.desk.shell.counter.member
    return member.name if member else ""


def page_of_the_chosen(till: Till) -> None:
    till.desk.members.open_member(key_of(till, CHOSEN))
    till.until(lambda: till.desk.member.shown.state.identity is not None, "the member's page")
    till.ask(lambda book: book.today())  # behind everything that was asked before


def test_the_members_page_opens_the_page_of_the_member_who_was_chosen(till: Till) -> None:
    page_of_the_chosen(till)

    chosen = till.ask(lambda book: find_exact(book, CHOSEN))
    at_counter = till.desk.shell.counter.member
    assert chosen is not None
    assert at_counter is not None
    assert till.desk.shell.shown.state.page == "member"
    assert till.desk.member.member == chosen.id == at_counter.id
    assert "王" in words_in(till.desk.window)
    assert "李" not in words_in(till.desk.window)


def test_the_first_member_of_the_day_is_opened_like_any_other(home: Home) -> None:
    home.add_regular(CHOSEN)
    till = home.opened()

    page_of_the_chosen(till)

    assert till.desk.shell.shown.state.page == "member"
    assert till.toasts == ()


def test_serving_from_the_members_page_ends_at_the_counter(till: Till) -> None:
    till.desk.members.serve(key_of(till, CHOSEN))
    till.until(lambda: name_at_counter(till) == "王晓明", "the member")

    assert till.desk.shell.shown.state.page == "counter"


def test_the_journal_behind_a_members_page_holds_only_that_members_entries(till: Till) -> None:
    page_of_the_chosen(till)
    hers = till.ask(lambda book: entries_of(book, CHOSEN))

    till.desk.member.journal()
    state = till.desk.journal.shown
    till.until(lambda: bool(state.state.rows), "the entries")

    assert till.desk.shell.shown.state.page == "journal"
    assert state.state.member == "王**"
    assert len(state.state.rows) == hers


def entries_of(ledger: Ledger, phone: str) -> int:
    member = find_exact(ledger, phone)
    assert member is not None
    return len(page(ledger, JournalFilter(member=member.id)))


def test_the_top_up_behind_a_members_page_is_for_that_member(till: Till) -> None:
    page_of_the_chosen(till)

    till.desk.member.top_up()
    till.until(lambda: "王" in words_in(till.desk.top_up_view), "the member")

    assert till.desk.shell.shown.state.page == "top_up"
    assert "李" not in words_in(till.desk.top_up_view)


def test_the_refund_behind_a_members_page_lists_that_members_orders(till: Till) -> None:
    till.sell("12")  # the other member's
    page_of_the_chosen(till)

    till.desk.member.refund()
    till.until(lambda: "Orders of this member" in words_in(till.desk.refund_view), "the orders")
    till.ask(lambda book: book.today())

    assert till.desk.shell.shown.state.page == "refund"
    assert till.desk.refund.shown.state.orders == ()


def test_leaving_a_members_page_comes_back_to_the_counter(till: Till) -> None:
    page_of_the_chosen(till)

    till.desk.member.close()

    assert till.desk.shell.shown.state.page == "counter"


def test_a_member_registered_at_the_counter_is_served_at_once(till: Till) -> None:
    guide, sheet = till.guide, till.desk.register_sheet
    guide.press(Key.Key_F3)
    till.until(sheet.isVisible, "the registration sheet")
    guide.fill(sheet.phone, NEW)
    sheet.who.name.setFocus()
    sheet.who.name.insert("张三")
    for field in (sheet.who.pin, sheet.who.pin_again):
        guide.fill(field, MEMBER_PIN)
    guide.click(sheet.terms)

    till.until(sheet.submit.isEnabled, "the check of the number")
    guide.click(sheet.submit)
    till.until(lambda: name_at_counter(till) == "张三", "the new member")

    assert not sheet.isVisible()
    assert till.ask(registrations) == 3


def registrations(ledger: Ledger) -> int:
    return len(page(ledger, JournalFilter(kinds=(Kind.MEMBER_NEW,))))


def test_a_gap_in_the_wallet_leads_to_a_top_up_of_the_member_at_the_counter(till: Till) -> None:
    till.ring_up("900", Key.Key_1)

    till.desk.shell.checkout.act("top_up")
    till.until(lambda: till.desk.shell.shown.state.page == "top_up", "the top-up page")
    till.ask(lambda book: book.today())

    assert "李" in words_in(till.desk.top_up_view)


def test_one_click_on_the_tier_shows_how_it_follows_and_another_opens_the_order(till: Till) -> None:
    till.sell("6000")
    till.scan(OTHER)
    till.until(lambda: name_at_counter(till) == "李小红", "the member")
    till.desk.window.counter.member.card.tier.click()
    till.until(till.desk.tier_sheet.isVisible, "how the tier follows")
    shown = till.desk.tier.shown.state
    assert shown is not None
    key = shown.rows[0].key

    till.desk.tier_sheet.rows.opened.emit(key)

    till.until(lambda: till.desk.journal.shown.state.explained is not None, "the order")
    assert till.desk.shell.shown.state.page == "journal"
    assert not till.desk.tier_sheet.isVisible()
    explained = till.desk.journal.shown.state.explained
    assert explained is not None
    assert str(explained.seq) == key


def test_the_tier_on_the_members_page_says_how_it_follows(till: Till) -> None:
    page_of_the_chosen(till)

    till.desk.member.explain_tier()

    till.until(till.desk.tier_sheet.isVisible, "how the tier follows")
    assert till.desk.tier.shown.state is not None
