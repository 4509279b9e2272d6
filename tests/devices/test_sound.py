"""The three sounds of the counter."""

import io
import wave

import pytest

from pos_app.devices.sound import Player, Sound, wav


@pytest.mark.parametrize(
    ("sound", "length_ms"), [(Sound.FOUND, 80), (Sound.NOT_FOUND, 160), (Sound.ATTENTION, 240)]
)
def test_a_sound_is_short_and_loud_enough(sound: Sound, length_ms: int) -> None:
    with wave.open(io.BytesIO(wav(sound))) as file:
        samples = memoryview(file.readframes(file.getnframes())).cast("h")

        assert abs(file.getnframes() * 1000 // file.getframerate() - length_ms) <= 1

    assert max(samples) > 8_000


def test_the_three_sounds_differ() -> None:
    assert len({wav(sound) for sound in Sound}) == len(Sound)


def test_a_sound_reaches_whatever_plays_it() -> None:
    heard: list[bytes] = []

    Player(heard.append).play(Sound.FOUND)

    assert heard == [wav(Sound.FOUND)]


def test_a_machine_without_a_loudspeaker_stays_silent() -> None:
    Player().play(Sound.ATTENTION)
