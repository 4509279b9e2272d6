"""Slips speak the language of the source here, so that a picture has one truth."""

from collections.abc import Iterator

import pytest

from pos_app.language import speak, spoken


@pytest.fixture(autouse=True)
def _source_language() -> Iterator[None]:
    before = spoken()
    speak("en")
    yield
    speak(before)
