"""The commands: what they answer to the shell, and a plain sentence where they cannot."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from typer.testing import CliRunner, Result

from pos_app import cli, running, simulate
from pos_app.demo.beside import Beside
from pos_app.language import spoken
from pos_app.settings import CONFIG_NAME, Settings, language_for
from pos_app.tour import route
from tests.ledger.book_rows import thief
from tests.terminal import Home, at_home
from tests.tree import ROOT


@pytest.fixture
def home(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    for name in os.environ:
        if name.startswith("POS_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("POS_LANGUAGE", "en")
    with at_home(tmp_path, qapp) as made:
        made.settings.data_dir.mkdir()
        yield made


def command(*words: str) -> Result:
    return CliRunner().invoke(cli.commands, words)


def answered(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Return the exit code of the whole program."""
    monkeypatch.setattr(sys, "argv", ["pos-app", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def test_a_seed_is_played_by_a_command(home: Home) -> None:
    words = ("simulate", "--seeds", "1", "--data", str(home.settings.data_dir))

    done = subprocess.run(  # noqa: S603 -- a list, and ours
        [sys.executable, "-m", "pos_app", *words],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "1 seeds, 0 broken\n", "")


@pytest.mark.parametrize("built", [True, False])
def test_a_program_without_the_simulation_says_so(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    built: bool,
) -> None:
    if built:
        monkeypatch.setattr(sys, "frozen", True, raising=False)
    else:
        nowhere = home.settings.data_dir
        monkeypatch.setattr(simulate.simulate, "__kwdefaults__", {"sources": nowhere})

    code = answered(monkeypatch, "simulate", "--data", str(home.settings.data_dir))

    assert code == 2
    assert capsys.readouterr().err.startswith("The simulation does not come with this program")


def test_a_sound_book_verifies_with_zero_and_says_what_was_counted(home: Home) -> None:
    home.found()

    done = command("verify", "--data", str(home.settings.data_dir))

    assert done.exit_code == 0
    assert done.output.splitlines()[0].startswith("chain....")
    assert done.output.splitlines()[-1].startswith("sound, head ")


def test_a_faulty_book_verifies_with_one_and_names_the_first_fault(home: Home) -> None:
    home.found()
    with thief(home.settings.ledger_path) as book:
        book.execute("UPDATE operator SET name = 'nobody'")

    done = command("verify", "--data", str(home.settings.data_dir), "--rebuild")

    assert done.exit_code == 1
    assert "cured: operator" in done.output


def test_verifying_lets_go_of_the_book(home: Home) -> None:
    home.found()

    command("verify", "--data", str(home.settings.data_dir))

    home.book().close()


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        ("", "There is no ledger in"),
        ('theme = "pink"', "The setting “theme” is not accepted"),
    ],
    ids=["no ledger", "a wrong setting"],
)
def test_what_cannot_be_done_is_one_sentence_and_two(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    config: str,
    sentence: str,
) -> None:
    (home.settings.data_dir / CONFIG_NAME).write_text(config, "utf-8")

    code = answered(monkeypatch, "verify", "--data", str(home.settings.data_dir))

    told = capsys.readouterr()
    assert code == 2
    assert sentence in told.err
    assert len(told.err.splitlines()) == 1
    assert told.out == ""


def test_a_book_in_use_is_told_by_the_process_too(home: Home) -> None:
    home.found()
    quiet = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "POS_LANGUAGE": "en"}

    with home.book():
        done = subprocess.run(  # noqa: S603 -- a list, and ours
            [sys.executable, "-m", "pos_app", "verify", "--data", str(home.settings.data_dir)],
            cwd=ROOT,
            env={**os.environ, **quiet},
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )

    assert done.returncode == 2
    assert done.stderr == "The terminal is running already. Switch to its window.\n"


def test_without_a_command_the_commands_are_shown() -> None:
    shown = command()

    assert all(name in shown.output for name in ("run", "tour", "verify"))


