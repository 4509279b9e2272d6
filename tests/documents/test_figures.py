"""How amounts and points are written on paper."""

import pytest

from pos_app.documents.figures import money_text, points_change_text, points_text
from pos_app.money import Money, Points


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "¥0.00"),
        (7, "¥0.07"),
        (99_890, "¥998.90"),
        (123_456_789, "¥1,234,567.89"),
        (-3_000, "−\u2009¥30.00"),
        (-5, "−\u2009¥0.05"),
    ],
)
def test_money_has_two_decimals_and_its_sign_before_the_yuan_mark(fen: int, text: str) -> None:
    assert money_text(Money(fen)) == text


@pytest.mark.parametrize(
    ("count", "balance", "change"),
    [(0, "0", "0"), (7_489, "7,489", "+7,489"), (-120, "−120", "−120")],
)
def test_points_show_a_debt_and_a_movement_its_direction(
    count: int, balance: str, change: str
) -> None:
    assert points_text(Points(count)) == balance
    assert points_change_text(Points(count)) == change
