"""Opening the drawer by hand: managers only, and always in the book."""

import pytest

from pos_app.ledger.drawer import record_opening
from pos_app.ledger.factors import ApprovalWish, approve
from pos_app.ledger.journal_page import JournalFilter, explain, page
from pos_app.ledger.rights import NeedsApproval
from pos_app.ledger.rules.access import Act
from pos_app.ledger.store.event import Kind
from pos_app.money import Money
from tests.people import cashier
from tests.shop import MANAGER, Shop, intent


def openings(shop: Shop) -> list[int]:
    """Return the places of the openings in the book, the newest first."""
    notes = page(shop.ledger, JournalFilter(kinds=(Kind.NOTE,)))
    return [one.seq for one in notes if ("drawer", "1") in explain(shop.ledger, one.seq).facts]


def test_a_manager_opens_the_drawer_and_the_book_knows_who(shop: Shop) -> None:
    record_opening(shop.ledger, shop.manager, intent=intent())

    (seq,) = openings(shop)
    told = explain(shop.ledger, seq)
    assert told.line.operator_number == MANAGER[0]
    assert told.transfers == ()


def test_one_wish_is_one_opening(shop: Shop) -> None:
    wish = intent()

    record_opening(shop.ledger, shop.manager, intent=wish)
    record_opening(shop.ledger, shop.manager, intent=wish)

    assert len(openings(shop)) == 1


def test_a_cashier_alone_leaves_it_shut(shop: Shop) -> None:
    hired = cashier(shop)

    with pytest.raises(NeedsApproval):
        record_opening(shop.ledger, hired, intent=intent())

    assert openings(shop) == []


def test_a_managers_consent_opens_it_for_a_cashier(shop: Shop) -> None:
    hired, wish = cashier(shop), intent()
    number, pin = MANAGER
    asked = ApprovalWish(Act.OPEN_DRAWER, Money(), wish, hired)
    consent = approve(shop.ledger, asked, number=number, pin=pin)

    record_opening(shop.ledger, hired, intent=wish, approval=consent)

    (seq,) = openings(shop)
    told = explain(shop.ledger, seq)
    assert any(name == "approval" and shop.manager.hex in text for name, text in told.facts)
