"""Member numbers: no meaning, and no slip goes unnoticed."""

from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.member_numbers import check_digit, is_member_number, new_member_number

STEMS = st.text("0123456789", min_size=9, max_size=9).map(lambda digits: "88" + digits)


def test_a_number_has_twelve_digits_and_checks() -> None:
    numbers = {new_member_number() for _ in range(200)}

    assert len(numbers) == 200
    assert all(len(number) == 12 and number.startswith("88") for number in numbers)
    assert all(is_member_number(number) for number in numbers)


def test_the_check_digit_is_that_of_iso_7064_mod_11_10() -> None:
    assert check_digit("0794") == "5"


@given(STEMS, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_caught(stem: str, place: int, change: int) -> None:
    number = stem + check_digit(stem)
    wrong = str((int(number[place]) + change) % 10)

    assert is_member_number(number)
    assert not is_member_number(number[:place] + wrong + number[place + 1 :])


def test_other_codes_are_no_member_numbers() -> None:
    assert not is_member_number("")
    assert not is_member_number("13812345678")
    assert not is_member_number("88123456789a")
    assert not is_member_number("٨٨١٢٣٤٥٦٧٨٩٠")
