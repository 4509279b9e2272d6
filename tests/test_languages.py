"""Every sentence of the program exists in every language that it speaks."""

from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from pos_app.language import LANGUAGES
from tests.words import (
    FOLDER,
    TRANSLATED,
    as_text,
    catalogue,
    compiled,
    forms,
    said_once,
    spoken_in_source,
)

CURE = "Run `python3 bootstrap.py words`, then translate what it has added."


def facts(text: str) -> set[str]:
    """Return the names in a message's {placeholders}."""
    return {name for _before, name, _spec, _conversion in Formatter().parse(text) if name}


def said(message: Message) -> str:
    """Return what the source says; of a message that counts, the form for many."""
    return message.id if isinstance(message.id, str) else message.id[-1]


def messages(words: Catalog) -> dict[object, Message]:
    return {message.id: message for message in words if message.id}


def test_every_language_but_the_source_has_a_catalogue() -> None:
    assert {*LANGUAGES} - {"en"} == {*TRANSLATED}


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_holds_the_messages_of_the_source_and_no_others(code: str) -> None:
    assert messages(catalogue(code)).keys() == messages(spoken_in_source()).keys(), CURE


def test_a_message_that_counts_is_never_said_without_counting() -> None:
    counting = {
        form
        for message in messages(spoken_in_source()).values()
        if isinstance(message.id, tuple)
        for form in message.id
    }

    assert not counting & said_once(), "Not every Python finds it then: say it with _n(…)."


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated(code: str) -> None:
    waiting = [
        message.id
        for message in messages(catalogue(code)).values()
        if message.fuzzy or not all(forms(message))
    ]

    assert not waiting, CURE


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_carries_the_same_facts(code: str) -> None:
    lost = [
        text
        for message in messages(catalogue(code)).values()
        for text in forms(message)
        if text and facts(text) != facts(said(message))
    ]

    assert not lost, "The {placeholders} of the translation must be those of the message."


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_files_are_what_the_tool_writes(code: str) -> None:
    words = catalogue(code)

    assert (FOLDER / f"{code}.po").read_text("utf-8") == as_text(words), CURE
    assert (FOLDER / f"{code}.mo").read_bytes() == compiled(words), CURE
