"""Posting: balances are the sum of transfers, and no holding goes below zero."""

import pytest
import sqlcipher3.dbapi2 as driver

from pos_app.ids import LotId, MemberId, new_id
from pos_app.ledger.store import accounts
from pos_app.ledger.store.event import Draft, Kind, Transfer
from pos_app.ledger.wallet_moves import points
from pos_app.money import Points
from tests.ledger.book_rows import first_fault
from tests.ledger.till_hand import head
from tests.shop import Shop


def cny(source: str, target: str, fen: int) -> Transfer:
    return Transfer(source, target, accounts.CNY, fen)


def note(*moves: Transfer) -> Draft:
    return Draft(Kind.NOTE, transfers=moves)


def balance(shop: Shop, code: str) -> int | None:
    found = "SELECT b.amount FROM account a JOIN balance b ON b.account = a.id WHERE a.code = ?"
    row = shop.ledger.read().execute(found, (code,)).fetchone()
    return None if row is None else int(row[0])


def test_what_one_account_gives_another_gets(shop: Shop) -> None:
    with shop.ledger.write() as book:
        book.append(note(cny("adjust:a", "adjust:b", 70), cny("adjust:b", "adjust:c", 30)))

    assert [balance(shop, f"adjust:{name}") for name in "abc"] == [-70, 40, 30]
    assert first_fault(shop.ledger) == ""


def test_a_holding_never_goes_below_zero(shop: Shop) -> None:
    member = MemberId(new_id())
    hold = accounts.bonus(member, LotId(new_id()))
    with shop.ledger.write() as book:
        book.append(note(cny(accounts.BONUS_EXPENSE, hold, 100)))
    before = head(shop)

    with pytest.raises(driver.IntegrityError), shop.ledger.write() as book:
        book.append(note(cny(hold, accounts.HQ, 101)))

    assert head(shop) == before
    assert balance(shop, hold) == 100
    with shop.ledger.write() as book:
        book.append(note(cny(hold, accounts.HQ, 100)))
    assert balance(shop, hold) == 0


def test_two_transfers_of_one_event_may_cross_zero_in_between(shop: Shop) -> None:
    hold = accounts.bonus(MemberId(new_id()), LotId(new_id()))

    with shop.ledger.write() as book:
        book.append(
            note(
                cny(hold, accounts.HQ, 100),
                cny(accounts.HQ, hold, 150),
            )
        )

    assert balance(shop, hold) == 50


def test_an_account_opened_by_a_failed_transaction_is_forgotten(shop: Shop) -> None:
    empty = accounts.bonus(MemberId(new_id()), LotId(new_id()))
    overdraft = note(cny("adjust:new", "adjust:other", 5), cny(empty, accounts.HQ, 5))
    with pytest.raises(driver.IntegrityError), shop.ledger.write() as book:
        book.append(overdraft)

    with shop.ledger.write() as book:
        book.append(note(cny("adjust:third", "adjust:new", 9)))

    assert (balance(shop, "adjust:new"), balance(shop, "adjust:other")) == (9, None)
    assert first_fault(shop.ledger) == ""


def test_the_same_name_in_another_unit_is_another_account(shop: Shop) -> None:
    with shop.ledger.write() as book:
        book.append(
            note(cny("adjust:a", "adjust:b", 5), *points("adjust:a", "adjust:b", Points(7)))
        )

    found = shop.ledger.read().execute("SELECT unit FROM account WHERE code = 'adjust:a'")
    assert sorted(unit for (unit,) in found) == ["CNY", "PTS"]
