"""The window's presenter: keys, scans and pages in; who sees what, out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from pos_app.errors import PosError
from pos_app.ids import MemberId, OperatorId
from pos_app.language import _
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.today import of_operator
from pos_app.money import Money
from pos_app.ui.copies.state import CopiesState
from pos_app.ui.parts.link import SyncState
from pos_app.ui.shell import status
from pos_app.ui.shell.scans import ScanDoors, ScanRouter
from pos_app.ui.shell.screens import Screens, ShellBack
from pos_app.ui.shell.state import Notice, ShellState, StatusEntry
from pos_app.ui.shell.ways import COUNTER, MEMBER, REFUND, SYNC, TOP_UP, PageDoor, ShellWays
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

OFFER_MS = 12_000


class ShellPresenter:
    """Knows who works here, which page is shown, and where keys and scans go."""

    def __init__(self, ledger: Ledger, work: Work, ways: ShellWays) -> None:
        self._ledger = ledger
        self._work = work
        self._ways = ways
        self._operator: SignedIn | None = None
        self._pages: dict[str, PageDoor] = {}
        self._devices = status.first_devices()
        self._behind = timedelta(0)
        self._link: SyncState | None = None
        self._copies = CopiesState()
        self._post: Callable[[Notice], None] = _unheard
        self.sheet_open: Callable[[], bool] = _none_open
        self.show_held: Callable[[], None] = _nothing
        self.begin_look_up: Callable[[], None] = _nothing
        self.sync_now: Callable[[], None] = _nothing
        self.shown = Shown(ShellState())
        back = ShellBack(self._operator_id, self._told, self._top_up_by, self._held_wanted)
        self._screens = Screens(ledger, work, ways, back)
        self.counter = self._screens.counter
        self.checkout = self._screens.checkout
        self.second_factor = self._screens.second_factor
        self.points = self._screens.points
        self._router = ScanRouter(self._scan_doors())

    @property
    def operator(self) -> SignedIn:
        assert self._operator is not None, "nobody has signed in"
        return self._operator

    @property
    def busy(self) -> bool:
        """Say whether a payment is under way or unknown, so that nothing may interrupt it."""
        return self.checkout.shown.state.locked

    def add_page(self, name: str, door: PageDoor) -> None:
        self._pages[name] = door

    def attach_notices(self, post: Callable[[Notice], None]) -> None:
        self._post = post

    def sign_in(self, operator: SignedIn) -> None:
        """Begin, or go on after a lock, with this operator at the till."""
        self._operator = operator
        self._work.run(self._house, done=self._housed, failed=self._failed)
        self.refresh()

    def refresh(self) -> None:
        """Read again what may have changed: home page, member, shelf, clock."""
        self.counter.refresh()
        self.checkout.refresh()
        self.check_clock()

    def renew(self) -> None:
        """Read everything again, and go to HQ for what is new there."""
        self.refresh()
        self.sync_now()

    def check_clock(self) -> None:
        self._work.run(self._ledger.clock_behind, done=self._clock_read, failed=self._failed)

    def set_device(self, name: str, text: str, tone: str = "mute") -> None:
        """Say how a device is: `printer`, `scanner` or `display`."""
        self._devices[name] = replace(self._devices[name], text=text, tone=tone)
        self._show_status()

    def show_link(self, link: SyncState) -> None:
        """Show how the link to HQ fares: in the status bar, on the rail, and in the banner."""
        self._link = link
        banner = status.banner_of(self._behind, link)
        self._change(link=status.rail_mark(link), banner=banner)
        self._show_status()

    def show_copies(self, copies: CopiesState) -> None:
        """Say once that a copy is not made, and as long as it is not in the status bar."""
        self._copies = copies
        self._show_status()
        self.explain_copies()

    def explain_copies(self) -> None:
        """Say which copy is not made, and why."""
        if self._copies.sentence:
            self.say(self._copies.sentence, "warn")

    def show_sync(self) -> None:
        """Open the list of what waits, from banner or status bar."""
        self.go(SYNC)

    def say(self, text: str, tone: str = "info") -> None:
        """Show a toast."""
        self._post(Notice(text, tone))

    def go(self, page: str) -> None:
        """Show a page of the rail, for the member at the counter if there is one."""
        if page != COUNTER and page not in self._pages:
            return
        self._change(page=page)
        if page == COUNTER:
            self.counter.refresh()
        else:
            member = self.counter.member
            self._pages[page].open(member.id if member else None)

    def home(self) -> None:
        """Come back from a page to the counter and the amount."""
        self.go(COUNTER)
        self.checkout.focus_amount()

    def serve(self, member: MemberId) -> None:
        """Open a member at the counter, from any page or sheet."""
        self._change(page=COUNTER)
        self.counter.open(member)

    def scanned(self, code: str) -> None:
        """Take a code from the scanner."""
        self._router.scanned(code)

    def register(self, typed: str = "") -> None:
        digits = "".join(filter(str.isdecimal, typed))
        self._ways.register(digits)

    def details(self) -> None:
        """Show everything about the member at the counter."""
        if self._needs_member():
            self.go(MEMBER)

    def top_up(self) -> None:
        reason = self._loaded_reason("top_up_reason")
        if reason:
            self.say(reason, "warn")
        elif self._needs_member():
            self.go(TOP_UP)

    def refund(self) -> None:
        self.go(REFUND)

    def use_points(self) -> None:
        reason = self._loaded_reason("points_reason")
        quote, member = self.checkout.quote, self.checkout.member
        if reason:
            self.say(reason, "warn")
        elif self._needs_member() and member is not None:
            self.points.open(self.checkout.order, quote, member)

    def open_drawer(self) -> None:
        self._ways.ask_drawer()

    def reprint(self) -> None:
        """Print the sale on the panel again, or else the last slip of all."""
        if self.checkout.shown.state.finished is not None:
            self.checkout.reprint()
        else:
            self._ways.reprint_last()

    def lock(self) -> None:
        """Lock the terminal, with the order kept; never in the middle of a payment."""
        if not self.busy:
            self.second_factor.cancel()
            self.points.close()
            self._ways.lock()

    def sign_out(self) -> None:
        """Let the operator go; an order that is open is finished or held before."""
        if self.counter.member is not None or self.checkout.shown.state.amount:
            self.say(_("Finish this order first, or hold it (F8)."), "warn")
        else:
            self._ways.sign_out()

    def offer(self, text: str, action: str, acted: Callable[[], None]) -> None:
        """Show a toast with a step that can be taken, long enough to read it."""
        self._post(Notice(text, "warn", action, acted, OFFER_MS))

    def escape(self) -> None:
        """Close one layer: the list, the page, the panel's last step, then the member."""
        if self.counter.clear_lookup():
            self.checkout.focus_amount()
        elif self.shown.state.page != COUNTER:
            self.home()
        elif not self.checkout.escape():
            self.counter.drop()
            self.begin_look_up()

    def _operator_id(self) -> OperatorId:
        return self.operator.id

    def _house(self) -> tuple[str, int]:
        node = self._ledger.node
        orders = of_operator(self._ledger, self.operator.id).orders
        return f"{node.store_name} · {node.terminal_name}", orders

    def _housed(self, house: tuple[str, int]) -> None:
        who = f"{self.operator.name} · {self.operator.number}"
        self._change(who=who, where=house[0])
        self.checkout.set_number(house[1] + 1)

    def _clock_read(self, behind: timedelta) -> None:
        self._behind = behind
        self._change(banner=status.banner_of(behind, self._link))
        self._show_status()

    def _show_status(self) -> None:
        items: tuple[StatusEntry, ...] = (
            status.ledger_entry(self._behind),
            status.link_entry(self._link),
            *status.copies_entries(self._copies),
            *(self._devices[name] for name in status.DEVICES),
        )
        self._change(status=items)

    def _told(self, notice: Notice) -> None:
        self._post(notice)

    def _sheet_open(self) -> bool:
        return self.sheet_open()

    def _held_wanted(self) -> None:
        self.show_held()

    def _needs_member(self) -> bool:
        if self.counter.member is None:
            self.say(_("Find the member first (F1), or scan the code."))
        return self.counter.member is not None

    def _loaded_reason(self, name: str) -> str:
        return str(getattr(self.counter.shown.state.loaded, name, ""))

    def _top_up_by(self, gap: Money) -> None:
        if self.counter.member is not None:
            self.go(TOP_UP)
            self._ways.top_up(self.counter.member.id, gap)

    def _refuse_scan(self, text: str) -> None:
        self._ways.sound("not_found")
        self.say(text, "warn")

    def _failed(self, fact: PosError) -> None:
        self.say(sentence(fact), "danger")

    def _change(self, **changes: Any) -> None:  # noqa: ANN401 -- the fields of the state
        self.shown.show(replace(self.shown.state, **changes))

    def _scan_doors(self) -> ScanDoors:
        return ScanDoors(
            counter=self.counter,
            checkout=self.checkout,
            second_factor=self.second_factor,
            sheet_scan=self._ways.sheet_scan,
            sheet_open=self._sheet_open,
            page=lambda: self._pages.get(self.shown.state.page),
            pages=self._pages.get,
            go=self.go,
            refuse=self._refuse_scan,
        )


def _unheard(_notice: Notice) -> None:
    """Nobody listens yet."""


def _none_open() -> bool:
    return False


def _nothing() -> None:
    """Do nothing until the view is there."""
