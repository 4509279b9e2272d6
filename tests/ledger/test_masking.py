"""What a cashier sees of personal data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.masking import (
    initial_of,
    mask_birthday,
    mask_card,
    mask_identity,
    mask_name,
    mask_phone,
    phone_tail,
)


def test_masks_are_those_of_the_house() -> None:
    assert mask_phone("+8613812345678") == "138****5678"
    assert mask_name("张三丰") == "张**"
    assert mask_name("张三") == "张*"
    assert mask_identity("110101199003078515") == "1101**********8515"
    assert mask_birthday("1990-03-07") == "03-07"
    assert mask_card("6222021234567890123") == "622202*********0123"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("", ""),
        ("王", "王*"),
        ("欧阳修", "欧**"),
        ("买买提·吐尔逊", "买****"),
        ("𠮷野家", "𠮷**"),
        ("John Smith", "J****"),
        ('=HYPERLINK("http://x","a")', "=****"),
    ],
)
def test_of_a_name_one_character_is_seen(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_a_foreign_number_shows_its_beginning_and_its_tail() -> None:
    assert mask_phone("+14155550123") == "+1****0123"
    assert phone_tail("+14155550123") == "0123"


def test_an_erased_member_shows_nothing() -> None:
    assert not mask_phone("")
    assert not mask_name("")
    assert not mask_birthday("")
    assert not phone_tail("")
    assert not initial_of("")


@pytest.mark.parametrize(
    ("card", "masked"), [("12345678", "****5678"), ("1234", "****"), ("12", "**"), ("", "")]
)
def test_a_short_card_shows_its_tail_only(card: str, masked: str) -> None:
    assert mask_card(card) == masked


def test_a_short_identity_number_shows_nothing() -> None:
    assert mask_identity("12345678") == "********"


def test_a_birthday_without_a_year_looks_the_same() -> None:
    assert mask_birthday("--03-07") == "03-07"


def test_the_avatar_shows_one_capital() -> None:
    assert initial_of("john") == "J"
    assert initial_of("张三丰") == "张"


@given(st.text("0123456789", min_size=11, max_size=19))
def test_a_masked_card_never_grows_shorter_or_longer(card: str) -> None:
    masked = mask_card(card)

    assert len(masked) == len(card)
    assert masked[-4:] == card[-4:]
    assert masked.count("*") == len(card) - (10 if len(card) >= 12 else 4)


@given(st.text(min_size=2, max_size=40))
def test_a_masked_name_holds_one_character_of_the_name(name: str) -> None:
    assert mask_name(name)[1:].strip("*") == ""
