"""Slips: printed from the event alone, and none forgotten by a crash."""

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.journal_page import EventUnknown
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.slip_state import mark_printed, pending_slips
from pos_app.ledger.slips import latest_receipt, receipt_at
from pos_app.ledger.topups import TopUp, top_up
from pos_app.money import Money, Points
from tests.fakes import FakeClock
from tests.ledger.till_hand import CASH, STORED, WECHAT, amount, by, give_back, goods, sell
from tests.shop import DOCUMENT, Shop, intent, open_ledger


def test_a_reprint_tells_what_the_first_print_told(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    topped = top_up(
        shop.ledger, TopUp(member, Money(50_000), WECHAT, shop.manager, intent(), document=DOCUMENT)
    )
    sell(shop, amount(50_000), member)
    issue(shop.ledger, member, "NEW5", operator=shop.manager, intent=intent())
    order = goods(9_990, (1_200, 2), tenders=by((STORED, 2_000), CASH))
    sold = sell(shop, replace(order, points=Points(200)), member)
    back = give_back(shop, sold, frozenset({0}))
    clock.go(days=400)
    sell(shop, amount(1_000, STORED), member)

    reprints = [receipt_at(shop.ledger, one.stamp.seq) for one in (topped, sold, back)]

    assert reprints == [topped, sold, back]


def test_the_latest_slip_is_the_latest_events(shop: Shop) -> None:
    assert latest_receipt(shop.ledger) is None
    sale = sell(shop, amount(1_000))
    shop.member()

    assert latest_receipt(shop.ledger) == sale

    back = give_back(shop, sale)
    assert latest_receipt(shop.ledger) == back


def test_an_event_without_a_slip_has_none(shop: Shop) -> None:
    with pytest.raises(EventUnknown):
        receipt_at(shop.ledger, 1)
    with pytest.raises(EventUnknown):
        receipt_at(shop.ledger, 999)


def test_the_slip_of_an_upgrade_names_the_new_tier(shop: Shop) -> None:
    receipt = sell(shop, amount(500_000), shop.member())

    assert receipt.tier_up == "银卡会员"
    assert isinstance(receipt, SaleReceipt)


def test_a_crash_between_commit_and_print_forgets_no_slip(
    shop: Shop, tmp_path: Path, clock: FakeClock
) -> None:
    first, second = sell(shop, amount(100)), sell(shop, amount(200))
    mark_printed(shop.ledger, first.stamp.seq)
    shop.ledger.close()

    shop.ledger = open_ledger(tmp_path, clock)

    assert pending_slips(shop.ledger) == (second.stamp.seq,)
    mark_printed(shop.ledger, second.stamp.seq)
    mark_printed(shop.ledger, second.stamp.seq)
    assert pending_slips(shop.ledger) == ()


def test_a_slip_number_names_the_day_and_the_place(shop: Shop, clock: FakeClock) -> None:
    clock.go(days=1)

    receipt = sell(shop, amount(100))

    assert receipt.stamp.slip == f"S20260616-{receipt.stamp.seq:06d}"
    assert (receipt.stamp.store_name, receipt.stamp.terminal_name) == ("徐家汇店", "3 号机")
    assert receipt.stamp.operator_name == "林晓雯"
