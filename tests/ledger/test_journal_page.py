"""The journal as people read it: newest first, filtered, and explained to the last transfer."""

from datetime import date

import pytest

from pos_app.ledger.journal_page import EventUnknown, JournalFilter, explain, page
from pos_app.ledger.store.event import Kind
from pos_app.money import Money, Points
from tests.fakes import FakeClock
from tests.ledger.book_rows import thief
from tests.ledger.till_hand import CASH, amount, give_back, head, sell
from tests.shop import MANAGER, Shop


def test_a_page_is_newest_first_and_goes_on_where_it_ended(shop: Shop) -> None:
    for fen in (100, 200, 300):
        sell(shop, amount(fen))

    newest = page(shop.ledger, JournalFilter(), limit=2)
    older = page(shop.ledger, JournalFilter(before=newest[-1].seq), limit=100)

    assert [line.amount for line in newest] == [Money(300), Money(200)]
    assert [line.seq for line in older] == list(range(newest[-1].seq - 1, 0, -1))


def test_a_line_names_who_what_and_how_much(shop: Shop) -> None:
    member = shop.member()
    sale = sell(shop, amount(10_000), member)
    give_back(shop, sale)

    back, sold, *_ = page(shop.ledger, JournalFilter(member=member))

    assert (sold.kind, sold.amount, sold.points) == (Kind.SALE, Money(10_000), Points(200))
    assert (back.kind, back.amount, back.points) == (Kind.REFUND, Money(-10_000), Points(-200))
    assert (sold.slip, sold.member_masked) == (sale.stamp.slip, "王**")
    assert sold.operator_number == MANAGER[0]
    assert sold.hash_short == sale.stamp.hash.hex()[:8]


def test_a_page_is_filtered_by_day_and_kind(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    sell(shop, amount(100))
    clock.go(days=1)
    sell(shop, amount(200))
    shop.top_up(member, 10_000)

    sold = page(shop.ledger, JournalFilter(kinds=(Kind.SALE,)))
    today = page(shop.ledger, JournalFilter(day=date(2026, 6, 16)))
    both = page(shop.ledger, JournalFilter(day=date(2026, 6, 15), kinds=(Kind.SALE, Kind.TOPUP)))

    assert [line.amount.minor for line in sold] == [200, 100]
    assert [line.kind for line in today] == [Kind.TOPUP, Kind.REAL_NAME, Kind.SALE]
    assert [line.amount.minor for line in both] == [100]


def test_an_event_is_explained_to_the_last_transfer(shop: Shop) -> None:
    sale = sell(shop, amount(1_287, CASH))

    detail = explain(shop.ledger, sale.stamp.seq)

    assert detail.transfers == (
        ("tender:S001:cash", "sales:S001", "CNY", 1_280),
        ("rounding:S001", "sales:S001", "CNY", 7),
    )
    assert dict(detail.facts)["payable"] == "1280"
    assert detail.hash == sale.stamp.hash.hex()
    assert detail.previous_hash == explain(shop.ledger, sale.stamp.seq - 1).hash
    assert detail.signature_ok
    assert detail.rules == shop.ledger.programme.version


def test_the_first_event_follows_nothing(shop: Shop) -> None:
    assert explain(shop.ledger, 1).previous_hash == "0" * 64


def test_a_forged_signature_shows(shop: Shop) -> None:
    sale = sell(shop, amount(1_000))

    with thief(shop.ledger.path) as book:
        book.execute("UPDATE journal SET sig = zeroblob(64) WHERE seq = ?", (sale.stamp.seq,))

    assert not explain(shop.ledger, sale.stamp.seq).signature_ok


def test_a_place_that_the_chain_has_not_reached_is_unknown(shop: Shop) -> None:
    with pytest.raises(EventUnknown):
        explain(shop.ledger, head(shop) + 1)
