"""Who stands first when a text may mean many."""

from datetime import date

import pytest

from pos_app.ids import MemberId, new_id
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store.bulk import Delivered, load_members
from pos_app.ledger.store.search import find
from tests.shop import Shop

JOINED = date(2026, 1, 1)


def load(ledger: Ledger, *members: Delivered, batch: int = 2) -> int:
    with ledger.write() as book:
        return load_members(book, members, seq=1, batch=batch)


def delivered(
    name: str, phone: str, *, visited: date | None = None, visits: int = 0, card: str | None = None
) -> Delivered:
    number = "88" + phone[-10:]
    return Delivered(
        MemberId(new_id()), number, phone, name, "BASE", JOINED, "2026-01", card, visited, visits
    )


def names(ledger: Ledger, text: str, limit: int = 8) -> list[str]:
    return [found.member.name for found in find(ledger.read(), text, limit)]


def test_an_exact_match_stands_before_a_longer_one(ledger: Ledger) -> None:
    load(
        ledger,
        delivered("张三丰", "+8613800000001", visited=date(2026, 6, 1)),
        delivered("张三", "+8613800000002"),
    )

    assert names(ledger, "zhangsan") == ["张三", "张三丰"]
    assert names(ledger, "张三") == ["张三", "张三丰"]


def test_among_equals_the_latest_visitor_stands_first(ledger: Ledger) -> None:
    load(
        ledger,
        delivered("李静", "+8613800000001"),
        delivered("李静茹", "+8613800000002", visited=date(2026, 6, 1), visits=1),
        delivered("李静怡", "+8613800000003", visited=date(2026, 6, 14), visits=1),
        delivered("李静文", "+8613800000004", visited=date(2026, 6, 14), visits=9),
    )

    assert names(ledger, "lijing") == ["李静", "李静文", "李静怡", "李静茹"]


def test_a_member_found_twice_is_listed_once(ledger: Ledger) -> None:
    load(ledger, delivered("王王", "+8613813811381"))

    assert names(ledger, "wang") == ["王王"]
    assert names(ledger, "1381") == ["王王"]


def test_a_tail_stands_before_a_beginning(ledger: Ledger) -> None:
    load(ledger, delivered("头", "+8613815550000"), delivered("尾", "+8613900001381"))

    assert names(ledger, "1381") == ["尾", "头"]


def test_no_more_rows_than_asked_for(ledger: Ledger) -> None:
    load(ledger, *(delivered("王明", f"+861380000{n:04}") for n in range(30)))

    assert len(names(ledger, "wangming", limit=8)) == 8
    assert len(names(ledger, "wangming", limit=20)) == 20


@pytest.mark.parametrize("text", ["nobody", "9999", "周", "%", "' OR 1=1 --", "~0"])
def test_what_means_nobody_finds_nobody(ledger: Ledger, text: str) -> None:
    load(ledger, delivered("王明", "+8613800000001"))

    assert names(ledger, text) == []


def test_a_list_is_loaded_in_batches_behind_the_members_known(shop: Shop) -> None:
    shop.member(name="陈一")

    count = load(shop.ledger, *(delivered("赵二", f"+861390000{n:04}") for n in range(5)), batch=2)

    assert count == 5
    assert names(shop.ledger, "chenyi") == ["陈一"]
    assert len(names(shop.ledger, "zhaoer")) == 5


def test_a_loaded_card_is_found(ledger: Ledger) -> None:
    load(ledger, delivered("王明", "+8613800000001", card="6222ABC"))

    assert names(ledger, "6222") == ["王明"]
    assert names(ledger, "6222abc") == ["王明"]
