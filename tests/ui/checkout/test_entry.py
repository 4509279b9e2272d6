"""The amount as it is typed."""

import pytest

from pos_app.money import Money, NotAnAmount
from pos_app.ui.checkout.entry import (
    Entry,
    accumulate,
    fits,
    of_amount,
    pasted,
    tally,
    typed,
    why_refused,
)


@pytest.mark.parametrize(
    ("text", "fen"),
    [("", 0), ("3", 300), ("12.", 1200), (".5", 50), ("328.50", 32850), ("999999.99", 99999999)],
)
def test_an_unfinished_text_counts_as_what_it_says_so_far(text: str, fen: int) -> None:
    assert typed(text) == Money(fen)


def test_plus_adds_sums_up_until_the_last_one_is_typed() -> None:
    entry = accumulate(Entry("35"))
    entry = accumulate(Entry("48", entry.terms))

    assert entry.total == Money(8300)
    assert entry.text == ""
    assert tally(entry) == "83.00 +"


def test_plus_without_a_sum_adds_nothing() -> None:
    assert accumulate(Entry("0")) == Entry("")


def test_an_order_is_never_larger_than_the_till_takes() -> None:
    assert not fits(Entry("0.01", (Money(99_999_999),)))


@pytest.mark.parametrize("text", ["12a", "-5", "", "1.234", "0", "1e3"])
def test_a_pasted_text_that_is_no_amount_changes_nothing(text: str) -> None:
    with pytest.raises(NotAnAmount):
        pasted(text)


def test_a_pasted_sum_may_wear_yuan_sign_and_commas() -> None:
    assert pasted(" ¥1,268.50 ") == of_amount(Money(126850))


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("3.5", ".", "decimal point already"),
        ("3", "-", "never negative"),
        ("3", "x", "Only digits"),
        ("3.55", "1", "Two decimals"),
        ("999999", "1", "at most"),
    ],
)
def test_a_refused_key_is_explained(text: str, key: str, words: str) -> None:
    assert words in why_refused(Entry(text), key)
