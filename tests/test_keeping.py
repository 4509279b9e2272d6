"""The whole program keeps its copies behind the counter, and says when it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtWidgets import QApplication

from pos_app.copies.backups import backups_in
from pos_app.copies.source import source_of
from pos_app.keeping import PATIENCE_S
from pos_app.opening import key_store_of
from tests.copies.sticks import Stick, head, new_stick
from tests.terminal import Home, Till, at_home


@pytest.fixture
def home(tmp_path: Path, qapp: QApplication) -> Iterator[Home]:
    with at_home(tmp_path, qapp) as made:
        yield made


@pytest.fixture
def stick(home: Home, tmp_path: Path) -> Stick:
    """Put a stick into a till whose backups go there, too."""
    home.found()
    made = new_stick(tmp_path)
    folders = {"second_copy": made.volume, "backup_dir": made.volume}
    home.settings = home.settings.model_copy(update=folders)
    return made


def copied(home: Home, stick: Stick) -> int:
    """Return how far the stick holds the book."""
    with home.book() as ledger:
        source = source_of(ledger, key_store_of(home.settings, demo=False))
    return stick.events(source)[-1]


def said(till: Till) -> str:
    entries = till.desk.shell.shown.state.status
    return next((one.text for one in entries if one.name == "copies"), "")


def test_a_stick_that_is_pulled_at_noon_is_told_and_catches_up_at_one(
    home: Home, stick: Stick
) -> None:
    till = home.opened()
    till.sell("12")
    stick.pull()
    till.until(lambda: said(till) == "No second copy", "the notice")
    toasts = till.toasts
    till.sell("13")
    home.clock.go(hours=1)

    stick.put_in()
    till.until(lambda: not said(till), "the notice to go")
    end = till.ask(head)
    home.close(till)

    assert any("Put the stick or disk back" in toast for toast in toasts)
    assert copied(home, stick) == end


def test_a_backup_is_made_while_the_till_works_and_one_that_fails_is_told(
    home: Home, stick: Stick
) -> None:
    till = home.opened()
    till.sell("12")
    home.clock.go(minutes=1)
    till.until(lambda: bool(list(stick.volume.glob("*.backup"))), "a backup")
    till.sell("13")
    stick.pull()
    till.until(lambda: said(till) == "No second copy", "the stick's notice")
    home.clock.go(hours=1)

    keys = key_store_of(home.settings, demo=False)
    stick.put_in()
    home.clock.go(minutes=6)
    till.until(lambda: len(list(stick.volume.glob("*.backup"))) == 2, "the next backup")
    source = till.ask(lambda ledger: source_of(ledger, keys))

    assert len(backups_in(stick.volume, source)) == 2


def test_a_press_on_the_notice_says_again_what_is_wrong(home: Home, stick: Stick) -> None:
    till = home.opened()
    stick.pull()
    till.until(lambda: said(till) == "No second copy", "the notice")
    before = len(till.toasts)

    till.desk.window.status.pressed.emit("copies")

    assert len(till.toasts) >= before
    assert "Put the stick" in till.toasts[-1]


def test_no_notice_makes_the_window_larger(home: Home, stick: Stick) -> None:
    till = home.opened()
    till.program.stage.resize(1280, 720)
    till.guide.wait(50)
    before = till.desk.window.minimumSizeHint().width()

    stick.pull()
    till.until(lambda: said(till) == "No second copy", "the notice")
    till.guide.wait(50)

    assert till.desk.window.minimumSizeHint().width() == before


def test_where_backups_lie_on_the_same_disk_it_is_said_at_the_sign_in(home: Home) -> None:
    home.found()
    till = home.till()

    till.start()

    assert till.program.sign_in is not None
    notices = till.program.sign_in.shown.state.notices
    assert "Backups lie on the same disk as the book: name a folder elsewhere." in notices


def test_a_till_without_a_stick_keeps_backups_beside_its_ledger(home: Home) -> None:
    home.found()
    till = home.opened()
    till.sell("12")

    home.clock.go(minutes=1)
    beside = home.settings.data_dir / "backups"
    till.until(lambda: bool(list(beside.glob("*.backup"))), "a backup")

    assert said(till) == ""


def test_the_program_closes_at_once_although_it_copies(home: Home, stick: Stick) -> None:
    till = home.opened()
    till.sell("12")
    begun = monotonic()

    home.close(till)

    assert monotonic() - begun < PATIENCE_S + 3
    assert stick.volume.exists()
    home.book().close()
