"""Amounts never lose a unit, never mix, and are read only as a person means them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.money import (
    LARGEST_ENTRY_FEN,
    Amount,
    BasisPoints,
    Growth,
    Money,
    NotAnAmount,
    Points,
    parse_money,
    total_of,
)

FEN = st.integers(-(10**12), 10**12)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=40)


@given(amount=st.integers(0, 10**12), weights=WEIGHTS.filter(any))
def test_splitting_an_amount_loses_no_fen(amount: int, weights: list[int]) -> None:
    shares = Money(amount).allocate(weights)

    assert total_of(shares) == Money(amount)
    assert len(shares) == len(weights)


@given(amount=st.integers(0, 10**12), weights=WEIGHTS.filter(any))
def test_every_share_is_within_a_fen_of_its_exact_part(amount: int, weights: list[int]) -> None:
    whole = sum(weights)

    shares = Money(amount).allocate(weights)

    for share, weight in zip(shares, weights, strict=True):
        assert 0 <= share.minor * whole - amount * weight + whole <= 2 * whole


@given(amount=st.integers(0, 10**12), weights=WEIGHTS.filter(any))
def test_a_row_without_weight_gets_nothing(amount: int, weights: list[int]) -> None:
    shares = Money(amount).allocate([*weights, 0])

    assert shares[-1] == Money()


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        (100, (1, 1, 1), (34, 33, 33)),
        (101, (1, 1, 1), (34, 34, 33)),
        (10, (1, 2, 4), (1, 3, 6)),
        (1, (1, 99), (0, 1)),
        (0, (3, 4), (0, 0)),
    ],
)
def test_the_largest_remainder_wins_and_ties_go_to_the_lower_row(
    amount: int, weights: tuple[int, ...], shares: tuple[int, ...]
) -> None:
    found = Money(amount).allocate(weights)

    assert tuple(share.minor for share in found) == shares


def test_nothing_over_nothing_is_nothing() -> None:
    assert Money().allocate((0, 0)) == (Money(), Money())
    assert Money().allocate(()) == ()


def test_an_amount_over_nothing_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        Money(1).allocate((0, 0))


@given(left=FEN, right=FEN)
def test_amounts_add_and_take_away_exactly(left: int, right: int) -> None:
    assert Money(left) + Money(right) - Money(right) == Money(left)
    assert Money(left) + -Money(left) == Money()
    assert (Money(left) < Money(right)) == (left < right)


@pytest.mark.parametrize("other", [Points(1), Growth(1), Amount(1), 1])
def test_money_meets_nothing_but_money(other: object) -> None:
    with pytest.raises(TypeError):
        Money(1) + other  # type: ignore[operator]
    with pytest.raises(TypeError):
        Money(1) - other  # type: ignore[operator]
    assert Money(1) != other


def test_only_zero_is_nothing() -> None:
    assert not Money()
    assert Money(1)
    assert Money(-1)


def test_a_count_of_an_amount_keeps_its_unit() -> None:
    assert Points(7).times(3) == Points(21)
    assert Money(7).times(0) == Money()


@pytest.mark.parametrize(
    ("amount", "rate", "share"), [(9_999, 500, 499), (1, 9_999, 0), (0, 500, 0), (-1, 5_000, -1)]
)
def test_a_rate_is_floored_to_a_whole_unit(amount: int, rate: int, share: int) -> None:
    assert Money(amount).floor_bp(BasisPoints(rate)) == Money(share)


def test_the_sum_of_no_money_is_zero() -> None:
    assert total_of(()) == Money()
    assert total_of((Money(2), Money(-5))) == Money(-3)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("0.00", 0),
        ("0.01", 1),
        ("328", 32_800),
        ("328.5", 32_850),
        ("328.05", 32_805),
        ("007", 700),
        ("  328.50\t\n", 32_850),
        ("¥328.50", 32_850),
        ("￥ 328.50", 32_850),
        ("¥1,299.00", 129_900),
        ("999,999.99", LARGEST_ENTRY_FEN),
        ("999999.99", LARGEST_ENTRY_FEN),
    ],
)
def test_a_sum_is_read_as_it_is_typed_or_pasted(text: str, fen: int) -> None:
    assert parse_money(text) == Money(fen)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "¥",
        ".",
        ".5",
        "5.",
        "-1",
        "+1",
        "−1",
        "1.234",
        "1.2.3",
        "1..2",
        "1 000",
        "1e3",
        "0x10",
        "abc",
        "12元",
        "１２８",  # noqa: RUF001 -- full-width digits are the case
        "١٢٨",
        "²",
        "1_000",
        "1000000",
        "9999999999",
        "9" * 400,
        "nan",
        "inf",
        "1\n2",
        "328.50¥",
        "$5",
    ],
)
def test_what_is_no_sum_is_refused_and_named(text: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        parse_money(text)

    assert refused.value.text == text


@given(fen=st.integers(0, LARGEST_ENTRY_FEN))
def test_every_sum_up_to_the_largest_is_read_back(fen: int) -> None:
    yuan, rest = divmod(fen, 100)

    assert parse_money(f"{yuan}.{rest:02}") == Money(fen)
    assert parse_money(f"¥{yuan:,}.{rest:02}") == Money(fen)


@given(text=st.text(max_size=12))
def test_no_text_is_read_as_more_than_the_largest_sum_or_breaks_the_reader(text: str) -> None:
    try:
        read = parse_money(text)
    except NotAnAmount:
        return

    assert Money() <= read <= Money(LARGEST_ENTRY_FEN)
