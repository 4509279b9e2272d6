"""The whole program for tests: its real window, lanes and book, and hands that use them."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import TypeVar

import keyring
import keyring.backends.fail
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from pos_app.app import Program
from pos_app.demo.store import Size
from pos_app.desk import Desk
from pos_app.ids import MemberId
from pos_app.language import speak
from pos_app.ledger import operators
from pos_app.ledger.journal_page import JournalFilter, page
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.slip_state import mark_all_printed, pending_slips
from pos_app.ledger.slips import Receipt, latest_receipt, receipt_at
from pos_app.ledger.store.event import Kind
from pos_app.opening import found_ledger, key_store_of, open_ledger
from pos_app.raster import Raster
from pos_app.security.keystore import NAMES
from pos_app.settings import Settings
from pos_app.tour.guide import Guide
from pos_app.ui.checkout.state import CheckoutState
from pos_app.ui.first_start.view import FirstStartView
from pos_app.ui.kit.scan import Scanner
from tests.fakes import FakeClock
from tests.people import cashier
from tests.shop import MANAGER, MEMBER_PIN, TEST_KEYS, Shop, intent

T = TypeVar("T")
NAMED = ("徐家汇店", "3 号机")
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Till:
    """One run of the program on one data folder."""

    program: Program
    guide: Guide
    proofs: list[Raster] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        assert self.program.desk is not None, "the desk is there once the book is open"
        return self.program.desk

    @property
    def panel(self) -> CheckoutState:
        """What the panel shows."""
        return self.desk.shell.checkout.shown.state

    @property
    def on_counter(self) -> bool:
        return self.program.desk is not None and self.program.stage.scene is self.desk.window

    @property
    def asks_who(self) -> bool:
        """Say whether the sign-in is what the window shows."""
        return (
            self.program.sign_in is not None
            and self.program.stage.scene is self.program.sign_in_view
        )

    @property
    def wizard(self) -> FirstStartView | None:
        scene = self.program.stage.scene
        return scene if isinstance(scene, FirstStartView) else None

    @property
    def toasts(self) -> tuple[str, ...]:
        return self.desk.window.toasts.texts

    def until(self, come: Callable[[], bool], waited_for: str) -> None:
        self.guide.until(come, waited_for)

    def start(self) -> None:
        """Start, and wait for the sign-in."""
        self.program.start()
        self.until(lambda: self.asks_who, "the sign-in")

    def sign_in(self, number: str = MANAGER[0], pin: str = MANAGER[1]) -> None:
        """Sign in and wait for the counter."""
        self.give(number, pin)
        self.until(lambda: self.on_counter, "the counter")

    def give(self, number: str, pin: str) -> None:
        """Give a number and a PIN at the sign-in."""
        view = self.program.sign_in_view
        view.number.setText(number)
        view.pin.setText(pin)
        self.guide.click(view.submit)

    def ring_up(self, amount: str, tender: Qt.Key = Key.Key_2) -> None:
        """Type a sum, choose a tender (Ctrl and its figure), and wait for the price."""
        self.guide.press(Key.Key_F2)
        for key in amount:
            self.desk.window.panel.type_key(key)
        self.until(lambda: self.desk.shell.checkout.quote is not None, "a price")
        self.guide.press(tender, CONTROL)
        self.until(lambda: self.desk.shell.checkout.quote is not None, "a price")

    def sell(self, amount: str, tender: Qt.Key = Key.Key_2) -> None:
        """Take a payment from somebody who is no member."""
        self.ring_up(amount, tender)
        self.guide.press(Key.Key_F12)
        self.until(lambda: self.panel.finished is not None, "the payment")

    def press_at_once(self, key: Qt.Key) -> None:
        """Press a key and hear nothing of what it brings."""
        QTest.keyClick(QApplication.focusWidget() or self.program.stage, key)

    def scan(self, code: str) -> None:
        """Scan a code, however busy this machine is meanwhile."""
        self.program.scans.tune(Scanner(gap_ms=2_000))
        target = QApplication.focusWidget() or self.program.stage
        QTest.keyClicks(target, code)
        QTest.keyClick(target, Key.Key_Return)
        self.program.scans.tune(Scanner())

    def ask(self, question: Callable[[Ledger], T]) -> T:
        """Ask the open book on its lane, behind everything that was asked before."""
        answers: list[T] = []
        ledger = self.program.ledger
        self.program.lane.run(lambda: question(ledger), done=answers.append, failed=_lost)
        self.until(lambda: bool(answers), "the book's answer")
        return answers[0]


@dataclass
class Home:
    """A data folder on this machine, whatever runs on it."""

    settings: Settings
    application: QApplication
    clock: FakeClock
    shots: Path
    _open: list[Till] = field(default_factory=list)

    def found(self) -> None:
        """Make the book of a till with a manager and a cashier."""
        with self._founded() as ledger:
            number, pin = MANAGER
            first = operators.create_first_manager(ledger, number, "林晓雯", pin, intent())
            cashier(Shop(ledger, self.clock, first.id))

    def found_without_manager(self) -> None:
        """Make the book as a first start leaves it that is cut off in the middle."""
        self._founded().close()

    def add_regular(self, phone: str, name: str = "王晓明") -> MemberId:
        """Register a member with a PIN and stored value."""
        with self.book() as ledger:
            number, pin = MANAGER
            manager = operators.sign_in(ledger, number=number, pin=pin).id
            shop = Shop(ledger, self.clock, manager)
            member = shop.member(phone, name=name, pin=MEMBER_PIN)
            shop.top_up(member, 50_000)
            mark_all_printed(ledger)
        return member

    def till(self, *, printer: str = "none", demo: Size | None = None) -> Till:
        """Make a program, not started yet."""
        settings = self.settings.model_copy(update={"printer": printer})
        proofs: list[Raster] = []
        program = Program(
            self.application,
            settings,
            demo=demo,
            clock=self.clock,
            proof=lambda _receipt, raster: proofs.append(raster),
        )
        made = Till(program, Guide(program.stage, self.shots), proofs)
        self._open.append(made)
        return made

    def opened(self, *, printer: str = "none") -> Till:
        """Start a program and sign the manager in."""
        made = self.till(printer=printer)
        made.start()
        made.sign_in()
        return made

    def close(self, till: Till) -> None:
        """Close the window, as its cross does, and let go of everything in it."""
        if not till.program.stage.close():
            till.program.stage.close()  # it says once what is not at HQ
        let_go(till.program.stage)
        self._open.remove(till)

    def close_all(self) -> None:
        for till in tuple(self._open):
            self.close(till)

    def book(self) -> Ledger:
        """Open the book without a program around it."""
        store = key_store_of(self.settings, demo=False)
        return open_ledger(self.settings, store, self.clock)

    def _founded(self) -> Ledger:
        store = key_store_of(self.settings, demo=False)
        for name, secret in zip(NAMES, astuple(TEST_KEYS)[: len(NAMES)], strict=True):
            store.put(name, secret)
        return found_ledger(self.settings, store, self.clock, NAMED)


@contextmanager
def at_home(folder: Path, application: QApplication) -> Iterator[Home]:
    """Give a fresh data folder; afterwards the process is as it was."""
    before = keyring.get_keyring(), sys.excepthook, QCoreApplication.applicationName()
    looks = application.styleSheet(), application.palette(), application.font()
    scheme = application.styleHints().colorScheme()
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    home = Home(_settings(folder / "data"), application, FakeClock(), folder)
    try:
        yield home
    finally:
        home.close_all()
        keyring.set_keyring(before[0])
        sys.excepthook = before[1]
        application.setApplicationName(before[2])
        application.styleHints().setColorScheme(scheme)
        application.setStyleSheet(looks[0])
        application.setPalette(looks[1])
        application.setFont(looks[2])
        speak("en")
        gc.unfreeze()


def sales_in(ledger: Ledger) -> int:
    """Return how many sales are in the book."""
    return len(page(ledger, JournalFilter(kinds=(Kind.SALE,))))


def latest(ledger: Ledger) -> Receipt:
    """Return the receipt of the latest sale."""
    found = latest_receipt(ledger)
    assert found is not None, "nothing was sold"
    return found


def pending(ledger: Ledger) -> tuple[Receipt, ...]:
    """Return the receipts that still wait for their paper."""
    return tuple(receipt_at(ledger, seq) for seq in pending_slips(ledger))


def words_in(widget: QWidget) -> str:
    """Return everything that the labels of a widget say now."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def _settings(folder: Path) -> Settings:
    return Settings(data_dir=folder, language="en", theme="light", density="compact")


def let_go(window: QWidget) -> None:
    """Destroy a window now, and not whenever the collector comes by."""
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _lost(fact: Exception) -> None:
    logging.getLogger(__name__).critical("the book did not answer: %s", type(fact).__name__)
