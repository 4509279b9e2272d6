"""The real window on a real ledger, offscreen, with its lane."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.shop import Hands, manager_of, open_ledger
from pos_app.application import make_application
from pos_app.desk import Around, Desk
from pos_app.devices.printer import open_printer
from pos_app.devices.sound import Player
from pos_app.documents.paper import PAPERS
from pos_app.errors import PosError
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.rules.access import Role
from pos_app.ui.kit.scan import ScanFilter
from pos_app.ui.kit.theme import Theme
from pos_app.ui.kit.work import Lane
from pos_app.ui.paper.press import Press

T = TypeVar("T")
_PATIENCE_MS = 5_000
_SIZE = (1366, 768)


class Screen:
    """The counter of a ledger as the program shows it; `lane` is the ledger's thread."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        self._app = QApplication.instance() or make_application(["benchmarks"])
        assert isinstance(self._app, QApplication), "it was made a moment ago"
        theme = Theme()
        theme.apply(self._app)
        self.lane, self._paper = Lane("ledger"), Lane("paper")
        self.ledger = self.ask(lambda: open_ledger(folder, Hands()))
        manager = self.ask(lambda: manager_of(self.ledger))
        press = Press(self.ledger, self.lane, self._paper, open_printer("none"), PAPERS[58])
        host = QWidget()
        around = Around(theme, host, self.lane, press, Player(), _nothing, _unseen)
        self.desk = Desk(self.ledger, around)
        self._host = host
        self.window = self.desk.window
        self._scans = ScanFilter()
        self._scans.scanned.connect(self.desk.shell.scanned)
        self._app.installEventFilter(self._scans)
        self._show(SignedIn(manager, "0001", "林晓雯", Role.MANAGER))

    def ask(self, task: Callable[[], T]) -> T:
        """Do a task on the lane and wait for its answer."""
        loop, answers = QEventLoop(), list[T]()

        def done(answer: T) -> None:
            answers.append(answer)
            loop.quit()

        self.lane.run(task, done=done, failed=_raise)
        loop.exec()
        return answers[0]

    def until(self, wanted: Callable[[], bool], painted: QWidget) -> float:
        """Run the window until the widget was painted while it is as wanted; return the moment."""
        loop, watch = QEventLoop(), _Paints(wanted)
        watch.seen = loop.quit
        painted.installEventFilter(watch)
        QTimer.singleShot(_PATIENCE_MS, loop, loop.quit)
        loop.exec()
        painted.removeEventFilter(watch)
        assert watch.at is not None, "the window was painted in time"
        return watch.at

    def settle(self) -> None:
        """Let everything that was asked come to an end."""
        self.ask(_nothing)
        self._app.sendPostedEvents()
        QTest.qWait(1)

    def key(self, key: Qt.Key | str) -> None:
        """Press a key where the focus is."""
        target = QApplication.focusWidget() or self.window
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key)

    def close(self) -> None:
        """Close the book and the window, and stop the lanes."""
        self.ask(self.ledger.close)
        for lane in (self.lane, self._paper):
            lane.close()
        self._app.removeEventFilter(self._scans)
        self._scans.deleteLater()
        self.window.close()

    def _show(self, operator: SignedIn) -> None:
        self.window.resize(*_SIZE)
        self.window.show()
        self.window.activateWindow()
        self.desk.sign_in(operator)
        self.settle()


class _Paints(QObject):
    """Notes when a widget was painted while something was true."""

    def __init__(self, wanted: Callable[[], bool]) -> None:
        super().__init__()
        self._wanted = wanted
        self.at: float | None = None
        self.seen: Callable[[], None] = _nothing

    def eventFilter(self, _watched: QObject, event: QEvent, /) -> bool:
        if event.type() == QEvent.Type.Paint and self.at is None and self._wanted():
            self.at = time.perf_counter()
            self.seen()
        return False


def _nothing() -> None:
    """Nothing to do."""


def _unseen(*_: object) -> None:
    """Nobody looks at the slips."""


def _raise(failure: PosError) -> None:
    raise failure
