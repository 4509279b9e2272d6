"""One sale that is being given back: how much, why, with whose consent, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import CouponId, EventId, IntentId, MemberId, new_id
from pos_app.language import _
from pos_app.ledger import refunds
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.receipts import RefundReceipt
from pos_app.ledger.refund_lookup import SaleOpen
from pos_app.ledger.refunds import PlanChanged
from pos_app.ledger.rights import NeedsApproval
from pos_app.ledger.rules.refund import RefundPlan
from pos_app.ledger.rules.refund_gifts import GiftEnd
from pos_app.ledger.rules.refund_selection import Selection
from pos_app.money import Money, NotAnAmount, parse_money
from pos_app.security.evidence import Approval
from pos_app.ui.approval.presenter import ApprovalAsk, ApprovalPresenter
from pos_app.ui.far import Far
from pos_app.ui.formats import money
from pos_app.ui.refund import settling, words
from pos_app.ui.refund.blocked import blocked
from pos_app.ui.refund.state import Mode, RefundState, Slip
from pos_app.ui.shown import Shown
from pos_app.ui.work import Work

_NOTHING: frozenset[int] = frozenset()


class Page(Protocol):
    """What the case needs of the page that holds it."""

    shown: Shown[RefundState]
    approval: ApprovalPresenter

    def refunded(self, receipt: RefundReceipt) -> None: ...

    def failed(self, fact: PosError) -> None: ...


class RefundCase:
    """Plans again after every change; gives back once, however often the button is pressed."""

    def __init__(
        self, ledger: Ledger, work: Work, operator: Callable[[], SignedIn], page: Page
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._operator = operator
        self._page = page
        self._sale: EventId | None = None
        self._opened: SaleOpen | None = None
        self._plan: RefundPlan | None = None
        self._chosen: frozenset[int] = _NOTHING
        self._ends: dict[CouponId, GiftEnd] = {}
        self._intent = IntentId(new_id())
        # The way to HQ, where there is one: it knows other tills' sales, and who returns them.
        self.far: Far | None = None
        self.receipt: RefundReceipt | None = None

    @property
    def serving(self) -> frozenset[MemberId]:
        """Return whose points were brought here for a return that is under way."""
        told = None if self._opened is None else self._opened.told
        member = None if told is None or self.receipt is not None else told.sale.member
        return frozenset() if member is None else frozenset({member})

    def forget(self) -> None:
        """Drop the sale; answers about it are late from now on."""
        self._sale, self._opened, self._plan, self.receipt = None, None, None, None
        self._chosen, self._ends = _NOTHING, {}
        self._intent = IntentId(new_id())
        self._page.approval.close()

    def expect(self, sale: EventId) -> None:
        """Remember which sale is being opened."""
        self.forget()
        self._sale = sale

    def expects(self, sale: EventId) -> bool:
        """Say whether an answer about this sale is still wanted."""
        return sale == self._sale

    def begin(self, opened: SaleOpen, slip: Slip) -> None:
        """Show the sale, with everything left of it chosen."""
        self._opened = opened
        itemised = opened.sold.itemised
        state = self._page.shown.state
        self._page.shown.show(
            replace(
                state,
                slip=slip,
                modes=words.modes(itemised=itemised),
                mode=Mode.WHOLE.value,
                units=words.unit_lines(opened, _NOTHING) if itemised else (),
                can_void=opened.can_void,
                void=False,
                void_note=words.void_note(opened.void_refusal),
                reason="",
                waivers=settling.waivers(),
                waiver="",
                typed="",
                entry="",
                busy=False,
                problem="",
                outcome=None,
            )
        )
        self._replan()

    def choose_mode(self, mode: str) -> None:
        """Give back everything, some units, or a sum."""
        self._page.shown.show(replace(self._page.shown.state, mode=mode, void=False))
        self._replan()

    def toggle_unit(self, index: int) -> None:
        """Choose a unit, or not."""
        if self._opened is None or index in self._opened.sold.returned_units:
            return
        self._chosen ^= {index}
        units = words.unit_lines(self._opened, self._chosen)
        state = replace(self._page.shown.state, units=units, mode=Mode.UNITS.value, void=False)
        self._page.shown.show(state)
        self._replan()

    def type_sum(self, text: str) -> None:
        """Follow the sum as it is typed."""
        self._page.shown.show(replace(self._page.shown.state, entry=text, void=False))
        self._replan()

    def choose_reason(self, code: str) -> None:
        """Say why."""
        self._page.shown.show(replace(self._page.shown.state, reason=code))
        self.show_cta()

    def settle_gift(self, key: str, end: str) -> None:
        """Say what becomes of a gift that is no longer deserved."""
        self._ends[CouponId(UUID(hex=key))] = GiftEnd(end)
        self._replan()

    def choose_waiver(self, code: str) -> None:
        """Say why a gift is let go."""
        self._page.shown.show(replace(self._page.shown.state, waiver=code))
        self.show_cta()

    def toggle_void(self) -> None:
        """Undo the whole sale of today instead of refunding it, or refund it after all."""
        state = self._page.shown.state
        if not state.can_void:
            return
        self._page.shown.show(replace(state, void=not state.void, mode=Mode.WHOLE.value))
        self._replan()

    def type_tail(self, text: str) -> None:
        """Follow the last digits of the slip, which prove that somebody read it."""
        self._page.shown.show(replace(self._page.shown.state, typed=text.strip()))
        self.show_cta()

    def confirm(self) -> None:
        """Give it back; a second press while it works does nothing."""
        if not blocked(self._page.shown.state) and self._plan is not None:
            self._commit(None)

    def show_cta(self) -> None:
        """Let the button say what it would do, or why it cannot."""
        state = self._page.shown.state
        verb = _("Void {amount}") if state.void else _("Refund {amount}")
        total = state.planned.total if state.planned is not None else ""
        cta = verb.format(amount=total) if total else ""
        self._page.shown.show(replace(state, cta=cta, blocked=blocked(state)))

    def _replan(self) -> None:
        """Another selection is another wish: it gets its own intent."""
        self._plan, self._intent = None, IntentId(new_id())
        self._page.approval.close()
        self._page.shown.show(replace(self._page.shown.state, planned=None, problem=""))
        self.show_cta()
        sale, selection = self._sale, self._selection()
        if sale is None or self._opened is None or selection == _NOTHING:
            return
        intent, ends, told = self._intent, dict(self._ends), self._opened.told
        self._work.run(
            lambda: refunds.plan(self._ledger, sale, selection, ends, told=told),
            done=lambda plan: self._planned(intent, plan),
            failed=lambda fact: self._not_planned(intent, fact),
        )

    def _planned(self, intent: IntentId, plan: RefundPlan) -> None:
        if intent == self._intent:
            self._plan = plan
            planned = words.planned(plan, self._ledger.programme, self._ends)
            self._page.shown.show(replace(self._page.shown.state, planned=planned))
            self.show_cta()

    def _not_planned(self, intent: IntentId, fact: PosError) -> None:
        if intent == self._intent:
            self._page.failed(fact)

    def _commit(self, approval: Approval | None) -> None:
        sale, plan, state = self._sale, self._plan, self._page.shown.state
        assert sale is not None, "an approval of a sale that was left is void"
        assert plan is not None, "an approval of another plan is void"
        wish = refunds.Refund(
            sale,
            self._selection(),
            plan,
            state.reason,
            self._operator().id,
            self._intent,
            approval=approval,
            void=state.void,
            waiver=state.waiver,
        )
        self._page.shown.show(replace(state, busy=True, problem=""))
        self.show_cta()
        work, refund = self._way()
        work.run(
            lambda: refund(wish),
            done=lambda receipt: self._done(wish, receipt),
            failed=lambda fact: self._not_done(wish, fact),
        )

    def _way(self) -> tuple[Work, Callable[[refunds.Refund], RefundReceipt]]:
        """Return by which lane a return is committed: HQ is asked first where there is one."""
        if self.far is None:
            return self._work, partial(refunds.refund, self._ledger)
        return self.far.work, self.far.errands.refund

    def _done(self, wish: refunds.Refund, receipt: RefundReceipt) -> None:
        self._page.refunded(receipt)
        if wish.intent != self._intent:
            return
        self.receipt = receipt
        self._plan = None  # the second half of a double click finds nothing to give back
        state = self._page.shown.state
        self._page.shown.show(replace(state, busy=False, outcome=words.outcome(receipt)))

    def _not_done(self, wish: refunds.Refund, fact: PosError) -> None:
        if wish.intent != self._intent:
            return
        self._page.shown.show(replace(self._page.shown.state, busy=False))
        if isinstance(fact, NeedsApproval):
            self.show_cta()
            self._ask_manager(fact)
        elif isinstance(fact, PlanChanged):
            self._planned(wish.intent, fact.fresh)
            self._page.failed(fact)
        else:
            self._page.failed(fact)

    def _ask_manager(self, needed: NeedsApproval) -> None:
        state = self._page.shown.state
        number = state.slip.number if state.slip is not None else ""
        # What the button says: the act also counts the points that come back.
        total = money(needed.amount) if state.planned is None else state.planned.total
        what = _("Refund of {amount} for slip {slip}").format(amount=total, slip=number)
        rule = settling.consent(state)
        ask = ApprovalAsk(needed.act, needed.amount, self._intent, self._operator(), what, rule)
        self._page.approval.ask(ask, self._commit)

    def _selection(self) -> Selection:
        state = self._page.shown.state
        if state.mode == Mode.UNITS.value:
            return self._chosen
        if state.mode == Mode.SUM.value:
            return _sum_of(state.entry) or _NOTHING
        return None


def _sum_of(text: str) -> Money | None:
    try:
        return parse_money(text)
    except NotAnAmount:
        return None
