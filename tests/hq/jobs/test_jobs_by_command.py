"""The commands of jobs and messages: what they do at an HQ of files, and what they say."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pos_hq import cli
from pos_hq.jobs import running
from pos_hq.opening import opened
from pos_hq.settings import load_settings
from tests.hq.desk import author
from tests.hq.jobs.hand import joined
from tests.hq.jobs.test_points_reviewed_at_hq import above_the_cap


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where an HQ lies whose member owns a top-up and points that wait."""
    for name in os.environ:
        if name.startswith("HQ_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HQ_DATA_DIR", str(tmp_path / "hq"))
    assert command("init").exit_code == 0
    assert command("create-store", "S001", "Riverside").exit_code == 0
    with opened(load_settings(tmp_path / "hq")) as hq:
        till = author(hq)
        member = joined(till, phone="+8613812340217", birthday="--01-08")
        till.top_up(member, 10_000)
        above_the_cap(till, member)
        till.push()
    return tmp_path / "hq"


def command(*words: str) -> Result:
    return CliRunner().invoke(cli.commands, words)


@pytest.mark.usefixtures("folder")
def test_a_dry_run_names_members_by_their_identity_alone() -> None:
    told = command("jobs", "run", "--day", "2027-01-01", "--only", "birthday", "--dry-run")

    assert told.exit_code == 0
    assert "coupon NEW5 until 2027-01-30, message birthday" in told.output
    assert "birthday: 1 looked at, 1 due" in told.output
    assert "138" not in told.output
    assert command("messages").output.count("birthday") == 0


@pytest.mark.usefixtures("folder")
def test_a_run_is_in_the_log() -> None:
    assert command("jobs", "run", "--day", "2025-06-01").exit_code == 0
    command("jobs", "run", "--day", "2025-06-01", "--only", "newcomer", "--dry-run")

    lines = command("jobs", "log").output.splitlines()

    assert len(lines) == len(running.NAMES) + 1
    assert lines[0].endswith(" dry")
    assert " newcomer 2025-06-01 0 0 " in lines[0]
    assert command("verify").output.endswith("sound\n")


def test_messages_go_into_a_file_of_hqs_folder(folder: Path) -> None:
    waiting = command("messages").output
    told = command("messages", "send").output.replace("\n", "")

    assert "top_up message waiting" in waiting
    assert told.startswith("sent 1: ")
    assert "13812340217" in (folder / "messages.jsonl").read_text("utf-8")
    assert "top_up message sent" in command("messages").output
    assert command("messages", "send").output.startswith("nothing waits")


@pytest.mark.usefixtures("folder")
def test_points_that_wait_are_listed_and_let_go() -> None:
    listed = command("pending-points").output

    told = command("release-points", "13812340217", "--by", "Lin").output

    assert listed.endswith(" 2026-06-15 70\n")
    assert told.endswith(": 70 points credited\n")
    assert command("pending-points").output == ""
