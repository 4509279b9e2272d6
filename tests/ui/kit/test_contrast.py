"""The colours of the house can be read."""

from collections.abc import Mapping

import pytest

from pos_app.ui.kit.contrast import PAIRS, Pair
from pos_app.ui.kit.tokens import COMFORTABLE, COMPACT, DARK, LIGHT, density


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(pair: Pair, colours: Mapping[str, str]) -> float:
    dark, light = sorted((luminance(colours[pair.fore]), luminance(colours[pair.back])))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.fore} on {pair.back}")
def test_a_pair_differs_enough_in_light_and_in_dark(pair: Pair) -> None:
    assert ratio(pair, LIGHT) >= pair.least
    assert ratio(pair, DARK) >= pair.least


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.fore} on {pair.back}")
def test_a_pair_is_as_strong_as_designed(pair: Pair) -> None:
    assert ratio(pair, LIGHT) == pytest.approx(pair.light, abs=0.06)
    assert ratio(pair, DARK) == pytest.approx(pair.dark, abs=0.06)


def test_both_modes_have_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_a_low_screen_is_compact_and_a_high_one_is_roomy() -> None:
    assert density(768) is COMPACT
    assert density(999) is COMPACT
    assert density(1000) is COMFORTABLE


def test_nothing_is_written_smaller_than_twelve_pixels() -> None:
    for sizes in (COMPACT, COMFORTABLE):
        assert min(sizes.caption, sizes.small, sizes.body) >= 12


def test_no_target_is_lower_than_a_finger() -> None:
    for sizes in (COMPACT, COMFORTABLE):
        assert min(sizes.button, sizes.key, sizes.tender, sizes.nav, sizes.row) >= 44
