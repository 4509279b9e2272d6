"""A till killed at any moment has lost nothing that it acknowledged, and done nothing twice."""

import os
import subprocess
import sys

import pytest

from tests.tree import ROOT

KILLS = 15


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_what_a_killed_till_acknowledged_is_in_the_book_once() -> None:
    asked = [sys.executable, "-m", "tests.e2e.kill_loop", "--kills", str(KILLS)]

    proof = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 -- our own words

    assert proof.returncode == 0, proof.stdout + proof.stderr
    assert proof.stdout.startswith(f"kills {KILLS}, ")
    assert "acknowledged payments 0," not in proof.stdout
    assert proof.stdout.rstrip().endswith("failures 0")
