"""Under which words a member is found, and which range a typed text asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.store.tokens import Findable, TokenRange, ranges_of, tokens_of

PHONE = "+8613812345678"
NUMBER = "881234567896"


def named(name: str) -> frozenset[str]:
    return tokens_of(Findable(name, None, None, "")) - {""}


def finds(text: str, who: Findable) -> bool:
    return any(
        wanted.low <= token < wanted.high for wanted in ranges_of(text) for token in tokens_of(who)
    )


def test_a_name_is_found_from_each_character_by_writing_sound_and_initials() -> None:
    assert named("张三丰") == {
        "张三丰", "三丰", "丰", "zhangsanfeng", "sanfeng", "feng", "zsf",
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["shan", "dan", "chan", "SHAN", "单"])
def test_every_reading_of_a_character_finds_it(typed: str) -> None:
    assert finds(typed, Findable("单雄信", PHONE, None, NUMBER))


@pytest.mark.parametrize("typed", ["shanxiongxin", "danxiongxin", "sxx", "dxx", "xiongx"])
def test_every_reading_of_a_name_finds_it(typed: str) -> None:
    assert finds(typed, Findable("单雄信", PHONE, None, NUMBER))


@pytest.mark.parametrize("typed", ["lv", "lu", "lü", "LÜ", "lvbu", "lubu", "lb"])
def test_umlauts_are_found_as_keyboards_write_it(typed: str) -> None:
    assert finds(typed, Findable("吕布", PHONE, None, NUMBER))


def test_a_name_of_many_readings_stays_within_bounds() -> None:
    assert len(named("区乐曾解单查盖仇朴尉繁万俟")) < 14 * 2 * 50


def test_the_family_names_readings_survive_the_bounds() -> None:
    name = "单乐曾解查盖仇朴"

    tokens = named(name)

    assert {next(iter(token)) for token in tokens if len(token) == len(name)} >= {"d", "s", "c"}


@pytest.mark.parametrize("typed", ["john", "smith", "John Smith", "js", "johnsm"])
def test_a_latin_name_is_found_by_its_words(typed: str) -> None:
    assert finds(typed, Findable("John Smith", PHONE, None, NUMBER))


@pytest.mark.parametrize("typed", ["买买提", "吐尔逊", "tuerxun", "买买提吐尔逊", "mmttex"])
def test_a_dot_in_a_name_is_nothing_to_type(typed: str) -> None:
    assert finds(typed, Findable("买买提·吐尔逊", PHONE, None, NUMBER))


@pytest.mark.parametrize("typed", ["𠮷", "𠮷野", "野家", "\U0002ebf0"])
def test_rare_characters_are_found_by_writing(typed: str) -> None:
    assert finds(typed, Findable("𠮷野家\U0002ebf0", PHONE, None, NUMBER))


@pytest.mark.parametrize(
    "typed",
    [
        "13812345678",
        "138 1234 5678",
        "1381",
        "+86 138",
        "8613812345678",
        "5678",
        "345678",
        "12345678",
    ],
)
def test_a_phone_is_found_from_both_ends(typed: str) -> None:
    assert finds(typed, Findable("", PHONE, None, NUMBER))


@pytest.mark.parametrize("typed", ["0123", "4155550123", "14155550123", "+1 415"])
def test_a_foreign_phone_too(typed: str) -> None:
    assert finds(typed, Findable("", "+14155550123", None, NUMBER))


@pytest.mark.parametrize("typed", ["6222", "622202", "8812", NUMBER])
def test_card_and_number_are_found_from_the_front(typed: str) -> None:
    assert finds(typed, Findable("", PHONE, "6222021234567890123", NUMBER))


def test_the_middle_of_a_phone_finds_nobody() -> None:
    assert not finds("1234", Findable("", PHONE, None, NUMBER))


@pytest.mark.parametrize("typed", ["", "  ", "z", "1", "138", "12-3", "%", "~", "_", "·", "\ud800"])
def test_too_little_asks_nothing(typed: str) -> None:
    assert ranges_of(typed) == ()


def test_four_digits_are_a_tail_first_and_more_a_beginning_first() -> None:
    assert [wanted.low for wanted in ranges_of("5678")] == ["~8765", "5678"]
    assert [wanted.low for wanted in ranges_of("13812")] == ["13812", "~21831"]


def test_a_range_holds_its_word_and_all_that_begin_with_it() -> None:
    (wanted,) = ranges_of("zhang")

    assert wanted == TokenRange("zhang", "zhang\U0010ffff")
    assert wanted.low <= "zhang" < wanted.high
    assert wanted.low <= "zhangsan" < wanted.high
    assert not wanted.low <= "zhao" < wanted.high


def test_an_erased_member_stands_under_the_number_only() -> None:
    assert tokens_of(Findable("", None, None, NUMBER)) == {NUMBER}


@given(st.text(max_size=40), st.from_regex(r"\+861[3-9][0-9]{9}", fullmatch=True))
def test_no_token_is_empty_and_the_phone_is_always_found(name: str, phone: str) -> None:
    who = Findable(name, phone, None, NUMBER)

    tokens = tokens_of(who)

    assert "" not in tokens
    assert finds(phone[3:], who)
    assert finds(phone[-4:], who)


@given(st.text("张王李欧阳单乐明华", min_size=1, max_size=6))
def test_every_end_of_a_name_finds_it(name: str) -> None:
    who = Findable(name, None, None, NUMBER)

    assert all(finds(name[start:], who) for start in range(len(name)))
