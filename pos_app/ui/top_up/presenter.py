"""Sells stored value: shows what a sum brings before any money is taken, then takes it once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, new_id
from pos_app.language import _
from pos_app.ledger import topups
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.receipts import TopUpReceipt
from pos_app.ledger.rights import NeedsApproval
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.prepaid_law import Payer
from pos_app.ledger.rules.topup import TopUpOffer, TopUpRefused
from pos_app.money import Money, NotAnAmount, parse_money
from pos_app.security.evidence import Approval
from pos_app.ui.approval.presenter import ApprovalAsk, ApprovalPresenter
from pos_app.ui.formats import entry, money
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.top_up import words
from pos_app.ui.top_up.document import DocumentPresenter
from pos_app.ui.top_up.opening import Opened, open_page
from pos_app.ui.top_up.state import TopUpState
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class TopUpExits:
    """Where the page leads: a slip to print, the way back, another look at the last slip."""

    topped_up: Callable[[TopUpReceipt], None]
    closed: Callable[[], None]
    print_again: Callable[[int], None]


class TopUpPresenter:
    """One page, one wish at a time; an answer for another member or sum is dropped."""

    def __init__(
        self, ledger: Ledger, work: Work, operator: Callable[[], SignedIn], exits: TopUpExits
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._operator = operator
        self._exits = exits
        self._member_id: MemberId | None = None
        self._member: MemberAtCounter | None = None
        self._amount: Money | None = None
        self._offer: TopUpOffer | None = None
        self._intent = IntentId(new_id())
        self._receipt: TopUpReceipt | None = None
        self.approval = ApprovalPresenter(ledger, work)
        self.document = DocumentPresenter(ledger.today, self._show_cta)
        self.shown = Shown(TopUpState())

    def open(self, member: MemberId | None, amount: Money | None = None) -> None:
        """Begin a top-up of this member, perhaps with a sum; with nobody, ask for one."""
        self._member_id, self._member, self._receipt = member, None, None
        self._forget_sum()
        self.approval.close()
        self.document.close()
        self.shown.show(TopUpState(tenders=words.tender_choices(), tender=Tender.WECHAT.value))
        self._show_cta()
        if member is not None:
            if amount is not None:
                self.choose(amount.minor)
            self._work.run(
                lambda: open_page(self._ledger, member),
                done=lambda opened: self._opened(member, opened),
                failed=self._failed,
            )

    def choose(self, fen: int) -> None:
        """Take a ladder sum, or the largest acceptable one."""
        self.type_amount(entry(Money(fen)))

    def add(self, fen: int) -> None:
        """Add to the sum, for fingers."""
        before = self._amount or Money()
        self.type_amount(entry(before + Money(fen)))

    def type_amount(self, text: str) -> None:
        """Follow the sum as it is typed."""
        if self.shown.state.busy:
            return
        self._forget_sum()
        try:
            self._amount = parse_money(text) if text else None
        except NotAnAmount:
            self._amount = None
        chosen = self._amount.minor if self._amount else 0
        self.shown.show(replace(self._without_answer(), entry=text, chosen_fen=chosen))
        self._show_cta()
        self._ask_for_offer()

    def choose_tender(self, name: str) -> None:
        """Pay by this tender."""
        self.shown.show(replace(self.shown.state, tender=name))

    def choose_payer(self, *, company: bool) -> None:
        """Let a company pay, of which the law takes less cash."""
        self.shown.show(replace(self.shown.state, company=company))

    def confirm(self) -> None:
        """Take the money; a second press while it works does nothing."""
        if not self._blocked():
            self._commit(None)

    def scanned(self, code: str) -> bool:
        """Take a manager's badge while one is asked for."""
        return self.approval.scanned(code)

    def close(self) -> None:
        """Leave the page."""
        self.approval.close()
        self._exits.closed()

    def again(self) -> None:
        """Top the same member up once more."""
        self.open(self._member_id)

    def print_again(self) -> None:
        """Print the slip of the top-up just done once more."""
        if self._receipt is not None:
            self._exits.print_again(self._receipt.stamp.seq)

    def _opened(self, asked: MemberId, opened: Opened) -> None:
        if asked != self._member_id:
            return
        self._member = member = opened.member
        if opened.asks:
            self.document.ask(member.name, member.masked_name)
        self.shown.show(
            replace(
                self.shown.state,
                member=member.masked_name,
                tier=member.tier_name,
                contact=f"{member.masked_phone}  ·  {member.number}",
                before=words.before_facts(member),
                basis=opened.basis,
                presets=opened.presets,
                rule=opened.rule,
                closed=opened.closed,
            )
        )
        self._show_cta()
        self._ask_for_offer()

    def _ask_for_offer(self) -> None:
        member, amount = self._member_id, self._amount
        if member is None or not amount:
            return
        self._work.run(
            lambda: topups.offer(self._ledger, member, amount),
            done=lambda offer: self._offered(member, amount, offer),
            failed=lambda fact: self._not_offered(member, amount, fact),
        )

    def _offered(self, member: MemberId, amount: Money, offer: TopUpOffer) -> None:
        if (member, amount) != (self._member_id, self._amount) or self._member is None:
            return
        self._offer = offer
        self.shown.show(
            replace(
                self.shown.state,
                bonus=words.bonus_facts(offer),
                after=words.after_facts(self._member, offer),
            )
        )
        self._show_cta()

    def _not_offered(self, member: MemberId, amount: Money, fact: PosError) -> None:
        if (member, amount) != (self._member_id, self._amount):
            return
        if isinstance(fact, TopUpRefused):
            self.shown.show(replace(self.shown.state, refusal=words.refusal(fact)))
            self._show_cta()
        else:
            self._failed(fact)

    def _commit(self, approval: Approval | None) -> None:
        member, offer = self._member_id, self._offer
        assert member is not None, "an approval of a page that was left is void"
        assert offer is not None, "an approval of another sum is void"
        tender = Tender(self.shown.state.tender)
        wish = topups.TopUp(
            member,
            offer.amount,
            tender,
            self._operator().id,
            self._intent,
            approval,
            self.document.given(),
            Payer.COMPANY if self.shown.state.company else Payer.PERSON,
        )
        self.shown.show(replace(self.shown.state, busy=True, problem=""))
        self._show_cta()
        self._work.run(
            lambda: topups.top_up(self._ledger, wish),
            done=lambda receipt: self._done(wish, receipt),
            failed=lambda fact: self._not_done(wish, fact),
        )

    def _done(self, wish: topups.TopUp, receipt: TopUpReceipt) -> None:
        self._exits.topped_up(receipt)
        if wish.intent != self._intent:
            return
        self._receipt = receipt
        self.document.close()
        self._forget_sum()  # the second half of a double click finds nothing to take
        done = replace(self.shown.state, busy=False, outcome=words.outcome(receipt))
        self.shown.show(done)

    def _not_done(self, wish: topups.TopUp, fact: PosError) -> None:
        if wish.intent != self._intent:
            return
        self.shown.show(replace(self.shown.state, busy=False))
        self._show_cta()
        if isinstance(fact, NeedsApproval):
            self._ask_manager(wish)
        else:
            self._failed(fact)

    def _ask_manager(self, wish: topups.TopUp) -> None:
        what = _("Top-up of {amount} for {member}")
        ask = ApprovalAsk(
            Act.TOP_UP,
            wish.amount,
            wish.intent,
            self._operator(),
            what.format(amount=money(wish.amount), member=self.shown.state.member),
            words.why_manager(wish.amount, self._ledger.programme),
        )
        self.approval.ask(ask, self._commit)

    def _failed(self, fact: PosError) -> None:
        self.shown.show(replace(self.shown.state, busy=False, problem=sentence(fact)))
        self._show_cta()

    def _forget_sum(self) -> None:
        """Another sum is another wish with its own intent; an approval of the old one is void."""
        self._amount, self._offer = None, None
        self._intent = IntentId(new_id())
        if self.approval.shown.state.open:
            self.approval.close()

    def _without_answer(self) -> TopUpState:
        return replace(self.shown.state, bonus=(), after=(), refusal=None, problem="", outcome=None)

    def _show_cta(self) -> None:
        state = self.shown.state
        offer = self._offer
        blocked = self._blocked()
        cta = "" if offer is None else _("Take {amount}").format(amount=money(offer.amount))
        self.shown.show(replace(state, cta=cta, blocked=blocked))

    def _blocked(self) -> str:
        state = self.shown.state
        if self._member_id is None:
            return _("Find a member first")
        if state.closed:
            return _("Only while HQ can be reached")
        if state.busy:
            return _("Working …")
        return self._unanswered()

    def _unanswered(self) -> str:
        """Say what the cashier has still to choose or type."""
        if self.shown.state.refusal is not None:
            return _("This sum cannot be taken")
        if self._offer is None:
            return _("Choose or type a sum")
        return self.document.missing()
