"""The counter of one open ledger, put together: every screen, where it leads, what it prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from pos_app.devices.sound import Player, Sound
from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, new_id
from pos_app.language import _
from pos_app.ledger.drawer import record_opening
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.linked import Linked
from pos_app.lookout import Lookout
from pos_app.money import Money
from pos_app.raster import Raster
from pos_app.ui.journal_page.presenter import JournalPresenter
from pos_app.ui.journal_page.view import JournalView
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme
from pos_app.ui.member_page.presenter import MemberPageExits, MemberPagePresenter
from pos_app.ui.member_page.view import MemberPageView
from pos_app.ui.members_page.presenter import MembersExits, MembersPresenter
from pos_app.ui.members_page.view import MembersView
from pos_app.ui.operators_page.presenter import OperatorsExits, OperatorsPresenter
from pos_app.ui.operators_page.view import OperatorsView
from pos_app.ui.paper.press import Press, PressRoom
from pos_app.ui.paper.slips import Receipt
from pos_app.ui.parts.link import SyncState
from pos_app.ui.refund.presenter import RefundExits, RefundPresenter
from pos_app.ui.refund.view import RefundView
from pos_app.ui.register.presenter import RegisterExits, RegisterPresenter
from pos_app.ui.register.terms import VERSION
from pos_app.ui.register.view import RegisterSheet
from pos_app.ui.shell.presenter import ShellPresenter
from pos_app.ui.shell.view import MainWindow, Page, WindowHabits
from pos_app.ui.shell.ways import (
    JOURNAL,
    MEMBER,
    MEMBERS,
    OPERATORS,
    REFUND,
    TOP_UP,
    PageDoor,
    ShellWays,
    stay,
)
from pos_app.ui.text import sentence
from pos_app.ui.tier.presenter import TierPresenter
from pos_app.ui.tier.view import TierSheet
from pos_app.ui.top_up.presenter import TopUpExits, TopUpPresenter
from pos_app.ui.top_up.view import TopUpView
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds a desk: looks, the window, the ledger's lane, press, sounds, the lock."""

    theme: Theme
    host: QWidget
    lane: Work
    press: Press
    player: Player
    lock: Callable[[], None]
    proof: Callable[[Receipt, Raster], None]
    sign_out: Callable[[], None] = stay


