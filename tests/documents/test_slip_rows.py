"""What is written on each kind of slip, and what is not."""

from dataclasses import replace

import pytest

from pos_app.documents.paper import PAPER_80
from pos_app.documents.rows import Code, plain_text
from pos_app.documents.slip import (
    Foot,
    PointsMoved,
    Return,
    SlipMember,
)
from pos_app.documents.slip_raster import render
from pos_app.documents.slip_rows import (
    notice_rows,
    refund_rows,
    sale_rows,
    top_up_rows,
    trial_rows,
)
from pos_app.money import Points
from tests.documents.samples import (
    FOOT,
    HANDOVER,
    HEAD,
    REFUND,
    REPRINTED,
    SALE,
    TOP_UP,
    TRIAL,
    WALK_IN,
)


def test_every_fact_of_a_sale_is_on_its_slip() -> None:
    words = plain_text(sale_rows(SALE))

    for line in (
        "徐家汇旗舰店",
        "Slip no.  S20261121-0142",
        "Time  2026-11-21 14:35:20",
        "Terminal  2 号台",
        "Cashier no.  0217",
        "Member  张䶮 138****0217",
        "Tier  金卡",
        "拿铁  3  ¥96.00",
        "Order amount  ¥328.00",
        "金卡折扣 9.5 折  −\u2009¥16.40",
        "1,200 points used  −\u2009¥12.00",
        "Rounding  −\u2009¥0.07",
        "Paid  ¥269.53",
        "Stored value  ¥200.00",
        "Principal / bonus  ¥150.00 / ¥50.00",
        "Cash  ¥69.53",
        "Cash received  ¥100.00",
        "Change given  ¥30.47",
        "Stored value balance  ¥998.90",
        "Principal / bonus  ¥800.00 / ¥198.90",
        "Points earned  +269",
        "Points balance  7,489",
        "1,150 points valid until  2026-12-31",
        "凭本小票 7 日内可退换，生鲜食品除外。",
        "预付卡章程及隐私政策见店内公示；投诉电话 12315。",
        "客服 400-820-0000",
        "7f3a-2-142 #a1b2c3d4",
    ):
        assert line in words.splitlines()


def test_a_walk_in_slip_is_silent_about_what_was_not_touched() -> None:
    words = plain_text(sale_rows(WALK_IN))

    for untouched in ("Member", "point", "Points", "balance", "Rounding", "Change", "Qty", "Scan"):
        assert untouched not in words
    assert "Paid: WeChat Pay  ¥12.50" in words


def test_the_code_carries_what_it_was_given() -> None:
    codes = [row for row in sale_rows(SALE) if isinstance(row, Code)]

    assert [code.payload for code in codes] == [FOOT.code]


def test_a_reprint_says_so_and_when() -> None:
    first, again = sale_rows(SALE), sale_rows(replace(SALE, head=REPRINTED))

    assert "REPRINT" not in plain_text(first)
    assert "REPRINT 2026-11-22 09:01:12" in plain_text(again)
    assert render(first, PAPER_80) != render(again, PAPER_80)


@pytest.mark.parametrize("phone", ["13800000217", "+86 13800000217", "6222000011112222"])
def test_a_number_in_full_never_reaches_a_slip(phone: str) -> None:
    with pytest.raises(AssertionError):
        SlipMember(name="张䶮", phone=phone)


def test_a_top_up_shows_what_was_paid_and_what_was_added() -> None:
    words = plain_text(top_up_rows(TOP_UP)).splitlines()

    assert "Topped up  ¥1,000.00" in words
    assert "充 1000 送 100  +¥100.00" in words
    assert "Paid: Alipay  ¥1,000.00" in words
    assert "Stored value balance  ¥2,098.90" in words


def test_a_refund_repeats_the_number_of_the_sale_and_what_moved_back() -> None:
    words = plain_text(refund_rows(REFUND)).splitlines()

    for line in (
        "Refund slip",
        "Original slip  S20261120-0099",
        "Reason  口味不合",
        "Approved by  0101",
        "Given back: Bank card  ¥32.00",
        "Coupon returned  满减券 满 200 减 30",
        "Points returned  +100",
        "Points taken back  −32",
        "Points balance  −120",
    ):
        assert line in words
    assert "Signed by the buyer" in words[-8] + words[-7]


def test_a_void_is_called_a_void() -> None:
    words = plain_text(refund_rows(replace(REFUND, kind=Return.VOID))).splitlines()

    assert "Void slip" in words
    assert "Refund slip" not in words


def test_points_without_a_known_balance_show_only_what_was_earned() -> None:
    offline = replace(SALE, points=PointsMoved(earned=Points(269)))

    words = plain_text(sale_rows(offline))

    assert "Points earned  +269" in words
    assert "Points balance" not in words


def test_a_tender_that_is_new_here_keeps_its_code() -> None:
    payment = replace(WALK_IN.payments[0], tender="ecny")

    words = plain_text(sale_rows(replace(WALK_IN, payments=(payment,))))

    assert "Paid: ecny" in words


def test_a_handover_is_signed_by_both() -> None:
    words = plain_text(notice_rows(HANDOVER))

    assert "交班单" in words
    assert "实点  ¥1,204.50" in words
    assert words.count("____") >= 2


def test_a_foot_with_nothing_in_it_leaves_no_rule_behind() -> None:
    with_foot, without = plain_text(sale_rows(SALE)), plain_text(sale_rows(WALK_IN))

    assert with_foot.count("-" * 32) > without.count("-" * 32)
    assert not without.endswith("-" * 32)
    assert replace(WALK_IN, foot=Foot()) == WALK_IN


def test_the_test_page_names_the_printer_and_shows_rare_names() -> None:
    words = plain_text(trial_rows(TRIAL))

    for part in ("tcp://192.168.1.50:9100", "80 mm", "䶮", "𠅤", HEAD.number):
        assert part in words
