"""Phone numbers as they are typed at the counter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.phones import PhoneFault, PhoneMalformed, national_digits, parse_phone


@pytest.mark.parametrize(
    "typed",
    [
        "13812345678",
        "138 1234 5678",
        " 138-1234-5678 ",
        "138–1234–5678",
        "+86 138 1234 5678",
        "+8613812345678",
        "(+86)138-1234-5678",
        "0086 138 1234 5678",
        "008613812345678",
        "86 138 1234 5678",
        "\uff11\uff13\uff1812345678",
        "+86(138)12345678",
    ],
)
def test_one_number_in_every_spelling_is_one_number(typed: str) -> None:
    assert parse_phone(typed) == "+8613812345678"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+852 5123 4567", "+85251234567"),
        ("+1 415 555 2671", "+14155552671"),
        ("001 415 555 2671", "+14155552671"),
        ("+44 7400 123456", "+447400123456"),
    ],
)
def test_a_foreign_number_is_kept_with_its_country(typed: str, kept: str) -> None:
    assert parse_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", PhoneFault.EMPTY),
        ("  \u3000", PhoneFault.EMPTY),
        ("+", PhoneFault.NOT_DIGITS),
        ("张三丰", PhoneFault.NOT_DIGITS),
        ("1-800-FLOWERS", PhoneFault.NOT_DIGITS),
        ("13812345678 ext 5", PhoneFault.NOT_DIGITS),
        ("1381234567", PhoneFault.TOO_SHORT),
        ("+86", PhoneFault.TOO_SHORT),
        ("10086", PhoneFault.TOO_SHORT),
        ("+1 415", PhoneFault.TOO_SHORT),
        ("138123456789", PhoneFault.TOO_LONG),
        ("+1 415 555 26711", PhoneFault.TOO_LONG),
        ("1" * 33, PhoneFault.TOO_LONG),
        ("12012345678", PhoneFault.NOT_MOBILE),
        ("021-62345678", PhoneFault.NOT_MOBILE),
        ("+999 1234 5678", PhoneFault.UNKNOWN),
        ("+852 5123 456", PhoneFault.UNKNOWN),
    ],
)
def test_what_is_no_members_number_is_refused_with_its_reason(
    typed: str, reason: PhoneFault
) -> None:
    with pytest.raises(PhoneMalformed) as refused:
        parse_phone(typed)

    assert refused.value.reason is reason
    assert refused.value.text == typed


def test_a_refused_number_does_not_stand_in_the_log() -> None:
    with pytest.raises(PhoneMalformed) as refused:
        parse_phone("138123456789")

    assert "1381234" not in str(refused.value)
    assert "1381234" not in repr(refused.value)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_every_number_of_the_national_plan_is_taken(digits: str) -> None:
    phone = parse_phone(digits)

    assert phone == "+86" + digits
    assert parse_phone(phone) == phone
    assert national_digits(phone) == digits


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_a_fact(text: str) -> None:
    try:
        phone = parse_phone(text)
    except PhoneMalformed:
        return

    assert parse_phone(phone) == phone
    assert phone.startswith("+")


def test_abroad_all_digits_are_dialled() -> None:
    assert national_digits(parse_phone("+852 5123 4567")) == "85251234567"
