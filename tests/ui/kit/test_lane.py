"""Slow work leaves the GUI thread by one door and comes back by it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos_app.errors import PosError
from pos_app.ui.kit.work import Inline, Lane
from pos_app.ui.work import LaneShut


@dataclass(eq=False)
class OutOfStock(PosError):
    name: str


class Counter:
    """Remembers answers and the threads they came on."""

    def __init__(self) -> None:
        self.answers: list[object] = []
        self.threads: list[threading.Thread] = []

    def take(self, answer: object) -> None:
        self.answers.append(answer)
        self.threads.append(threading.current_thread())


@pytest.fixture
def lane(qapp: QApplication) -> Iterator[Lane]:
    """Open a lane and close it again."""
    made = Lane("ledger")
    assert QApplication.instance() is qapp
    yield made
    assert made.close()


def test_a_task_runs_elsewhere_and_its_answer_comes_back_here(qtbot: QtBot, lane: Lane) -> None:
    counter = Counter()

    lane.run(threading.current_thread, counter.take, counter.take)
    qtbot.waitUntil(lambda: len(counter.answers) == 1)

    assert counter.answers != [threading.current_thread()]
    assert counter.threads == [threading.current_thread()]


def test_answers_come_in_the_order_of_the_questions(qtbot: QtBot, lane: Lane) -> None:
    counter = Counter()

    for number in range(50):
        lane.run(lambda number=number: number, counter.take, counter.take)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(counter.answers) == 50)

    assert counter.answers == list(range(50))


def test_an_expected_failure_comes_back_as_facts(qtbot: QtBot, lane: Lane) -> None:
    done, failed = Counter(), Counter()

    lane.run(_fail, done.take, failed.take)
    qtbot.waitUntil(lambda: bool(failed.answers))

    assert isinstance(failed.answers[0], OutOfStock)
    assert failed.threads == [threading.current_thread()]
    assert done.answers == []


def test_a_bug_is_raised_on_the_gui_thread(qtbot: QtBot, lane: Lane) -> None:
    counter = Counter()

    with qtbot.captureExceptions() as raised:
        lane.run(_stumble, counter.take, counter.take)
        qtbot.waitUntil(lambda: bool(raised))

    assert raised[0][0] is ZeroDivisionError
    assert counter.answers == []


def test_the_lane_goes_on_after_a_bug(qtbot: QtBot, lane: Lane) -> None:
    counter = Counter()

    with qtbot.captureExceptions() as raised:
        lane.run(_stumble, counter.take, counter.take)
        lane.run(lambda: "next", counter.take, counter.take)
        qtbot.waitUntil(lambda: bool(counter.answers))

    assert len(raised) == 1
    assert counter.answers == ["next"]


def test_a_closed_lane_finishes_its_work_and_answers_nobody(qtbot: QtBot) -> None:
    counter, finished = Counter(), threading.Event()
    lane = Lane("network")

    lane.run(finished.set, counter.take, counter.take)
    closed = lane.close()
    qtbot.wait(20)

    assert closed
    assert finished.is_set()
    assert counter.answers == []


def test_a_late_answer_still_comes_after_its_successor_was_asked(qtbot: QtBot, lane: Lane) -> None:
    counter, go_on = Counter(), threading.Event()

    lane.run(lambda: (go_on.wait(5), "first")[1], counter.take, counter.take)
    lane.run(lambda: "second", counter.take, counter.take)
    go_on.set()
    qtbot.waitUntil(lambda: len(counter.answers) == 2)

    assert counter.answers == ["first", "second"]


def test_a_stuck_task_does_not_hold_up_the_closing() -> None:
    counter, go_on = Counter(), threading.Event()
    lane = Lane("network")

    lane.run(go_on.wait, counter.take, counter.take)

    assert not lane.close(patience_s=0)
    go_on.set()
    assert lane.close()


def test_a_task_of_one_lane_waits_for_an_answer_of_another(qtbot: QtBot, lane: Lane) -> None:
    counter, network = Counter(), Lane("network")

    network.run(lambda: lane.call(threading.current_thread).name, counter.take, counter.take)
    qtbot.waitUntil(lambda: bool(counter.answers))

    assert counter.answers == ["ledger"]
    assert network.close()


def test_what_a_called_task_raises_is_raised_at_its_caller(qtbot: QtBot, lane: Lane) -> None:
    failed, network = Counter(), Lane("network")

    network.run(lambda: lane.call(_fail), failed.take, failed.take)
    qtbot.waitUntil(lambda: bool(failed.answers))

    assert isinstance(failed.answers[0], OutOfStock)
    assert network.close()


def test_a_bug_of_a_called_task_does_not_end_its_lane(qtbot: QtBot, lane: Lane) -> None:
    counter, network = Counter(), Lane("network")

    with qtbot.captureExceptions() as raised:
        network.run(lambda: lane.call(_stumble), counter.take, counter.take)
        qtbot.waitUntil(lambda: bool(raised))
    lane.run(lambda: "next", counter.take, counter.take)
    qtbot.waitUntil(lambda: bool(counter.answers))

    assert raised[0][0] is ZeroDivisionError
    assert counter.answers == ["next"]
    assert network.close()


def test_a_lane_that_is_shut_refuses_a_call_instead_of_letting_it_wait(qtbot: QtBot) -> None:
    failed, ledger, network = Counter(), Lane("ledger"), Lane("network")
    ledger.close()

    network.run(lambda: ledger.call(lambda: 1), failed.take, failed.take)
    qtbot.waitUntil(lambda: bool(failed.answers))

    assert isinstance(failed.answers[0], LaneShut)
    assert network.close()


def test_nobody_waits_on_the_gui_thread_nor_on_its_own_lane(qtbot: QtBot, lane: Lane) -> None:
    counter = Counter()

    with pytest.raises(AssertionError):
        lane.call(lambda: 1)
    with qtbot.captureExceptions() as raised:
        lane.run(lambda: lane.call(lambda: 1), counter.take, counter.take)
        qtbot.waitUntil(lambda: bool(raised))

    assert raised[0][0] is AssertionError


def test_inline_is_done_at_once_and_fails_alike() -> None:
    done, failed = Counter(), Counter()

    Inline().run(lambda: 42, done.take, failed.take)
    Inline().run(_fail, done.take, failed.take)

    assert done.answers == [42]
    assert Inline().call(lambda: 43) == 43
    assert isinstance(failed.answers[0], OutOfStock)
    with pytest.raises(ZeroDivisionError):
        Inline().run(_stumble, done.take, failed.take)


def _fail() -> None:
    raise OutOfStock("latte")


def _stumble() -> int:
    return 1 // len(())
