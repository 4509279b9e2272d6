"""Finding the sale that a return belongs to: by slip, by code, by its last digits, by member."""

from pos_app.ledger.refund_lookup import find_sale, open_sale, sales_of
from pos_app.money import Money
from tests.fakes import FakeClock
from tests.ledger.till_hand import (
    amount,
    give_back,
    goods,
    sell,
)
from tests.shop import Shop


def test_a_sale_is_found_by_its_slip_its_code_or_its_last_digits(
    shop: Shop, clock: FakeClock
) -> None:
    sale = sell(shop, amount(1_000))
    slip = sale.stamp.slip

    found = [
        find_sale(shop.ledger, text)
        for text in (slip, f" {slip.lower()} ", f"RCP:{slip}:abc", slip[-3:], slip[-6:])
    ]

    assert {one.event_id for one in found if one} == {sale.stamp.event_id}
    assert all(found)
    assert find_sale(shop.ledger, "99") is None
    assert find_sale(shop.ledger, "anything") is None
    clock.go(days=1)
    assert find_sale(shop.ledger, slip[-6:]) is None


def test_an_opened_sale_tells_what_is_left(shop: Shop) -> None:
    sale = sell(shop, goods(1_000, 2_000))
    give_back(shop, sale, frozenset({0}))

    opened = open_sale(shop.ledger, sale.stamp.event_id, shop.manager)

    assert opened.rest == Money(2_000)
    assert opened.summary.returned == "part"
    assert (opened.can_void, opened.void_refusal) == (False, "part")
    assert opened.sold.returned_units == frozenset({0})


def test_a_members_sales_are_listed_newest_first(shop: Shop) -> None:
    member = shop.member()
    first = sell(shop, goods(1_000), member)
    second = sell(shop, goods(2_000), member)
    sell(shop, goods(3_000))
    give_back(shop, first)

    listed = sales_of(shop.ledger, member)

    assert [one.event_id for one in listed] == [second.stamp.event_id, first.stamp.event_id]
    assert [one.returned for one in listed] == ["no", "whole"]
    assert listed[0].member_masked == "王**"
    assert len(sales_of(shop.ledger, None)) == 3
