"""HQ's commands as somebody types them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pos_app.security.signing import Signer
from pos_app.sync import wire
from pos_hq import cli
from pos_hq.enrolment import enrol
from pos_hq.opening import opened
from pos_hq.settings import load_settings


def command(*words: str) -> Result:
    return CliRunner().invoke(cli.commands, words)


def answered(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Return the exit code of the whole program."""
    monkeypatch.setattr(sys, "argv", ["pos-hq", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def enrolled(folder: Path, seed: bytes = b"t" * 32) -> str:
    """Enrol a terminal and return its identity."""
    code = command("enrol-code", "S01", "Counter 1").output.strip()
    ask = wire.EnrolAsk(code=code, public_key=Signer(seed).public_key.hex())
    with opened(load_settings(folder)) as hq:
        return enrol(hq, ask).node
