"""A frozen program that is too heavy, or that cannot perform its tour, is not handed out."""

import sys
from pathlib import Path

import pytest

import freeze

FULL = 2**20


def program_that(deed: str, folder: Path) -> Path:
    """Return a program that stands in for the frozen one."""
    if sys.platform == "win32":
        pytest.skip("a script is no program on Windows")
    program = folder / "program"
    program.write_text(f"#!/bin/sh\n{deed}\n", "utf-8")
    program.chmod(0o755)
    return program


def test_a_folder_weighs_what_it_takes_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "full").write_bytes(bytes(FULL))

    assert freeze.megabytes(tmp_path) == 1

    (tmp_path / "begun").write_bytes(b"1")

    assert freeze.megabytes(tmp_path) == 2


def test_a_program_may_not_outgrow_a_small_till() -> None:
    assert freeze.LIMIT_MB == 200


def test_a_tour_that_fails_is_told_with_its_exit_code(tmp_path: Path) -> None:
    program = program_that("exit 3", tmp_path)

    fault = freeze.perform(program, tmp_path / "proof")

    assert fault == "its tour failed with exit code 3"


def test_a_tour_without_figures_is_no_proof(tmp_path: Path) -> None:
    program = program_that("exit 0", tmp_path)

    fault = freeze.perform(program, tmp_path / "proof")

    assert fault == "its tour left no figures"


def test_a_tour_with_figures_is_a_proof_on_a_new_store(tmp_path: Path) -> None:
    kept = tmp_path / "proof" / "store" / "ledger.db"
    kept.parent.mkdir(parents=True)
    kept.touch()
    program = program_that('mkdir -p "$5" && touch "$5/tour.json"', tmp_path)

    fault = freeze.perform(program, tmp_path / "proof")

    assert fault == ""
    assert not kept.exists()
