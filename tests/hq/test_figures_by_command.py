"""Figures explained at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_hq import explaining, founding
from pos_hq.hq import Hq
from pos_hq.opening import opened
from pos_hq.settings import load_settings
from pos_hq.store.bulk import run
from tests.hq.command_line import command
from tests.hq.desk import STORE, Author, author


def spoken(hq: Hq, *top_ups: int) -> tuple[Author, str]:
    """Let a till have told of a member and their top-ups."""
    founding.create_store(hq, STORE, "徐家汇店")
    till = author(hq)
    member = till.member()
    for fen in top_ups:
        till.top_up(member, fen)
    till.push()
    return till, member


def test_a_figure_is_explained_by_a_command(folder: Path) -> None:
    with opened(load_settings(folder)) as hq:
        till, member = spoken(hq, 1_000, 2_000)

    told = command("explain", "13812340217", "stored_value")

    lines = told.output.splitlines()
    assert lines[0] == f"{member} stored_value 3000"
    assert lines[-2].endswith(f"{till.place}.3 TOPUP +2000 3000")
    assert (lines[-1], told.exit_code) == ("✔ even", 0)


def test_a_figure_that_does_not_add_up_ends_with_one(folder: Path) -> None:
    with opened(load_settings(folder)) as hq:
        _till, member = spoken(hq, 1_000)
        with hq.write() as book:
            run(book, "UPDATE balance SET amount = amount + 7 WHERE account LIKE 'hold:%'")

    told = command("explain", member, "stored_value")

    assert (told.output.splitlines()[-1], told.exit_code) == ("✘ 7 is explained by no event", 1)


def test_a_long_figure_is_told_page_by_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(load_settings(folder)) as hq:
        _till, member = spoken(hq, *[10] * 5)
    monkeypatch.setattr(explaining.explain, "__defaults__", (0, 2))

    told = command("explain", member, "stored_value").output

    assert told.count(" TOPUP ") == 5


def test_the_liability_is_rolled_forward_by_a_command(folder: Path) -> None:
    with opened(load_settings(folder)) as hq:
        spoken(hq, 123_456)

    told = command("liability", "--from", "2000-01-01", "--to", "2100-01-01", "--store", "S001")

    lines = [line.split() for line in told.output.splitlines()]
    assert ["top-ups", "1,234.56", "0.00"] in lines
    assert ["closing", "1,234.56", "0.00"] in lines
    assert ["custody,", "large", "246.92"] in lines
    assert (lines[-1], told.exit_code) == (["✔", "even"], 0)


def test_a_liability_that_is_not_what_the_lots_hold_ends_with_one(folder: Path) -> None:
    with opened(load_settings(folder)) as hq:
        spoken(hq, 1_000)
        with hq.write() as book:
            run(book, "UPDATE balance SET amount = amount + 7 WHERE account LIKE 'hold:%'")

    told = command("liability")

    assert ["✘", "difference", "-0.07", "0.00"] in [
        line.split() for line in told.output.splitlines()
    ]
    assert (told.output.splitlines()[-1], told.exit_code) == ("✘ not even", 1)
