"""Gifts for points and money: chosen from the list, paid in one order, counted, given back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.slips import latest_receipt
from pos_app.money import Money, Points
from tests.fakes import FakeClock
from tests.ledger.till_hand import give_back
from tests.shop import DEFAULT_PROGRAMME, open_shop
from tests.ui.shell.till import Till, till_of

CATALOGUE = (
    '\n[[points.gift]]\ncode = "MUG"\nname = "马克杯"\npoints = 990\ncash_fen = 990\n'
    'per_member = 1\n[[points.gift]]\ncode = "BAG"\nname = "布袋"\npoints = 5000\n'
).encode()


@pytest.fixture
def till(tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    """Return a till whose programme has a gift catalogue."""
    shop = open_shop(tmp_path, clock, DEFAULT_PROGRAMME.read_bytes() + CATALOGUE)
    yield till_of(shop)
    shop.ledger.close()


def with_points(till: Till) -> MemberId:
    """Return a member who has bought for 2,000 yuan."""
    member = till.regular()
    till.serve(member, "2000")
    till.checkout.choose_tender("wechat")
    till.checkout.pay()
    till.checkout.next_order()
    return member


def rows(till: Till) -> list[tuple[str, str, str]]:
    return [(one.code, one.price, one.reason) for one in till.shell.points.shown.state.gifts]


def test_the_list_says_what_can_be_had_and_why_not(till: Till) -> None:
    till.serve(with_points(till))

    till.shell.use_points()

    (mug, bag) = rows(till)
    assert mug == ("MUG", "990 pts + ¥9.90", "")
    assert bag[:2] == ("BAG", "5,000 pts")
    assert bag[2].endswith("points too few.")


def test_a_gift_is_paid_in_one_order_and_comes_back_whole(till: Till) -> None:
    member = with_points(till)
    till.serve(member)
    before = till.checkout.member
    till.shell.use_points()

    till.shell.points.add_gift("MUG")
    due = till.panel.due
    till.checkout.choose_tender("wechat")
    till.checkout.pay()

    sold = latest_receipt(till.shop.ledger)
    assert isinstance(sold, SaleReceipt)
    assert due == "¥9.90"
    assert (sold.points, sold.points_value) == (Points(990), Money(990))
    assert not till.shell.points.shown.state.open
    back = give_back(till.shop, sold)
    assert (back.points_back, back.clawback) == (Points(990), sold.earned)
    till.serve(member)
    assert before is not None
    assert till.checkout.member is not None
    assert till.checkout.member.points == before.points


def test_beside_an_amount_both_stand_in_one_order(till: Till) -> None:
    till.serve(with_points(till), "100")
    till.shell.use_points()

    till.shell.points.add_gift("MUG")

    quote = till.checkout.quote
    assert quote is not None
    assert [unit.listed for unit in quote.units] == [Money(10_000), Money(1_980)]
    assert till.panel.due == "¥109.90"
    shown = [(one.name, one.tag, one.amount) for one in till.panel.deductions]
    assert shown == [("马克杯", "990 pts", "+\u2009¥9.90")]
    till.checkout.use_points(Points(1_000))
    assert till.panel.deductions[-1].amount == "−\u2009¥10.00"
    assert till.checkout.order.basket.itemised


def test_who_had_one_gets_no_second_until_it_comes_back(till: Till) -> None:
    member = with_points(till)
    till.serve(member)
    till.shell.use_points()
    till.shell.points.add_gift("MUG")
    till.checkout.choose_tender("wechat")
    till.checkout.pay()
    sold = latest_receipt(till.shop.ledger)
    assert isinstance(sold, SaleReceipt)
    till.checkout.next_order()
    till.serve(member)

    till.shell.use_points()
    refused = rows(till)[0][2]
    till.shell.points.add_gift("MUG")
    give_back(till.shop, sold)
    till.shell.points.close()
    till.shell.use_points()

    assert refused == "The member had as many as allowed."
    assert till.checkout.quote is None
    assert rows(till)[0][2] == ""


def test_another_member_s_order_takes_no_gift_along(till: Till) -> None:
    till.serve(with_points(till), "100")
    till.shell.use_points()
    till.shell.points.add_gift("MUG")

    till.checkout.set_member(None)

    assert till.panel.due == "¥100.00"


def test_a_held_order_comes_back_with_its_gift(till: Till) -> None:
    member = with_points(till)
    till.serve(member, "100")
    till.shell.use_points()
    till.shell.points.add_gift("MUG")

    till.checkout.hold()
    (held,) = till.checkout.shelf.shown.state.cards
    till.checkout.fetch(held.key)

    assert till.panel.due == "¥109.90"


def test_a_gift_that_can_no_longer_be_had_is_taken_off_and_said(till: Till) -> None:
    member = with_points(till)
    till.serve(member, "100")
    till.shell.use_points()
    till.shell.points.add_gift("MUG")

    till.checkout.add_gift(till.checkout.order.basket.lines[-1])

    assert till.toasts[-1].startswith("Gifts taken off: ")
    assert till.panel.due == "¥100.00"


def test_what_is_typed_before_the_list_is_there_opens_nothing(till: Till) -> None:
    till.shell.points.typed("5")
    till.shell.points.raise_()

    assert not till.shell.points.shown.state.open
