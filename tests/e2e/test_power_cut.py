"""A power cut takes nothing that was acknowledged, on any disk that syncs when it says so."""

import subprocess
import sys

import pytest

from tests.e2e.crash_loop import Mode, crash_loop
from tests.tree import ROOT

HONEST = Mode("FULL", lying=False)
CARELESS = Mode("NORMAL", lying=False)
LIED_TO = Mode("FULL", lying=True)


def test_what_was_acknowledged_before_a_power_cut_is_in_the_book_once() -> None:
    tally = crash_loop(60, seed=1, mode=HONEST)

    assert tally.failures == []
    assert tally.cuts == 60
    assert tally.acknowledged > 200


def test_without_a_sync_at_every_commit_the_proof_finds_what_was_lost() -> None:
    tally = crash_loop(15, seed=1, mode=CARELESS)

    assert tally.lost > 0
    assert tally.corrupt == 0


def test_on_a_disk_that_lies_about_syncing_the_proof_finds_loss_and_damage() -> None:
    tally = crash_loop(25, seed=1, mode=LIED_TO)

    assert tally.lost > 0
    assert tally.corrupt > 0


@pytest.mark.parametrize("mode", [CARELESS, LIED_TO], ids=str)
def test_a_failure_says_how_to_see_it_again(mode: Mode) -> None:
    failure = crash_loop(5, seed=5, mode=mode).failures[0]
    asked = [sys.executable, "-m", "tests.e2e.crash_loop", *failure.partition(":")[0].split()]

    again = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 -- our own words

    assert again.returncode == 1, again.stdout + again.stderr
    assert failure in again.stdout.splitlines()
