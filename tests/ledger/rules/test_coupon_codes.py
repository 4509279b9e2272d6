"""A coupon's code survives being read out, typed and mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.coupon_codes import LARGEST_NUMBER, SYMBOLS, code_of, number_of

numbers = st.integers(0, LARGEST_NUMBER)


def test_a_code_has_eleven_symbols_in_three_groups() -> None:
    assert code_of(0) == "0000-0000-000"
    assert code_of(LARGEST_NUMBER) == "ZZZZ-ZZZZ-ZZA"


@given(numbers)
def test_every_code_is_read_back(number: int) -> None:
    assert number_of(code_of(number)) == number


@given(numbers)
def test_case_blanks_and_look_alikes_are_forgiven(number: int) -> None:
    typed = code_of(number).lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert number_of(f" {typed} ") == number


@given(numbers, st.integers(0, 10), st.sampled_from(SYMBOLS))
def test_one_wrong_symbol_is_caught(number: int, place: int, symbol: str) -> None:
    code = code_of(number).replace("-", "")
    wrong = code[:place] + symbol + code[place + 1 :]

    assert wrong == code or number_of(wrong) is None


@given(numbers, st.integers(0, 9))
def test_two_swapped_neighbours_are_caught(number: int, place: int) -> None:
    code = code_of(number).replace("-", "")
    one, other = code[place], code[place + 1]
    swapped = code[:place] + other + one + code[place + 2 :]

    assert swapped == code or {one, other} == {"0", "Z"} or number_of(swapped) is None


@pytest.mark.parametrize("text", ["", "0000", "0000-0000-0001", "U000-0000-000", "例000-0000-000"])
def test_other_text_is_no_code(text: str) -> None:
    assert number_of(text) is None
