"""What HQ's commands refuse, in one plain sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hq.command_line import answered, command
from tests.ledger.rules.shipped_programme import changed


def test_before_it_is_founded_nothing_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = answered(monkeypatch, "stores", "--data", str(tmp_path))

    assert code == 2
    assert "Is this HQ founded?" in capsys.readouterr().err


def test_an_hq_is_not_founded_on_credit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "credit.toml"
    file.write_bytes(changed("offline.credit.enabled", "true"))
    monkeypatch.setenv("HQ_DATA_DIR", str(tmp_path / "new"))

    code = answered(monkeypatch, "init", "--programme", str(file))

    assert code == 2
    assert "--accept-credit-loss 0" in capsys.readouterr().err
    assert command("init").exit_code == 0


@pytest.mark.parametrize("lost", ["hq-seed", "hq-pepper", "hq-database"])
def test_a_secret_that_was_lost_is_not_made_anew_and_the_copy_of_it_serves(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    secret = folder / "keys" / f"{lost}.key"
    copied = secret.read_bytes()
    secret.unlink()

    code = answered(monkeypatch, "init")

    assert code == 2
    assert not secret.exists()
    secret.write_bytes(copied)
    secret.chmod(0o600)
    assert command("stores").exit_code == 0


@pytest.mark.parametrize(
    "words", [("create-store", "a:b", "Bad"), ("revoke", "me"), ("reconcile", "today")]
)
def test_an_argument_that_is_none_is_named(folder: Path, words: tuple[str, ...]) -> None:
    done = command(*words)

    assert done.exit_code == 2
    assert "Invalid value" in done.output
    assert folder.exists()
