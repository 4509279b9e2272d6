"""Replay: everything derived is dropped and comes back the same to the byte."""

import pytest
import sqlcipher3.dbapi2 as driver

from pos_app.ledger.store.book import Book
from tests.ledger.book_rows import derived_tables, first_fault, thief
from tests.ledger.store.busy_day import busy_day
from tests.ledger.till_hand import STORED, amount, head, sell
from tests.shop import MEMBER_PIN, Shop, open_ledger

_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"


def test_every_table_comes_back_as_it_was(shop: Shop) -> None:
    busy_day(shop)
    before = derived_tables(shop.ledger)
    schema = shop.ledger.read().execute(_SCHEMA).fetchall()

    with shop.ledger.write() as book:
        read = book.rebuild()

    assert read == head(shop)
    assert derived_tables(shop.ledger) == before
    assert all(before[table] for table in ("balance", "transfer", "growth", "coupon", "lot"))
    assert sorted(shop.ledger.read().execute(_SCHEMA).fetchall()) == sorted(schema)


def test_what_was_damaged_is_made_good_and_business_goes_on(shop: Shop) -> None:
    member = busy_day(shop)
    before = derived_tables(shop.ledger)
    with thief(shop.ledger.path) as book:
        book.execute("DELETE FROM transfer")
        book.execute("DELETE FROM account WHERE id % 2 = 1")
        book.execute("UPDATE balance SET amount = 7")
        book.execute("DELETE FROM m_token")
        book.execute("UPDATE member SET tier = 'DIAMOND'")

    with shop.ledger.write() as book:
        book.rebuild()

    assert derived_tables(shop.ledger) == before
    shop.clock.go(minutes=11)
    sell(shop, amount(1_000, STORED), member)
    sell(shop, amount(1_000))
    shop.top_up(member, 10_000)
    assert first_fault(shop.ledger) == ""


def test_accounts_that_get_other_numbers_are_looked_up_again(shop: Shop) -> None:
    busy_day(shop)
    shop.ledger.close()
    with thief(shop.ledger.path) as book:
        book.execute("UPDATE account SET id = id + 1000")
        book.execute("UPDATE balance SET account = account + 1000")
        book.execute("UPDATE transfer SET source = source + 1000, target = target + 1000")
    shop.ledger = open_ledger(shop.ledger.path.parent, shop.clock)
    sell(shop, amount(1_000))

    with shop.ledger.write() as book:
        book.rebuild()
    sell(shop, amount(1_000))

    assert first_fault(shop.ledger) == ""


def test_a_rebuild_that_fails_changes_nothing(shop: Shop) -> None:
    busy_day(shop)
    before = derived_tables(shop.ledger)

    with pytest.raises(driver.OperationalError), shop.ledger.write() as book:
        _rebuild_and_stumble(book)

    assert derived_tables(shop.ledger) == before
    sell(shop, amount(1_000))
    assert first_fault(shop.ledger) == ""


def _rebuild_and_stumble(book: Book) -> None:
    book.rebuild()
    book.execute("SELECT no_such_thing")


def test_an_erased_member_is_nobody_and_the_chain_is_whole(shop: Shop) -> None:
    member = shop.member(pin=MEMBER_PIN)
    shop.top_up(member, 50_000)
    sell(shop, amount(10_000, STORED), member)
    balances = derived_tables(shop.ledger)["balance"]
    with shop.ledger.write() as book:
        book.execute(
            "DELETE FROM sidecar WHERE event_id IN (SELECT event_id FROM journal WHERE member = ?)",
            (member.bytes,),
        )
        book.rebuild()

    row = shop.ledger.read().execute(
        "SELECT name, phone, birthday, card FROM member WHERE id = ?", (member.bytes,)
    )

    assert row.fetchone() == ("", None, None, None)
    assert derived_tables(shop.ledger)["pin"] == []
    assert derived_tables(shop.ledger)["balance"] == balances
    assert first_fault(shop.ledger) == ""
    content = derived_tables(shop.ledger)
    assert "13812340217" not in repr(content)
    assert "王晓明" not in repr(content)
