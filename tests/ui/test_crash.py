"""A bug ends the program with one sentence; the log says where it was, and nothing of anybody."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from pos_app.ui.crash import EXIT_CODE, CrashHandler
from pos_app.ui.kit.theme import Theme
from tests.tree import ROOT

PHONE, NAME = "13812340217", "王晓明"
SENTENCE = "The program met an error and has to close."
pytestmark = pytest.mark.logs_a_warning


@pytest.fixture
def handler(qapp: QApplication) -> Iterator[CrashHandler]:
    """Make the handler that meets the bugs of one test."""
    before = sys.excepthook
    yield CrashHandler(Theme())
    sys.excepthook = before
    for notice in notices():
        notice.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert qapp is QApplication.instance()


def notices() -> list[QWidget]:
    """Return the windows that show the sentence."""
    return [
        window
        for window in QApplication.topLevelWidgets()
        if any(SENTENCE in label.text() for label in window.findChildren(QLabel))
    ]


def stumble(cause: BaseException | None) -> None:
    raise LookupError(f"{NAME} {PHONE}") from cause


def bug_of(cause: BaseException | None = None) -> BaseException:
    """Return a bug with a trace, whose message holds what a log must not."""
    with pytest.raises(LookupError) as raised:
        stumble(cause)
    return raised.value


def meet(handler: CrashHandler, bug: BaseException) -> None:
    handler.handle(type(bug), bug, bug.__traceback__)


def test_a_bug_shows_one_plain_sentence(handler: CrashHandler) -> None:
    meet(handler, bug_of())

    (notice,) = notices()
    assert notice.isVisible()
    words = " ".join(label.text() for label in notice.findChildren(QLabel))
    assert "Every payment that was confirmed is kept." in words
    assert "LookupError" not in words
    assert PHONE not in words


def test_the_bugs_that_follow_are_logged_and_show_no_second_window(
    handler: CrashHandler, caplog: pytest.LogCaptureFixture
) -> None:
    meet(handler, bug_of())
    meet(handler, bug_of())

    assert len(notices()) == 1
    assert sum(record.levelno == logging.CRITICAL for record in caplog.records) == 2


def test_the_log_says_where_the_bug_is_and_nothing_of_what_it_held(
    handler: CrashHandler, caplog: pytest.LogCaptureFixture
) -> None:
    meet(handler, bug_of(bug_of()))

    text = caplog.text
    assert "bug: LookupError" in text
    assert "test_crash.py" in text
    assert "in stumble" in text
    assert "LookupError, and from it:" in text
    assert PHONE not in text
    assert NAME not in text


def test_a_cause_that_was_put_aside_is_not_logged(
    handler: CrashHandler, caplog: pytest.LogCaptureFixture
) -> None:
    bug = bug_of()
    bug.__context__, bug.__suppress_context__ = bug_of(), True

    meet(handler, bug)

    assert "and from it" not in caplog.text


@pytest.mark.parametrize("way", ["its button", "its cross"])
def test_the_program_ends_however_the_sentence_is_closed(
    handler: CrashHandler, qapp: QApplication, way: str
) -> None:
    meet(handler, bug_of())
    (notice,) = notices()
    button = notice.findChild(QPushButton)
    assert button is not None
    QTimer.singleShot(10, button.click if way == "its button" else notice.close)

    assert qapp.exec() == EXIT_CODE


PROGRAM = f"""
import logging, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pos_app.ui.crash import CrashHandler
from pos_app.ui.kit.theme import Theme

logging.basicConfig(filename=sys.argv[1])
app = QApplication([])
handler = CrashHandler(Theme())
button = QPushButton()
button.clicked.connect(lambda: {{}}["{PHONE}"])

def end():
    for window in app.topLevelWidgets():
        for close in window.findChildren(QPushButton):
            close.click()

QTimer.singleShot(10, button.click)
QTimer.singleShot(300, end)
sys.exit(app.exec())
"""


def test_a_bug_in_a_slot_ends_the_process_with_its_own_exit_code(tmp_path: Path) -> None:
    log = tmp_path / "terminal.log"

    done = subprocess.run(  # noqa: S603 -- a list, and ours
        [sys.executable, "-c", PROGRAM, str(log)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == EXIT_CODE
    assert "bug: KeyError" in log.read_text("utf-8")
    assert PHONE not in log.read_text("utf-8").replace(PROGRAM, "")
    assert PHONE not in done.stderr
