"""Tills and their HQ, killed at any moment on a bad network, agree to the fen in the end."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from tests.e2e.sync_loop import Tally, Wanted, sync_loop

KILLS = 4

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")


def test_a_killed_hq_on_a_file_and_killed_tills_agree_in_the_end() -> None:
    tally = sync_loop(Wanted(KILLS, seed=1))

    assert_proved(tally)


def test_a_killed_hq_on_postgresql_and_killed_tills_agree_in_the_end(
    postgres: Callable[[], str],
) -> None:
    tally = sync_loop(Wanted(KILLS, seed=2, database=postgres()))

    assert_proved(tally)


def assert_proved(tally: Tally) -> None:
    """Make sure that nothing was lost, and that there was something to lose."""
    assert tally.failures == []
    assert tally.kills.total() == KILLS
    assert tally.acknowledged > 10
    assert tally.fates.total() > 20