class Started:
    """Notes how a command would have opened the window, and answers with a code of its own."""

    def __init__(self) -> None:
        self.settings: Settings | None = None
        self.demo = False
        self.terminals = 0
        self.beside: Beside | None = None
        self.language = ""

    def run(self, settings: Settings, *, demo: bool, terminals: int) -> int:
        self.settings, self.demo, self.language = settings, demo, spoken()
        self.terminals = terminals
        return 7

    def run_beside(self, settings: Settings, demo: Beside) -> int:
        self.settings, self.beside = settings, demo
        return 6

    def gallery(self, settings: Settings) -> int:
        self.settings = settings
        return 8

    def tour(self, settings: Settings, out: Path, members: int) -> int:
        self.settings, self.demo = settings, (out.name, members) == ("pictures", 40)
        return 9


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    made = Started()
    monkeypatch.setattr(running, "run", made.run)
    monkeypatch.setattr(running, "run_beside", made.run_beside)
    monkeypatch.setattr(running, "run_gallery", made.gallery)
    monkeypatch.setattr(route, "run", made.tour)
    return made


def test_run_opens_the_tills_own_book_and_answers_what_the_window_answered(
    home: Home, started: Started
) -> None:
    done = command("run", "--data", str(home.settings.data_dir))

    assert done.exit_code == 7
    assert started.settings is not None
    assert started.settings.data_dir == home.settings.data_dir
    assert (started.demo, started.language) == (False, "en")


def test_the_demo_lies_in_a_folder_of_its_own_and_speaks_chinese_unless_told(
    home: Home, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POS_LANGUAGE")
    monkeypatch.setenv("POS_DATA_DIR", str(home.settings.data_dir))

    command("run", "--demo")

    assert started.settings is not None
    assert started.settings.data_dir == home.settings.data_dir / "demo"
    assert (started.demo, started.language) == (True, "zh_CN")


def test_a_demo_opens_two_terminals_when_asked(home: Home, started: Started) -> None:
    command("run", "--demo", "--terminals", "2", "--data", str(home.settings.data_dir))

    assert started.terminals == 2


def test_a_real_store_has_one_terminal_on_one_machine(home: Home, started: Started) -> None:
    done = command("run", "--terminals", "2", "--data", str(home.settings.data_dir))

    assert done.exit_code == 2
    assert started.settings is None


def test_the_second_terminal_has_a_folder_of_its_own_in_the_demo(
    home: Home, started: Started
) -> None:
    first = home.settings.data_dir

    done = command("run", "--beside", str(first))

    assert done.exit_code == 6
    assert started.settings is not None
    assert started.settings.data_dir == first / "terminal-2"
    assert started.beside == Beside(first)


@pytest.mark.usefixtures("started")
def test_the_gallery_opens_no_book(home: Home) -> None:
    done = command("run", "--gallery", "--data", str(home.settings.data_dir))

    assert done.exit_code == 8
    assert not home.settings.ledger_path.exists()


def test_the_tour_goes_through_a_demo_of_the_wished_size(home: Home, started: Started) -> None:
    out = home.settings.data_dir / "pictures"

    done = command(
        "tour", "--out", str(out), "--members", "40", "--data", str(home.settings.data_dir)
    )

    assert done.exit_code == 9
    assert started.demo


@pytest.mark.parametrize(("system", "language"), [("zh_HK", "zh_TW"), ("fr_FR", "en")])
def test_the_till_speaks_as_its_computer_does(home: Home, system: str, language: str) -> None:
    asks = "from pos_app import application as a; print(*a.system_languages(), sep='\\n')"
    environment = {**os.environ, "LC_ALL": f"{system}.UTF-8", "LANG": f"{system}.UTF-8"}
    environment.pop("LANGUAGE", None)
    settings = home.settings.model_copy(update={"language": ""})

    told = subprocess.run(  # noqa: S603 -- a list, and ours
        [sys.executable, "-c", asks],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert language_for(settings, told.stdout.splitlines()) == language
