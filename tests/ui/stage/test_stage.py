"""One window, one scene at a time, and a word about what is waited for."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from pos_app.ui.kit.progress import ProgressLine
from pos_app.ui.kit.theme import Theme
from pos_app.ui.stage.view import Stage
from tests.terminal import words_in


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    made = Stage(Theme())
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert qapp is QApplication.instance()


def line(stage: Stage) -> ProgressLine:
    found = stage.wait.findChild(ProgressLine)
    assert found is not None
    return found


def test_at_first_it_shows_what_is_waited_for(stage: Stage) -> None:
    stage.wait.tell("Opening the book …")

    assert stage.scene is stage.wait
    assert words_in(stage) == "Opening the book …\n"
    assert not line(stage).isVisible()


def test_progress_is_shown_where_it_is_known_and_gone_with_the_next_word(stage: Stage) -> None:
    stage.wait.tell("Making the demo store")

    stage.progressed.emit(30, 120)
    shown = line(stage).isVisible(), line(stage).accessibleName()
    stage.wait.tell("The book cannot be opened", "The disk is full.")

    assert shown == (True, "Progress: 25 %")
    assert not line(stage).isVisible()
    assert "The disk is full." in words_in(stage)


def test_nothing_of_nothing_is_no_progress(stage: Stage) -> None:
    stage.progressed.emit(0, 0)

    assert line(stage).accessibleName() == "Progress: 0 %"


def test_a_scene_that_comes_back_is_as_it_was_left(stage: Stage) -> None:
    first, second = QLineEdit(), QLabel("another")
    stage.play(first)
    first.setText("328")

    stage.play(second)
    hidden = first.isVisible()
    stage.play(first)

    assert not hidden
    assert stage.scene is first
    assert first.isVisible()
    assert first.text() == "328"


def test_a_scene_taken_in_waits_behind_the_present_one(stage: Stage) -> None:
    waiting = QWidget()

    stage.take_in(waiting)

    assert stage.scene is stage.wait
    assert waiting.window() is stage
    assert not waiting.isVisible()


def test_closing_the_window_says_so_once(stage: Stage) -> None:
    told: list[None] = []
    stage.closing.connect(lambda: told.append(None))

    stage.close()

    assert len(told) == 1
