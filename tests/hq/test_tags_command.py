"""The command that refreshes tags, as the shell sees it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pos_hq import cli
from pos_hq.founding import create_store
from pos_hq.opening import opened
from pos_hq.settings import load_settings
from tests.hq.desk import STORE, author


def command(*words: str) -> str:
    result = CliRunner().invoke(cli.commands, words)
    assert result.exit_code == 0
    return result.output


def test_tags_are_refreshed_for_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HQ_DATA_DIR", str(tmp_path / "hq"))
    command("init")
    with opened(load_settings(None)) as hq:
        create_store(hq, STORE, "Riverside")
        till = author(hq)
        till.member()
        till.push()

    first, again = (command("refresh-tags", "--day", "2026-06-15") for _ in range(2))
    today = command("refresh-tags")

    assert first.startswith("2026-06-15: 1 members, 1 told (")
    assert "  acquired................" in first
    assert again.startswith("2026-06-15: 1 members, 0 told (")
    assert ": 1 members, " in today
