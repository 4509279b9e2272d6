"""The program from start to end: a book that does not open is told, and nothing stays open."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from pos_app import running
from pos_app.app import IDLE_TIDY_MS, Program
from pos_app.ledger.store.driver import LedgerReadOnly
from pos_app.security.keystore import FileKeyStore
from pos_app.settings import Settings
from pos_app.ui.kit.gallery import GalleryWindow
from pos_app.ui.stage.view import LEAST_SIZE, Stage
from tests.ledger.book_rows import thief
from tests.people import CASHIER
from tests.terminal import CONTROL, Home, Key, at_home, let_go, words_in


@pytest.fixture
def home(tmp_path: Path, qapp: QApplication) -> Iterator[Home]:
    with at_home(tmp_path, qapp) as made:
        yield made


def exchange_the_key(home: Home) -> None:
    FileKeyStore(home.settings.data_dir / "keys").put("database", b"x" * 32)


def lose_the_key(home: Home) -> None:
    (home.settings.data_dir / "keys" / "database.key").unlink()


def empty_the_file(home: Home) -> None:
    home.settings.ledger_path.write_bytes(b"")


def cut_the_file_short(home: Home) -> None:
    good = home.settings.ledger_path.read_bytes()
    home.settings.ledger_path.write_bytes(good[: len(good) // 2])


def let_a_newer_program_write(home: Home) -> None:
    with thief(home.settings.ledger_path) as book:
        book.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("mishap", "sentence"),
    [
        (exchange_the_key, "does not open with this terminal's key"),
        (lose_the_key, "is not in this computer's key store"),
        (empty_the_file, "is damaged"),
        (cut_the_file_short, "is damaged"),
        (let_a_newer_program_write, "A newer version of the terminal wrote this ledger"),
    ],
)
def test_a_book_that_does_not_open_is_told_in_a_sentence_and_left_alone(
    home: Home, mishap: Callable[[Home], None], sentence: str
) -> None:
    home.found()
    mishap(home)
    before = home.settings.ledger_path.read_bytes()
    till = home.till()

    till.program.start()
    till.until(lambda: sentence in words_in(till.program.stage), sentence)
    told = words_in(till.program.stage)
    home.close(till)

    assert told.startswith("The book cannot be opened")
    assert home.settings.ledger_path.read_bytes() == before
    assert lanes() == []


def test_a_second_start_says_that_the_terminal_is_running_already(home: Home) -> None:
    home.found()
    first = home.opened()
    second = home.till()

    second.program.start()
    told = "The terminal is running already"
    second.until(lambda: told in words_in(second.program.stage), told)
    home.close(second)
    first.program.stage.activateWindow()
    first.until(first.program.stage.isActiveWindow, "the first window")
    first.sell("8")

    assert first.panel.finished is not None


def test_closing_the_window_closes_the_book_and_ends_every_thread(home: Home) -> None:
    home.found()
    till = home.opened()
    working = len(lanes())

    home.close(till)

    assert working == 2
    assert lanes() == []
    home.book().close()


def test_closing_while_the_book_still_opens_is_clean(home: Home) -> None:
    home.found()
    till = home.till()

    till.program.start()
    home.close(till)

    assert lanes() == []
    home.book().close()


def test_a_closed_program_no_longer_listens_for_scans(home: Home, qapp: QApplication) -> None:
    home.found()
    till = home.opened()
    heard: list[str] = []
    till.program.scans.scanned.connect(heard.append)
    till.scan("13812340217")
    before = list(heard)

    till.program.close()
    till.scan("13900000001")

    assert before == ["13812340217"]
    assert heard == before
    assert qapp.focusWidget() is not None


def test_a_tills_keys_in_files_are_told_at_the_sign_in(home: Home) -> None:
    home.found()
    till = home.till()

    till.start()

    assert "keys of the book lie in files of this account" in words_in(till.program.stage)


def test_a_printer_setting_that_names_none_does_not_keep_the_till_shut(home: Home) -> None:
    home.found()

    till = home.opened(printer="parallel://1")

    assert any("parallel://1" in toast for toast in till.toasts)
    till.sell("5")
    assert till.panel.finished is not None
    assert till.panel.finished.printing == ""


def test_the_window_is_never_smaller_than_the_smallest_till(home: Home) -> None:
    home.found()
    till = home.opened()

    till.program.stage.resize(640, 480)

    size = till.program.stage.size()
    assert (size.width(), size.height()) == LEAST_SIZE


def test_the_idle_till_tidies_its_log_behind_the_scenes(home: Home) -> None:
    home.found()
    till = home.opened()
    till.sell("5")
    log = home.settings.ledger_path.with_name("ledger.db-wal")
    timers = till.program.stage.findChildren(QTimer)
    before = log.stat().st_size
    main_file = home.settings.ledger_path.stat().st_mtime_ns

    for timer in timers:
        if timer.interval() == IDLE_TIDY_MS:
            timer.start(1)
    till.until(lambda: home.settings.ledger_path.stat().st_mtime_ns != main_file, "the tidying")

    assert before > 0


def test_running_ends_with_zero_when_the_window_is_closed(home: Home) -> None:
    home.found()

    with closed_when_open(Stage):
        code = running.run(home.settings, demo=False)

    assert code == 0
    assert lanes() == []


def test_the_gallery_opens_and_ends_with_zero(home: Home) -> None:
    with closed_when_open(GalleryWindow):
        code = running.run_gallery(home.settings)

    assert code == 0


@contextmanager
def closed_when_open(kind: type[QWidget]) -> Iterator[None]:
    """Close the window of a kind as soon as it is there."""
    closer, closed = QTimer(), list[QWidget]()

    def look() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, kind) and window.isVisible():
                closed.append(window)
                window.close()

    closer.timeout.connect(look)
    closer.start(20)
    yield
    closer.stop()
    for window in closed:
        let_go(window)


def lanes() -> list[str]:
    """Return the lanes whose thread still runs."""
    names = (thread.name for thread in threading.enumerate())
    return sorted(name for name in names if name in {"ledger", "paper"})


def test_the_wrong_person_at_a_locked_till_reads_whose_it_is(home: Home) -> None:
    home.found()
    till = home.opened()
    till.guide.press(Key.Key_L, CONTROL)
    till.until(lambda: till.asks_who, "the lock screen")

    till.give(*CASHIER)
    till.until(lambda: "Only 林晓雯 or a manager" in words_in(till.program.stage), "the refusal")

    assert till.asks_who


def test_a_data_folder_that_cannot_be_written_is_told(qapp: QApplication, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder", encoding="utf-8")

    with pytest.raises(LedgerReadOnly):
        Program(qapp, Settings(data_dir=blocked / "data"))
