"""Three short sounds that tell a cashier, without looking, how it went."""

from __future__ import annotations

import io
import math
import wave
from array import array
from collections.abc import Callable
from enum import Enum
from functools import lru_cache

_RATE = 22_050
_LOUDNESS = 9_000
_FADE_S = 0.008

Play = Callable[[bytes], None]


class Sound(Enum):
    """Each sound as its notes: pitch in hertz (0 is a pause) and length in milliseconds."""

    FOUND = ((880, 80),)
    NOT_FOUND = ((233, 70), (0, 20), (196, 70))
    ATTENTION = ((660, 70), (880, 70), (1100, 100))


def silence(_wav: bytes) -> None:
    """Play nothing: for a machine without a loudspeaker."""


class Player:
    """Plays sounds through whatever the program hands it; without anything, silently."""

    def __init__(self, play: Play = silence) -> None:
        self._play = play

    def play(self, sound: Sound) -> None:
        """Start the sound. How long that takes is up to what plays it."""
        self._play(wav(sound))


@lru_cache
def wav(sound: Sound) -> bytes:
    """Return the sound as a WAV file, 16 bit, mono."""
    samples = array("h")
    for pitch_hz, length_ms in sound.value:
        samples.extend(_note(pitch_hz, _RATE * length_ms // 1000))
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(samples.itemsize)
        writer.setframerate(_RATE)
        writer.writeframes(samples.tobytes())
    return file.getvalue()


def _note(pitch_hz: int, length: int) -> array[int]:
    """Return samples that swell and fade, because a tone that starts at full height cracks."""
    fade = int(_RATE * _FADE_S)
    heights = (min(1.0, at / fade, (length - at) / fade) for at in range(length))
    waves = (math.sin(2 * math.pi * pitch_hz * at / _RATE) for at in range(length))
    return array("h", (int(_LOUDNESS * a * b) for a, b in zip(heights, waves, strict=True)))
