"""Every benchmark runs, on a tiny shop; how fast it was is never asked here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.files import ledger_folder
from benchmarks.hq_push import hq_push
from benchmarks.measure import Paired, interleaved, percentile
from benchmarks.report import heading
from benchmarks.scale import Bench, HqSize, Scale, Size
from benchmarks.shop import Hands, open_ledger
from pos_app.ledger.store.verify import verify

TINY = Size(members=120, buyers=24, orders=6)
HQ = HqSize(
    buyers=6, batch=4, backlog=50, changed=20, rivals=(2,), payments=2, databases=("SQLite",)
)
SCALE = Scale(TINY, TINY, rounds=2, times=2, payments=10, taps=40, watched_ms=50, hq=HQ)


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the tiny ledger is kept between these tests."""
    return tmp_path_factory.mktemp("benchmarks")


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
@pytest.mark.parametrize("name", BENCHMARKS)
@pytest.mark.usefixtures("qapp")
def test_a_benchmark_prints_a_line_a_target(name: str, work: Path) -> None:
    lines = list(BENCHMARKS[name](Bench(work, SCALE)))

    assert any(line.met is not None for line in lines)
    assert all(str(line).startswith(line.number) for line in lines)


def test_a_push_is_measured_on_postgresql_too(work: Path) -> None:
    scale = replace(SCALE, hq=replace(HQ, databases=("PostgreSQL",)))

    lines = list(hq_push(Bench(work, scale)))

    # Where no PostgreSQL can run, it is SQLite's turn.
    assert [line.number for line in lines] in (["9", "9", "11"], ["10", "11"])


def test_the_history_laid_down_fast_is_a_sound_book(work: Path) -> None:
    folder = ledger_folder(work, TINY)

    with open_ledger(folder, Hands()) as ledger:
        checks = list(verify(ledger.read()))

    assert [checked.fault for checked in checks if checked.fault] == []
    assert checks[0].count > TINY.buyers * (1 + TINY.orders)


def test_a_kept_ledger_is_not_made_again(work: Path) -> None:
    first = ledger_folder(work, TINY)
    made = (first / "ready").stat().st_mtime_ns

    assert ledger_folder(work, TINY) == first
    assert (first / "ready").stat().st_mtime_ns == made


def test_a_ratio_is_formed_within_a_round() -> None:
    pair = Paired(ours=((2.0, 4.0), (10.0,)), reference=((1.0, 2.0), (1.0,)))

    assert pair.ratios() == (2.0, 10.0)


def test_both_sides_take_turns_at_going_first() -> None:
    heard: list[str] = []

    def side(name: str) -> float:
        heard.append(name)
        return 1.0

    interleaved(lambda: side("ours"), lambda: side("bare"), rounds=1, times=2)

    assert heard == ["ours", "bare", "bare", "ours"]


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([5.0, 1.0, 3.0], 50) == 3.0
    assert percentile([float(n) for n in range(1, 101)], 99) == 99.0


def test_the_command_prints_its_titles(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quote", "--quick", "--work", str(work)]) == 0

    assert heading() in capsys.readouterr().out
