"""Shows everything about one member, and lets it be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.language import _
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.origins import Figure, Origins, origins
from pos_app.ledger.receipts import ClosingReceipt
from pos_app.ledger.statements import Period, Statement, statement_of
from pos_app.ui.approval.presenter import ApprovalPresenter
from pos_app.ui.member_page import closing_words, deed_words, origin_words, tables, words
from pos_app.ui.member_page.cards import CardsPresenter
from pos_app.ui.member_page.closing import ClosingPresenter
from pos_app.ui.member_page.deeds import Deeds
from pos_app.ui.member_page.file import MemberFile, read_file
from pos_app.ui.member_page.state import DeedSheet, MemberPageState, StatementAsk
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class MemberPageExits:
    """Where the page leads, and the version of the text that a consent names."""

    closed: Callable[[], None]
    serve: Callable[[MemberId], None]
    top_up: Callable[[MemberId], None]
    refund: Callable[[MemberId], None]
    journal: Callable[[MemberId, str], None]
    tier: Callable[[MemberId], None]
    event: Callable[[MemberId, str, str], None]
    statement: Callable[[Statement], None]
    changed: Callable[[MemberId], None]
    account_closed: Callable[[ClosingReceipt], None]
    terms_version: str


class MemberPagePresenter:
    """A late answer about another member is dropped."""

    def __init__(
        self, ledger: Ledger, work: Work, operator: Callable[[], SignedIn], exits: MemberPageExits
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._operator = operator
        self._exits = exits
        self._member: MemberId | None = None
        self._file: MemberFile | None = None
        self.approval = ApprovalPresenter(ledger, work)
        self.shown = Shown(MemberPageState())
        self.closing = ClosingPresenter(ledger, work, operator, self._account_closed)
        self.cards = CardsPresenter(ledger, work, operator, self.done)
        self.deeds = Deeds(ledger, work, operator, self, exits.terms_version)

    @property
    def member(self) -> MemberId | None:
        """Whom the page is about."""
        return self._member

    def open(self, member: MemberId) -> None:
        """Read everything about this member."""
        self._member, self._file = member, None
        self.approval.close()
        self.shown.show(MemberPageState())
        self.cards.open(member)
        self._read("")

    def choose_tab(self, name: str) -> None:
        """Turn to another tab."""
        self.shown.show(replace(self.shown.state, tab=name))

    def hide_phone(self) -> None:
        """Mask the phone number again."""
        if self._file is not None:
            self.shown.show(replace(self.shown.state, identity=words.identity(self._file, "")))

    def close(self) -> None:
        """Leave the page."""
        self.hide_phone()
        self._exits.closed()

    def serve(self) -> None:
        """Take the member to the counter."""
        if self._member is not None:
            self._exits.serve(self._member)

    def top_up(self) -> None:
        """Sell stored value to this member."""
        if self._member is not None:
            self._exits.top_up(self._member)

    def refund(self) -> None:
        """Give something back to this member."""
        if self._member is not None:
            self._exits.refund(self._member)

    def explain_tier(self) -> None:
        """Show how this member's tier follows."""
        if self._member is not None:
            self._exits.tier(self._member)

    def close_account(self) -> None:
        """Begin to close the stored-value account."""
        if self._file is not None:
            self.closing.start(self._file.profile)

    def journal(self) -> None:
        """Show this member's lines of the journal."""
        if self._member is not None and self._file is not None:
            self._exits.journal(self._member, self._file.profile.masked_name)

    def explain_value(self) -> None:
        """Lead the balance back to its top-ups and the events of each."""
        self._explain(Figure.STORED_VALUE)

    def explain_points(self) -> None:
        """Lead the points and what is owed back to their events."""
        self._explain(Figure.POINTS, Figure.DEBT)

    def explain_coupons(self) -> None:
        """Lead the coupons in hand back to their events."""
        self._explain(Figure.COUPONS)

    def close_explained(self) -> None:
        """Close the sheet of a figure."""
        self.shown.show(replace(self.shown.state, derivation=None))

    def open_event(self, key: str) -> None:
        """Show one event in the journal of this member."""
        if self._member is not None and self._file is not None:
            self.close_explained()
            self._exits.event(self._member, self._file.profile.masked_name, key)

    def ask_statement(self) -> None:
        """Propose a statement of all days since the member joined."""
        if self._file is not None:
            first = self._file.profile.joined_on.isoformat()
            self._show_statement(StatementAsk(first, self._file.today.isoformat()))

    def close_statement(self) -> None:
        """Print none."""
        self._show_statement(None)

    def print_statement(self, first: str, last: str) -> None:
        """Print the stored-value statement of these days."""
        member, asked = self._member, StatementAsk(first, last)
        if member is None:
            return
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
        if period.last < period.first:
            problem = _("The last day is before the first.")
            self._show_statement(replace(asked, problem=problem))
            return
        self.close_statement()
        self._work.run(
            lambda: statement_of(self._ledger, member, period),
            done=self._exits.statement,
            failed=lambda fact: self._failed(member, fact),
        )

    def scanned(self, code: str) -> bool:
        """Take a card where one is to be bound, or a badge while a manager is asked for."""
        asked = self.approval.scanned(code) or self.closing.approval.scanned(code)
        if asked or self.deeds.scanned(code):
            return True
        return self.shown.state.tab == "cards" and self.cards.scanned(code)

    def show_sheet(self, sheet: DeedSheet | None) -> None:
        """Show the sheet of a deed, or none."""
        self.shown.show(replace(self.shown.state, sheet=sheet, notice=""))

    def done(self, notice: str) -> None:
        """Read everything again after a change."""
        if self._member is not None:
            self._exits.changed(self._member)
        self._read(notice)

    def revealed(self, phone: str) -> None:
        """Show the whole number; the view hides it again after ten seconds."""
        if self._file is not None:
            self.shown.show(replace(self.shown.state, identity=words.identity(self._file, phone)))

    def _explain(self, *figures: Figure) -> None:
        member, file = self._member, self._file
        if member is None or file is None:
            return
        self._work.run(
            lambda: tuple(origins(self._ledger, member, figure) for figure in figures),
            done=lambda found: self._explained(member, file, found),
            failed=lambda fact: self._failed(member, fact),
        )

    def _explained(self, member: MemberId, file: MemberFile, found: tuple[Origins, ...]) -> None:
        if member == self._member:
            shown = tuple(one for one in found if one.parts or one is found[0] or one.shown)
            self.shown.show(
                replace(self.shown.state, derivation=origin_words.derivation(shown, file))
            )

    def _show_statement(self, asked: StatementAsk | None) -> None:
        self.shown.show(replace(self.shown.state, statement=asked))

    def _account_closed(self, receipt: ClosingReceipt) -> None:
        self._exits.account_closed(receipt)
        self.done(_("Done: {what}").format(what=_("Close the stored-value account")))

    def _read(self, notice: str) -> None:
        member = self._member
        if member is None:
            return
        self._work.run(
            lambda: read_file(self._ledger, member),
            done=lambda file: self._opened(member, file, notice),
            failed=lambda fact: self._failed(member, fact),
        )

    def _opened(self, member: MemberId, file: MemberFile, notice: str) -> None:
        if member != self._member:
            return
        self._file = file
        self.deeds.about(file.profile)
        self.shown.show(
            replace(
                self.shown.state,
                identity=words.identity(file, ""),
                deeds=deed_words.buttons(file.profile, self._operator().role, file.waiting),
                overview=replace(words.overview(file), lots=tables.lot_rows(file)),
                value=tables.value_rows(file),
                points=tables.points_rows(file),
                coupons=words.tickets(file),
                tier=words.tier_sum(file),
                orders=tables.order_rows(file),
                no_closing=closing_words.why_not(file, self._operator()),
                problem="",
                notice=notice,
            )
        )

    def _failed(self, member: MemberId, fact: PosError) -> None:
        if member == self._member:
            self.shown.show(replace(self.shown.state, problem=sentence(fact)))
