"""Publishing a programme: checked, compared, signed, listed, and heard by a till."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pos_app.ledger.rules import programme as rules_of
from pos_app.ledger.rules import programme_bounds
from pos_app.ledger.rules.programme import ProgrammeRefused
from pos_hq import cli
from pos_hq.programme.refusals import RULES, refusal
from tests.ledger.till_hand import programme_with

LATER = '"2099-01-01T00:00:00+08:00"'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HQ_DATA_DIR", str(tmp_path / "hq"))
    assert command("init").exit_code == 0
    return tmp_path


def command(*words: str) -> Result:
    return CliRunner().invoke(cli.commands, words)


def draft(folder: Path, **figures: str) -> str:
    file = folder / "draft.toml"
    file.write_bytes(programme_with(**{"effective_from": LATER, **figures}))
    return str(file)


def test_a_lawful_programme_would_be_accepted_and_nothing_is_published(folder: Path) -> None:
    checked = command("programme", "check", draft(folder))

    assert checked.exit_code == 0
    assert "/2099-01-01/" in checked.output
    assert "warning" not in checked.output
    assert len(command("programme", "list").output.splitlines()) == 1


def test_a_refusal_names_key_value_and_rule(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = draft(folder, named_limit_fen="500001")
    for deed in ("check", "publish", "diff"):
        monkeypatch.setattr(sys, "argv", ["pos-hq", "programme", deed, file])

        with pytest.raises(SystemExit) as ended:
            cli.main()

        told = capsys.readouterr().err
        assert ended.value.code == 2
        assert "“stored_value.named_limit_fen” says “500001”" in told
        assert "5,000.00 yuan on a named card at most (rule legal_named_limit)" in told


def test_every_rule_of_the_validator_has_a_sentence() -> None:
    bounds = programme_bounds
    tables = (*bounds.LEGAL, *bounds.SECURE, *bounds.ORDERED, *bounds.WHOLE)
    known = {rule for _, rule, _ in tables} | set(rules_of._RULE_OF_TYPE_ERROR.values())  # noqa: SLF001 -- the table of what pydantic refuses

    assert known | {"template_incomplete", "type"} <= set(RULES)
    assert refusal(ProgrammeRefused("", "not_toml", "")) == (
        "The programme is not accepted: the file is not TOML (rule not_toml)."
    )


def test_a_diff_says_what_changes_mean_in_money(folder: Path) -> None:
    file = draft(folder, multiplier_member_day_bp="30000", cash_rounding_unit_fen="100")
    text = Path(file).read_text("utf-8")
    text = text.replace("bonus_fen = 6000 ", "bonus_fen = 7000 ")
    text = text.replace('pct = 90, gifts = ["drink"]', 'pct = 85, gifts = ["cake"]')
    Path(file).write_text(text.replace('code = "G200"', 'code = "G201"'), "utf-8")

    lines = command("programme", "diff", file).output.splitlines()

    assert " -> default-cn-retail/2099-01-01/" in lines[0]
    assert (
        "points.multiplier_member_day_bp: 20000 -> 30000"
        "  (100.00 earn 200 -> 300 points, reason member_day)"
    ) in lines
    assert (
        "rounding.cash_rounding_unit_fen: 10 -> 100  (cash is rounded down by 0.09 -> 0.99 at most)"
    ) in lines
    assert (
        "stored_value.ladder.50000.bonus_fen: 6000 -> 7000"
        "  (a top-up of 500.00 brings 60.00 -> 70.00 on top)"
    ) in lines
    assert (
        "tier.SILVER.member_day.pct: 90 -> 85"
        "  (on the member day SILVER pays 90.00 -> 85.00 for 100.00)"
    ) in lines
    assert "tier.SILVER.member_day.gifts: [“drink”] -> [“cake”]" in lines
    assert "coupon.template.G201.threshold_fen: nothing -> 20000" in lines
    assert "coupon.template.G200.threshold_fen: 20000 -> nothing" in lines
    assert not any("named_limit" in line for line in lines)


def test_a_diff_with_the_same_document_is_empty_and_with_a_version_is_with_that(
    folder: Path,
) -> None:
    founded = command("programme", "list").output.split()[0]
    file = draft(folder, redeem_max_pct_bp="4000")
    command("programme", "publish", file)
    newest = command("programme", "list").output.splitlines()[1].split()[0]

    assert len(command("programme", "diff", file, newest).output.splitlines()) == 1
    assert "points pay 30.00 -> 40.00 at most" in command("programme", "diff", file, founded).output


def test_what_is_published_is_listed_and_shown_as_it_was_signed(folder: Path) -> None:
    file = draft(folder)

    published = command("programme", "publish", file)
    again = command("programme", "publish", file)
    listed = [line.split()[:3] for line in command("programme", "list").output.splitlines()]

    version = listed[1][0]
    assert published.output == again.output
    assert published.output == f"published {version}; it rules from {LATER[1:-1]}\n"
    assert [state for _, state, _ in listed] == ["in_force", "ahead"]
    assert listed[1][2] == "2098-12-31T16:00Z"
    assert command("programme", "show", version).output == Path(file).read_text("utf-8")


def test_what_no_terminal_would_take_is_not_published(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command("programme", "publish", draft(folder, effective_from='"2026-02-01T00:00:00+08:00"'))
    older = draft(folder, effective_from='"2026-01-15T00:00:00+08:00"')
    for words, told in (
        (("publish", older), "which is in force: every terminal would refuse it"),
        (("show", "nothing"), "no programme “nothing”"),
    ):
        monkeypatch.setattr(sys, "argv", ["pos-hq", "programme", *words])

        with pytest.raises(SystemExit):
            cli.main()

        assert told in capsys.readouterr().err
    states = [line.split()[1] for line in command("programme", "list").output.splitlines()]
    assert states == ["past", "in_force"]


def test_a_draft_is_tried_out_by_a_command(folder: Path) -> None:
    done = command("programme", "sandbox", draft(folder), "--days", "7")

    assert done.exit_code == 0
    assert done.output.splitlines()[0].endswith(": 0 events")
    assert command("programme", "sandbox", draft(folder), "--days", "0").exit_code == 2
