"""The composition root: builds the whole program from its settings."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pos_app.application import fill_screen, theme_for
from pos_app.clock import Clock, system_clock
from pos_app.demo.credentials import Credentials
from pos_app.desk import Around, Desk
from pos_app.devices.printer import ReceiptPrinter, open_printer
from pos_app.devices.printer_facts import PrinterMisconfigured
from pos_app.devices.printer_setting import NO_PRINTER
from pos_app.devices.sound import Player
from pos_app.documents.paper import PAPERS
from pos_app.embedded import EmbeddedHq
from pos_app.errors import PosError
from pos_app.keeping import Keeping
from pos_app.language import _
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn, needs_first_manager
from pos_app.linked import EXPORTS, PATIENCE_S, Linked
from pos_app.opening import NoLedger, keep_log, key_store_of
from pos_app.parting import Parting
from pos_app.premises import Demo, Premises
from pos_app.raster import Raster
from pos_app.security.keystore import KEY_FILE_NOTICE
from pos_app.settings import Settings
from pos_app.ui.crash import CrashHandler
from pos_app.ui.first_start.presenter import FirstStartPresenter, Founder
from pos_app.ui.first_start.view import FirstStartView
from pos_app.ui.kit.scan import ScanFilter
from pos_app.ui.kit.work import Lane
from pos_app.ui.paper.press import Press
from pos_app.ui.paper.slips import Receipt
from pos_app.ui.sentences.here import stand_in
from pos_app.ui.sign_in.presenter import SignInPresenter, Till
from pos_app.ui.sign_in.view import SignInView
from pos_app.ui.stage.view import Stage
from pos_app.ui.text import sentence

IDLE_TIDY_MS = 15_000
Proof = Callable[[Receipt, Raster], None]


class Program:
    """Walks from the first picture to the counter, and closes everything in order."""

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        *,
        demo: Demo | None = None,
        hq: EmbeddedHq | None = None,
        clock: Clock = system_clock,
        proof: Proof | None = None,
    ) -> None:
        """`hq` is an HQ on this machine that whoever made it stops."""
        keep_log(settings)
        self.settings = settings
        self.demo = demo
        self.opened: Callable[[], None] = _nothing
        self.show_credentials = True
        self._clock = clock
        self._proof = proof or _no_proof
        self.application = app
        self.theme = theme_for(app, settings)
        self.crash = CrashHandler(self.theme)
        self.lane = Lane("ledger")
        self.paper_lane = Lane("paper")
        self.stage = Stage(self.theme)
        self.stage.closing.connect(self.close)
        self.desk: Desk | None = None
        self.link: Linked | None = None
        self._to_hq: Lane | None = None
        self.keeping: Keeping | None = None
        self.sign_in: SignInPresenter | None = None
        self._premises = Premises(settings, clock, demo, hq)
        self._printer_trouble = ""
        self._parting = Parting(self.stage, self.sign_out)
        self.scans = ScanFilter()
        self.scans.scanned.connect(self._scanned)
        app.installEventFilter(self.scans)
        self._tidy = QTimer(self.stage, interval=IDLE_TIDY_MS)
        self._tidy.timeout.connect(self._tidy_up)

    @property
    def ledger(self) -> Ledger:
        """The open ledger; use it on its lane only."""
        assert self._premises.ledger is not None, "the ledger is opened first"
        return self._premises.ledger

    @property
    def credentials(self) -> Credentials | None:
        """Who can sign in to the demo that was opened."""
        return self._premises.credentials

    def start(self) -> None:
        """Show the window and open the ledger behind it."""
        fill_screen(self.stage)
        self.stage.show()
        self.stage.wait.tell(_("Opening the book …"))
        if self.demo is None and not self.settings.ledger_path.exists():
            self._first_start(None)
            return
        self.lane.run(
            lambda: self._premises.open(self._told), done=self._opened, failed=self._cannot_open
        )

    def close(self) -> None:
        """Finish what was asked, close the book, and stop the lanes."""
        self._tidy.stop()
        self._leave_hq()
        self.application.removeEventFilter(self.scans)
        if self.link is not None:
            self.link.close()  # while the ledger still answers it
        if self.keeping is not None:
            self.keeping.close()
        self.paper_lane.close()  # what it still prints is still marked in the book
        self.lane.run(self._premises.close, done=_nothing, failed=_ignored)
        self.lane.close()

    def _told(self, done: int, whole: int) -> None:
        """Pass progress on, from the lane to the window."""
        self.stage.progressed.emit(done, whole)

    def _opened(self, ledger: Ledger) -> None:
        self.lane.run(
            lambda: needs_first_manager(ledger), done=self._enter, failed=self._cannot_open
        )

    def _enter(self, empty: bool) -> None:  # noqa: FBT001 -- the answer of a question
        node = self.ledger.node
        stand_in(self.ledger.programme.zone)
        if empty:
            self._first_start((node.store_name, node.terminal_name))
        else:
            self._ask_who()

    def _first_start(self, named: tuple[str, str] | None) -> None:
        self._to_hq = Lane("first start")
        doors = self._premises.doors_to_hq(self._to_hq)
        founder = Founder(self._premises.found, self._founded, doors, named)
        self.stage.play(FirstStartView(self.theme, FirstStartPresenter(founder, self.lane)))

    def _founded(self, manager: SignedIn) -> None:
        self._leave_hq()
        stand_in(self.ledger.programme.zone)
        self._ask_who(manager)

    def _leave_hq(self) -> None:
        """Ask HQ no more what this till is; a request that hangs ends with the process."""
        if self._to_hq is not None:
            self._to_hq.close(PATIENCE_S)
            self._to_hq = None

    def _ask_who(self, known: SignedIn | None = None) -> None:
        node, notices = self.ledger.node, self._notices()
        till = Till(node.store_name, node.terminal_name, self._signed_in, notices)
        self.sign_in = SignInPresenter(self.ledger, self.lane, till)
        self.sign_in_view = SignInView(self.theme, self.sign_in)
        self._make_desk()
        if known is None:
            self.sign_in.open()
            self.stage.play(self.sign_in_view)
        else:
            self._signed_in(known)
        self.opened()

    def _notices(self) -> tuple[str, ...]:
        notices = []  # there is room for three
        if self.demo is not None and self._premises.way is None:
            notices.append(_("No HQ runs with this demo: the till stands alone."))
        elif key_store_of(self.settings, demo=self.demo is not None).notice == KEY_FILE_NOTICE:
            notices.append(_("The keys of the book lie in files of this account."))
        if self.demo is None and self.settings.backup_dir is None:
            notices.append(_("Backups lie on the same disk as the book: name a folder elsewhere."))
        if self.credentials is not None and self.show_credentials:
            shown = _("Demo: {name}, staff number {number}, PIN {pin}")
            logins = (self.credentials.manager, self.credentials.cashier)
            notices += [shown.format(name=i.name, number=i.number, pin=i.pin) for i in logins]
        return tuple(notices)

    def _make_desk(self) -> None:
        paper, printer = PAPERS[self.settings.paper_mm], self._printer()
        press = Press(self.ledger, self.lane, self.paper_lane, printer, paper)
        if self._premises.way is not None:
            at = (self._premises.way, self._clock, self.settings.data_dir / EXPORTS)
            self.link = Linked(self.ledger, self.lane, *at)
        doors = (self.lock, self._proof, self._parting.sign_out)
        around = Around(self.theme, self.stage, self.lane, press, Player(), *doors)
        self.desk = Desk(self.ledger, around, self.link)
        if self._premises.source is not None:
            self.keeping = Keeping(self.settings, self._premises.source, self._clock)
            self.keeping.begin(self.desk.shell)
        self._parting.begin(self.desk.window, self.link)
        self.stage.take_in(self.sign_in_view, self.desk.window)
        self._tidy.start()
        gc.collect()
        gc.freeze()  # what stays for ever is never looked at again, so no sale waits for it

    def _printer(self) -> ReceiptPrinter:
        """Return the printer of the settings; a wrong line there must not keep the till shut."""
        setting = self.settings.printer
        if setting == NO_PRINTER and self.demo is not None:
            setting = (self.settings.data_dir / "slips").absolute().as_uri() + "/"
        try:
            return open_printer(setting)
        except PrinterMisconfigured as fact:
            self._printer_trouble = sentence(fact)
            return open_printer(NO_PRINTER)

    def _signed_in(self, operator: SignedIn) -> None:
        assert self.desk is not None, "the desk is built before anybody signs in"
        self._parting.somebody_came()
        self.stage.play(self.desk.window)
        self.desk.sign_in(operator, self._printer_trouble)

    def lock(self) -> None:
        """Lock the till; the order stays where it is."""
        desk, sign_in = self._covered()
        sign_in.lock(desk.shell.operator)

    def sign_out(self) -> None:
        """Let the operator go; whoever comes next signs in."""
        desk, sign_in = self._covered()
        desk.shell.home()
        sign_in.open()

    def _covered(self) -> tuple[Desk, SignInPresenter]:
        assert self.desk is not None, "only an open till is left"
        assert self.sign_in is not None, "only an open till is left"
        self.desk.rest()
        self.stage.play(self.sign_in_view)
        return self.desk, self.sign_in

    def _scanned(self, code: str) -> None:
        if self.desk is not None and self.stage.scene is self.desk.window:
            self.desk.shell.scanned(code)
        elif self.sign_in is not None:
            self.sign_in.scanned(code)

    def _cannot_open(self, fact: PosError) -> None:
        if isinstance(fact, NoLedger):  # its founding was cut off
            self._first_start(None)
        else:
            self.stage.wait.tell(_("The book cannot be opened"), sentence(fact))

    def _tidy_up(self) -> None:
        self.lane.run(self.ledger.tidy, done=_nothing, failed=_ignored)


def _no_proof(_receipt: Receipt, _raster: Raster) -> None:
    """Nobody keeps the picture of the slip."""


def _nothing(*_answer: object) -> None:
    """Nobody waits for this."""


def _ignored(fact: PosError) -> None:
    """Log what failed behind the scenes; the next act meets it in front."""
    logging.getLogger(__name__).info("behind the scenes: %s", type(fact).__name__)
