"""The journal's quantities in words."""

from pos_app.ui.journal_page.words import _quantity


def test_money_points_and_coupons_are_counted_in_their_own_words() -> None:
    assert _quantity("CNY", 50_000) == "¥500.00"
    assert _quantity("PTS", 1_200) == "1,200 pts"
    assert _quantity("CPN:aa", 1) == "1 coupon"
