"""The command that gives a tier, as the shell sees it."""

from pathlib import Path

import pytest

from pos_hq import tiers
from pos_hq.opening import opened
from pos_hq.settings import load_settings
from tests.hq.command_line import answered, command
from tests.hq.desk import Author, author
from tests.hq.jobs.hand import joined

BY = ("--by", "Li", "--reason", "partner")


def test_a_tier_is_given_and_ended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(load_settings(folder)) as hq:
        monkeypatch.setattr("tests.hq.desk.STORE", "S01")
        till: Author = author(hq)
        member = joined(till)
        till.push()
        last = hq.now().date().isoformat()

    given = command("set-tier", member, *BY, "--tier", "GOLD", "--until", last)
    with opened(load_settings(folder)) as hq:
        view = tiers.tier_of(hq, member)
    ended = command("set-tier", member, *BY)

    assert given.output == f"{member}: GOLD until {last}\n"
    assert (view.tier, view.reason) == ("GOLD", "manual")
    assert ended.output == f"{member}: ended\n"


@pytest.mark.usefixtures("folder")
def test_what_makes_no_sense_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("set-tier", "1" * 32, *BY, "--tier", "GOLD").exit_code == 2
    assert answered(monkeypatch, "set-tier", "1" * 32, *BY) == 2
    assert "no such member" in capsys.readouterr().err
