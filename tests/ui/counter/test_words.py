"""Coupons, visits and phone numbers in words."""

from datetime import date

import pytest

from pos_app.ids import CouponId, new_id
from pos_app.ledger.counter import CouponCard
from pos_app.ledger.rules.coupons import CouponVerdict, HeldCoupon, Unused
from pos_app.money import Money
from pos_app.ui.counter.finding import whole_phone, worth_searching
from pos_app.ui.coupon_words import (
    choosable,
    coupon_condition,
    coupon_expiry,
    coupon_figure,
    coupon_reason,
    coupon_title,
)
from pos_app.ui.phone_words import spaced

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)


def card(kind: str, **facts: object) -> CouponCard:
    plain: dict[str, object] = {
        "id": CouponId(new_id()),
        "template": "T",
        "name": "",
        "type": kind,
        "face": Money(),
        "pct": 100,
        "cap": Money(),
        "threshold": Money(),
        "gift_value": Money(),
        "valid_from": FIRST,
        "valid_until": LAST,
    }
    return CouponCard(**{**plain, **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("coupon", "title", "figure"),
    [
        (card("full_reduction", face=Money(5000), threshold=Money(30000)), "¥50 off ¥300", "50¥"),
        (card("voucher", face=Money(550)), "Cash coupon", "5.50¥"),
        (card("discount", pct=88), "Discount coupon", "12%off"),
        (card("gift", gift_value=Money(5000)), "Gift worth ¥50", "Gift"),
        (card("gift"), "Gift coupon", "Gift"),
        (card("exchange", name="One latte"), "One latte", "Free"),
        (card(""), "T", "Free"),
    ],
)
def test_a_coupon_is_named_for_what_it_does(coupon: CouponCard, title: str, figure: str) -> None:
    assert coupon_title(coupon) == title
    assert "".join(coupon_figure(coupon)) == figure


def test_conditions_say_least_and_most() -> None:
    discount = card("discount", pct=90, threshold=Money(10000), cap=Money(5000))

    assert coupon_condition(discount) == "Spend ¥100 or more · at most ¥50 off"
    assert coupon_condition(card("voucher")) == "No minimum"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 5, 30), "From 06-01"),
        (date(2026, 6, 29), "1 day left"),
        (date(2026, 6, 20), "10 days left"),
        (date(2026, 6, 30), "Expires today 23:59"),
        (date(2026, 7, 1), "Expired"),
    ],
)
def test_validity_is_counted_in_days(day: date, words: str) -> None:
    assert coupon_expiry(card("voucher"), day) == words


@pytest.mark.parametrize("reason", list(Unused))
def test_every_reason_for_not_using_a_coupon_has_words(reason: Unused) -> None:
    held = HeldCoupon(CouponId(new_id()), "T", FIRST, LAST)
    gap = Money(1200) if reason is Unused.BELOW_THRESHOLD else None

    words = coupon_reason(CouponVerdict(held, Money(), used=False, reason=reason, gap=gap))

    assert words
    assert words != reason.value


def test_a_used_coupon_needs_no_reason() -> None:
    held = HeldCoupon(CouponId(new_id()), "T", FIRST, LAST)
    verdict = CouponVerdict(held, Money(500), used=True)

    assert coupon_reason(verdict) == ""
    assert choosable(verdict)


@pytest.mark.parametrize(
    ("text", "worth"), [("w", False), ("wx", True), ("021", False), ("0217", True), ("王", False)]
)
def test_a_search_needs_two_letters_or_four_digits(text: str, worth: bool) -> None:  # noqa: FBT001
    assert worth_searching(text) is worth


def test_a_whole_phone_may_be_typed_in_groups() -> None:
    assert whole_phone("138 1234 0217")
    assert not whole_phone("28123402170")


def test_only_mainland_numbers_are_grouped() -> None:
    assert spaced("+8613812340217") == "138 1234 0217"
    assert spaced("+1****0123") == "+1****0123"
