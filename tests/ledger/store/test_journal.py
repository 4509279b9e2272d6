"""The journal: gapless, one event an intent, and only ever added to."""

import pytest
import sqlcipher3.dbapi2 as driver

from pos_app.ledger.store import journal
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.driver import connect
from pos_app.ledger.store.event import Draft, Kind
from tests.ledger.book_rows import first_fault
from tests.ledger.till_hand import amount, give_back, head, sell
from tests.shop import TEST_KEYS, Shop, intent


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET payload = x'00' WHERE seq = 1",
        "UPDATE journal SET at = at + 1",
        "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)",
        "UPDATE transfer SET amount = amount + 1",
        "DELETE FROM transfer",
        "INSERT OR REPLACE INTO transfer SELECT seq, n, source, target, 1 FROM transfer",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal",
    ],
)
def test_nothing_that_happened_is_changed(shop: Shop, statement: str) -> None:
    sell(shop, amount(1_000))
    connection = connect(shop.ledger.path, TEST_KEYS.database)

    with pytest.raises(driver.IntegrityError):
        connection.execute(statement)

    connection.close()
    assert first_fault(shop.ledger) == ""


def test_events_are_numbered_without_a_gap_even_after_failures(shop: Shop) -> None:
    before = head(shop)
    for _ in range(3):
        with pytest.raises(AssertionError), shop.ledger.write() as book:
            _append_and_stumble(book)
        with shop.ledger.write() as book:
            book.append(Draft(Kind.NOTE))

    seqs = [seq for (seq,) in shop.ledger.read().execute("SELECT seq FROM journal ORDER BY seq")]
    assert seqs == list(range(1, before + 4))


def _append_and_stumble(book: Book) -> None:
    book.append(Draft(Kind.NOTE))
    raise AssertionError


def test_an_intent_happens_once_even_past_the_use_cases(shop: Shop) -> None:
    wish = intent()
    with shop.ledger.write() as book:
        first = book.append(Draft(Kind.NOTE, intent=wish))
    before = head(shop)

    with pytest.raises(driver.IntegrityError), shop.ledger.write() as book:
        book.append(Draft(Kind.NOTE, intent=wish))

    assert head(shop) == before
    assert journal.event_of_intent(shop.ledger.read(), wish) == first


def test_two_events_of_one_transaction_follow_each_other(shop: Shop) -> None:
    with shop.ledger.write() as book:
        first = book.append(Draft(Kind.NOTE))
        second = book.append(Draft(Kind.NOTE))

    assert second.seq == first.seq + 1
    assert journal.head_of(shop.ledger.read()).hash == second.hash
    assert first_fault(shop.ledger) == ""


def test_what_answers_a_sale_is_found_from_it(shop: Shop) -> None:
    sale = sell(shop, amount(10_000))
    other = sell(shop, amount(10_000))
    from_money = [give_back(shop, sale, part).stamp.event_id for part in (None,)]

    found = journal.events_about(shop.ledger.read(), sale.stamp.event_id, Kind.REFUND, Kind.VOID)

    assert [event.id for event in found] == from_money
    assert journal.events_about(shop.ledger.read(), other.stamp.event_id, Kind.REFUND) == ()


def test_an_event_is_found_by_place_and_by_identity(shop: Shop) -> None:
    sale = sell(shop, amount(1_000))
    reader = shop.ledger.read()

    by_place = journal.event_at(reader, sale.stamp.seq)

    assert by_place is not None
    assert by_place == journal.event_by_id(reader, sale.stamp.event_id)
    assert by_place == journal.latest_of(reader, (Kind.SALE,))
    assert journal.event_at(reader, 999) is None
