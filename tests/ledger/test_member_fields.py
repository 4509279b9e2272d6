"""Birthdays and cards as they may be written down."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.member_fields import BirthdayRefused, CardRefused, birthday_fields, clean_card
from pos_app.ledger.rules.birthdays import birthday_of
from pos_app.ledger.rules.holder import Birthday

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("birthday", "text", "lunar"),
    [
        (Birthday(3, 7, 1990), "1990-03-07", 0),
        (Birthday(3, 7), "--03-07", 0),
        (Birthday(2, 29), "--02-29", 0),
        (Birthday(12, 30, lunar=True), "--12-30", 1),
        (Birthday(6, 15, 2025, lunar=True, leap=True), "2025-06-15", 2),
        (Birthday(6, 15, 2026), "2026-06-15", 0),
    ],
)
def test_a_birthday_is_kept_and_read_back(birthday: Birthday, text: str, lunar: int) -> None:
    kept = birthday_fields(birthday, TODAY)

    assert kept == {"birthday": text, "lunar": lunar}
    assert birthday_of(text, lunar) == birthday


@pytest.mark.parametrize(
    ("birthday", "reason"),
    [
        (Birthday(13, 1), "no_such_day"),
        (Birthday(2, 30), "no_such_day"),
        (Birthday(2, 29, 2025), "no_such_day"),
        (Birthday(4, 31, lunar=True), "no_such_day"),
        (Birthday(4, 1, leap=True), "no_such_day"),
        (Birthday(1, 1, 1899), "too_early"),
        (Birthday(6, 16, 2026), "in_future"),
        (Birthday(1, 1, 2027, lunar=True), "in_future"),
    ],
)
def test_a_day_that_is_none_is_refused(birthday: Birthday, reason: str) -> None:
    with pytest.raises(BirthdayRefused) as refused:
        birthday_fields(birthday, TODAY)

    assert refused.value.reason == reason


@given(st.dates(date(1900, 1, 1), TODAY))
def test_every_real_day_is_taken(day: date) -> None:
    kept = birthday_fields(Birthday(day.month, day.day, day.year), TODAY)

    assert kept["birthday"] == day.isoformat()


def test_nobody_has_to_tell_a_birthday() -> None:
    assert birthday_of(None, 0) is None


def test_a_card_is_kept_without_blanks_in_capitals() -> None:
    assert clean_card(" 6222 0212-3456 abc ") == "622202123456ABC"
    assert not clean_card("  ")


@pytest.mark.parametrize("card", ["123", "1" * 33, "12;45", "卡号1234"])
def test_what_no_card_bears_is_refused(card: str) -> None:
    with pytest.raises(CardRefused):
        clean_card(card)
