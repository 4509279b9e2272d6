"""Names and remarks as people have them and type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.names import (
    NameRefused,
    RemarkRefused,
    TextFault,
    clean_name,
    clean_remark,
    required_remark,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  王晓明 ", "王晓明"),
        ("John   Smith", "John Smith"),
        ("\u3000张\u3000三\u3000", "张 三"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("𠮷野家", "𠮷野家"),
        ("Jose\u0301", "José"),
        ("㛃䶮", "㛃䶮"),
        ("\U0002ebf0", "\U0002ebf0"),
        ("=HYPERLINK()", "=HYPERLINK()"),
        ("", ""),
    ],
)
def test_every_name_of_gb_18030_is_kept_as_it_is_written(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    "typed", ["王\n明", "王\t明", "\u202e王", "王\x00", "\ud800", "王\u200b明"]
)
def test_what_cannot_be_seen_is_refused(typed: str) -> None:
    with pytest.raises(NameRefused) as refused:
        clean_name(typed)

    assert refused.value.reason is TextFault.CONTROL_CHARACTER


def test_a_name_has_forty_characters_at_most() -> None:
    assert clean_name("王" * 40) == "王" * 40

    with pytest.raises(NameRefused) as refused:
        clean_name("王" * 41)

    assert refused.value.reason is TextFault.TOO_LONG


def test_a_remark_has_two_hundred() -> None:
    assert clean_remark("少糖 " * 50) == ("少糖 " * 50).strip()

    with pytest.raises(RemarkRefused):
        clean_remark("糖" * 201)


def test_a_reason_that_must_be_given_must_be_given() -> None:
    assert required_remark(" 本人挂失 ") == "本人挂失"

    with pytest.raises(RemarkRefused) as refused:
        required_remark("  ")

    assert refused.value.reason is TextFault.EMPTY


@given(st.text(max_size=50))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    try:
        once = clean_name(text)
    except NameRefused:
        return

    assert clean_name(once) == once
    once.encode("gb18030")
