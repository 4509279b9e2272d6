"""The program speaks one language at a time, and fills facts in afterwards."""

from collections.abc import Iterator

import pytest

from pos_app.language import LANGUAGES, _, _n, speak, spoken


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    """Leave the language as every other test expects it."""
    yield
    speak("en")


def test_english_is_the_language_of_the_source() -> None:
    speak("en")

    assert _("Opening the book …") == "Opening the book …"
    assert spoken() == "en"


@pytest.mark.parametrize(("code", "words"), [("zh_CN", "会员收银终端"), ("zh_TW", "會員收銀終端")])
def test_the_program_names_itself_in_the_language_spoken(code: str, words: str) -> None:
    speak(code)

    assert _("Member terminal") == words
    assert spoken() == code


def test_changing_the_language_changes_the_next_text() -> None:
    speak("zh_CN")
    chinese = _("Close")
    speak("en")

    assert chinese != "Close"
    assert _("Close") == "Close"


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_text_that_nobody_translated_is_shown_as_it_is(code: str) -> None:
    speak(code)

    assert _("Nobody ever says this") == "Nobody ever says this"


def test_a_count_of_one_is_said_differently_in_english() -> None:
    speak("en")

    assert [_n("{count} slip", "{count} slips", many) for many in (0, 1, 2)] == [
        "{count} slips",
        "{count} slip",
        "{count} slips",
    ]


def test_a_language_that_nobody_taught_it_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        speak("fr")