class Desk:
    """Holds the screens of one ledger together for as long as the program runs."""

    def __init__(self, ledger: Ledger, around: Around, link: Linked | None = None) -> None:
        """`link` leads to HQ, where the ledger belongs to one."""
        self._ledger = ledger
        self._around = around
        self._link = link
        self._beats = 0
        self.shell = ShellPresenter(ledger, around.lane, self._ways())
        self._make_presenters()
        self.top_up_view = TopUpView(around.theme, self.top_up)
        self.refund_view = RefundView(around.theme, self.refund)
        self.journal_view = JournalView(around.theme, self.journal)
        habits = WindowHabits(idle_seconds=ledger.programme.session.idle_lock_seconds)
        self.window = MainWindow(around.theme, self.shell, self._pages(), habits)
        self.lookout.shows_in(self.window.rail, self.journal_view)
        self.register_sheet = RegisterSheet(around.theme, around.host, self.register)
        self.tier_sheet = TierSheet(around.theme, around.host, self.tier)
        self.window.counter.member.card.tier_wanted.connect(self._explain_tier)
        if link is not None:
            link.begin(self.shell)
            link.sync.serving = self.serving
            link.sync.shown.attach(self._heard)
            self.shell.checkout.cover_by(link.cover)
            self.member.closing.cover_by(link.cover)
            self.refund.case.far = self.member.deeds.far = link.far
        self.window.idle.rest()  # nobody works here yet
        around.press.room = PressRoom(
            self._printed, self._unprinted, self._refused, around.proof, self.shell.say
        )
        if not around.press.is_present:
            self.shell.set_device("printer", _("No printer"))

    def sign_in(self, operator: SignedIn, trouble: str = "") -> None:
        """Let an operator begin, or go on after a lock; tell them what does not work today."""
        self.shell.sign_in(operator)
        if self.shell.shown.state.page == OPERATORS:
            self.operators.open()  # what it shows depends on who looks
        if trouble:
            self.shell.say(trouble, "warn")
        self.lookout.count()
        self.window.idle.begin()
        if self._around.press.is_present:
            self._around.press.print_pending()

    def serving(self) -> frozenset[MemberId]:
        """Return whose order is under way: their rights stay here until it is done or left."""
        member = self.shell.checkout.member
        at_counter = {member.id} if member else set()
        return self.member.closing.serving | self.refund.serving | at_counter

    def rest(self) -> None:
        """Stop counting the idle time and put every sheet away: somebody has to sign in."""
        self.window.idle.rest()
        for sheet in self._around.host.findChildren(Sheet):
            sheet.dismiss()

    def _make_presenters(self) -> None:
        ledger, lane, shell = self._ledger, self._around.lane, self.shell
        again = self._around.press.print_again
        who = self._operator
        found = MembersExits(self._open_member, shell.serve, shell.register)
        self.members = MembersPresenter(ledger, lane, found)
        self.top_up = TopUpPresenter(ledger, lane, who, TopUpExits(self._done, shell.home, again))
        self.refund = RefundPresenter(ledger, lane, who, RefundExits(self._done, shell.home, again))
        self.tier = TierPresenter(ledger, lane, self._journal_of, shell.say)
        self.member = MemberPagePresenter(ledger, lane, who, self._member_exits())
        self.journal = JournalPresenter(ledger, lane, again)
        self.operators = OperatorsPresenter(ledger, lane, who, OperatorsExits(shell.sign_in))
        self.lookout = Lookout(ledger, lane, shell, (self._show_event, self._open_member))
        joined = RegisterExits(self._registered, lambda: None)
        self.register = RegisterPresenter(ledger, lane, who, joined)

    def _member_exits(self) -> MemberPageExits:
        return MemberPageExits(
            closed=self.shell.home,
            serve=self.shell.serve,
            top_up=self._top_up_for,
            refund=self._refund_for,
            journal=self._journal_of,
            tier=self.tier.explain,
            event=self._journal_of,
            statement=lambda made: self._around.press.print_statement(made, self._operator()),
            changed=lambda _member: self.shell.refresh(),
            account_closed=self._around.press.print,
            terms_version=VERSION,
        )

    def _pages(self) -> tuple[Page, ...]:
        theme = self._around.theme
        members = PageDoor(lambda _member: self.members.open())
        top_up = PageDoor(self.top_up.open, self.top_up.scanned)
        refund = PageDoor(self.refund.open, self.refund.scanned)
        journal = PageDoor(lambda _member: self.journal.open())
        return (
            Page(MEMBERS, _("Members"), "users", MembersView(theme, self.members), members),
            Page(TOP_UP, _("Top-up"), "wallet", self.top_up_view, top_up),
            Page(REFUND, _("Refund"), "undo-2", self.refund_view, refund),
            Page(JOURNAL, _("Journal"), "receipt-text", self.journal_view, journal),
            *self._pages_with_sheets(),
        )

    def _pages_with_sheets(self) -> tuple[Page, ...]:
        theme, host, link = self._around.theme, self._around.host, self._link
        staff = OperatorsView(theme, host, self.operators)
        operators = PageDoor(lambda _member: self.operators.open())
        about = MemberPageView(theme, host, self.member)
        member = PageDoor(self._open_page_of, self.member.scanned)
        return (
            *(() if link is None else (link.page_of(theme, host),)),
            Page(OPERATORS, _("Operators"), "id-card", staff, operators),
            self.lookout.page_of(theme),
            Page(MEMBER, "", "id-card", about, member),
        )

    def _ways(self) -> ShellWays:
        press = self._around.press
        return ShellWays(
            print_slip=press.print,
            sold=lambda _receipt: None,  # the panel shows it, the press prints it
            open_drawer=press.open_drawer,
            ask_drawer=self._ask_drawer,
            reprint_last=press.print_latest,
            sound=self._sound,
            register=self._register,
            lock=self._around.lock,
            top_up=self._top_up_for,
            sheet_scan=self._sheet_scan,
            sign_out=self._sign_out,
        )

    def _operator(self) -> SignedIn:
        return self.shell.operator

    def _register(self, digits: str) -> None:
        self.register_sheet.open_for(digits)

    def _registered(self, member: MemberId) -> None:
        self.register_sheet.dismiss()
        self.shell.serve(member)

    def _sheet_scan(self, code: str) -> bool:
        consent = self._link is not None and self._link.page.approval.scanned(code)
        return consent or self.register.scanned(code) or self.member.scanned(code)

    def _open_member(self, member: MemberId) -> None:
        self.shell.serve(member)
        self.shell.go(MEMBER)  # before the counter has answered, so the page is told who it is
        self.member.open(member)

    def _open_page_of(self, member: MemberId | None) -> None:
        if member is not None:
            self.member.open(member)

    def _top_up_for(self, member: MemberId, amount: Money | None = None) -> None:
        self.shell.go(TOP_UP)
        self.top_up.open(member, amount)

    def _refund_for(self, member: MemberId) -> None:
        self.shell.go(REFUND)
        self.refund.open(member)

    def _journal_of(self, member: MemberId, name: str, event: str | int = "") -> None:
        self.shell.go(JOURNAL)
        self.journal.open(member, name)
        if event:
            self.journal.explain(str(event))

    def _explain_tier(self) -> None:
        if (member := self.shell.counter.member) is not None:
            self.tier.explain(member.id)

    def _show_event(self, seq: int) -> None:
        """Open an event of an alert in the journal."""
        self.shell.go(JOURNAL)
        self.journal.explain(str(seq))

    def _sign_out(self) -> None:
        self._around.sign_out()
        self.lookout.look_around()

    def _heard(self, link: SyncState) -> None:
        """Read the member at the counter anew whenever the courier has come back from HQ."""
        if link.beats != self._beats:
            self._beats = link.beats
            self.shell.counter.look_again(self.shell.checkout.know)

    def _done(self, receipt: Receipt) -> None:
        """Print what a page has committed, and read the counter anew."""
        self._around.press.print(receipt)
        self.shell.refresh()

    def _ask_drawer(self) -> None:
        intent, operator = IntentId(new_id()), self._operator().id
        self._around.lane.run(
            lambda: record_opening(self._ledger, operator, intent=intent),
            done=lambda _nothing: self._around.press.open_drawer(),
            failed=self._say,
        )

    def _sound(self, name: str) -> None:
        self._around.player.play(Sound[name.upper()])

    def _say(self, fact: PosError) -> None:
        self.shell.say(sentence(fact), "warn")

    def _printed(self, receipt: Receipt, words: str) -> None:
        if self._around.press.is_present:
            self._tell_panel(receipt, words)
            self.shell.set_device("printer", _("Printer ready"))

    def _unprinted(self, receipt: Receipt, words: str) -> None:
        self._tell_panel(receipt, words)
        self._refused(words)

    def _refused(self, words: str) -> None:
        self.shell.set_device("printer", _("Printer trouble"), "warn")
        self.shell.say(words, "warn")

    def _tell_panel(self, receipt: Receipt, words: str) -> None:
        """Say under a success what became of its slip, and never of another one's."""
        done = self.shell.checkout.shown.state.finished
        if done is not None and done.slip == receipt.stamp.slip:
            self.shell.checkout.printed(words)
