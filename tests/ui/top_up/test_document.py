"""The document on the top-up page: asked for once, checked while typed, masked at once."""

import pytest

from pos_app.ids import MemberId, new_id
from pos_app.ledger.real_names import DocumentNeeded, document_needed
from pos_app.ledger.rules.identity_documents import DocumentKind
from pos_app.ledger.rules.prepaid_law import Payer
from pos_app.ledger.topups import CashNotTaken
from pos_app.money import Money
from pos_app.ui.text import sentence
from pos_app.ui.top_up.words import why_manager
from tests.shop import DOCUMENT, Shop
from tests.ui.top_up.conftest import Desk


@pytest.fixture
def newcomer(desk: Desk, shop: Shop) -> MemberId:
    """Return a member without a document, whose page is open."""
    known = shop.member()
    desk.page.open(known)
    return known


def test_the_first_top_up_asks_and_the_second_does_not(desk: Desk, newcomer: MemberId) -> None:
    page = desk.page
    page.choose(50_000)
    before = page.shown.state.blocked
    page.document.type_number(DOCUMENT.number)
    between = page.shown.state.blocked
    page.confirm()
    page.again()

    assert (before, between) == ("Type the identity document", "")
    assert len(desk.receipts) == 1
    assert not page.document.shown.state.asked
    assert not document_needed(desk.shop.ledger, newcomer, Money(10_000))


@pytest.mark.usefixtures("newcomer")
def test_an_accepted_number_is_only_a_mask_from_then_on(desk: Desk) -> None:
    page = desk.page

    page.document.type_number("110101199003078515")

    state = page.document.shown.state
    assert (state.masked, state.number, state.settled) == ("1101**********8515", "", True)
    assert DOCUMENT.number not in repr(page.document.given())
    page.document.type_anew()
    assert not page.document.shown.state.settled
    assert page.document.given() is None


def test_a_mistyped_number_says_so_and_takes_no_money(desk: Desk, newcomer: MemberId) -> None:
    page = desk.page
    page.choose(50_000)

    page.document.type_number("110101199003078516")
    page.confirm()

    assert page.document.shown.state.problem == (
        "The last digit does not fit the others: one is mistyped."
    )
    assert desk.receipts == []
    assert desk.balance(newcomer) == Money()


@pytest.mark.usefixtures("newcomer")
def test_a_passport_is_looked_at_when_it_is_whole(desk: Desk) -> None:
    document = desk.page.document
    document.choose_kind(DocumentKind.PASSPORT.value)
    document.type_number("E1234567")
    typing = document.shown.state.masked
    document.finish_number()
    document.finish_number()

    assert (typing, document.shown.state.masked) == ("", "********")
    given = document.given()
    assert given is not None
    assert (given.kind, given.number, given.name) == (DocumentKind.PASSPORT, "E1234567", "王晓明")


def test_a_member_without_a_name_is_asked_for_it(desk: Desk, shop: Shop) -> None:
    nameless = shop.member("13900000001", name="")
    page = desk.page
    page.open(nameless)
    page.choose(50_000)
    page.document.type_number(DOCUMENT.number)
    asked = page.shown.state.blocked
    page.document.type_name("王")
    page.document.type_name("王晓明")
    typing = page.document.shown.state.settled
    page.document.finish_name()

    assert (asked, typing) == ("Type the name in the document", False)
    assert page.document.shown.state.settled
    assert page.shown.state.blocked == ""


def test_a_company_pays_large_sums_from_its_account(desk: Desk, member: MemberId) -> None:
    page = desk.page
    page.open(member)
    page.choose_payer(company=True)
    page.choose_tender("cash")
    page.choose(50_000)
    page.confirm()

    (payer,) = {
        '"payer":"company"' in bytes(row[0]).decode()
        for row in desk.shop.ledger.read().execute(
            "SELECT payload FROM journal WHERE kind = 'TOPUP'"
        )
    }
    assert payer


def test_every_refusal_says_why() -> None:
    told = [
        sentence(CashNotTaken(Payer.COMPANY, Money(500_000))),
        sentence(CashNotTaken(Payer.PERSON, Money(5_000_000))),
        sentence(DocumentNeeded(MemberId(new_id()))),
    ]

    assert told[0] == "By law a company pays ¥5,000.00 from its account, not in cash."
    assert told[1] == "By law ¥50,000.00 is paid from an account, not in cash."
    assert told[2].startswith("No money was taken")


def test_the_manager_is_told_of_the_threshold_that_a_sum_reaches(shop: Shop) -> None:
    rules = shop.ledger.programme

    below, above = (why_manager(Money(fen), rules) for fen in (499_999, 1_000_000))

    assert "Large sum" not in below
    assert above.endswith("it reaches ¥5,000, ¥10,000, at which the law asks for more care.")
