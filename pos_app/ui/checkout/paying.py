"""From the press of the one button to the receipt, with HQ asked in between where it must be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from pos_app.errors import PosError
from pos_app.language import _
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.offline import RightsDue
from pos_app.ledger.returns import return_due
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.points_use import PointsRefused
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.sales import QuoteChanged
from pos_app.ui.checkout import covering
from pos_app.ui.checkout.charge import Changed, Charge, GivenUp, Outcome, Refused, Taken, Unknown
from pos_app.ui.checkout.desk import Desk
from pos_app.ui.checkout.doors import CheckoutDoors, Cover, nothing_to_cover
from pos_app.ui.checkout.outcomes import notice_of
from pos_app.ui.checkout.supply import supplied
from pos_app.ui.checkout.wish import Short, Wish
from pos_app.ui.checkout.wording import CHECK_AGAIN
from pos_app.ui.work import Work


class Paying:
    """Leads one payment at a time; an answer of HQ that nobody waits for changes nothing."""

    def __init__(
        self,
        ledger: Ledger,
        work: Work,
        doors: CheckoutDoors,
        desk: Desk,
        choose_tender: Callable[[str], None],
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._doors = doors
        self._desk = desk
        self._choose_tender = choose_tender
        self._charge = Charge(ledger, work, doors, self._reported)
        self.cover: Cover = nothing_to_cover
        self._acts = {
            CHECK_AGAIN: self.check_again,
            covering.CANCEL: self.stop,
            covering.HELD_ONLY: self._without_hq,
            covering.CASH_FIRST: self._cash_first,
        }

    def take(self, quote: Quote) -> None:
        """Take what is shown."""
        basket = self._desk.now.basket
        counted = self._desk.shown.state.cash is not None and bool(basket.received)
        received = basket.received_sum if counted else None
        self._go_on(Wish(quote, self._desk.now.member, received))

    def check_again(self) -> None:
        """Look up whether the payment is in the book."""
        self._charge.check_again()

    def stop(self) -> None:
        """Wait for HQ no longer; the order stays as it is."""
        if self._desk.now.fetching is not None:
            self._desk.paint(fetching=None)
            self._doors.say(_("Stopped. Nothing was taken."), "info")

    def act(self, name: str) -> None:
        """Do what a notice about a payment offers."""
        if name in self._acts:
            self._acts[name]()

    def _without_hq(self) -> None:
        """Go on with what is held here, and the rest by another tender."""
        now = self._desk.now
        way = covering.without_hq(now.member, now.basket.way, now.last_external)
        self._desk.edit(replace(now.basket, held_only=True, way=way, received="", share=""))

    def _cash_first(self) -> None:
        basket = replace(self._desk.now.basket, held_only=True)
        self._desk.now = replace(self._desk.now, basket=basket)
        self._choose_tender(Tender.CASH.value)

    def _go_on(self, wish: Wish) -> None:
        self._desk.paint(busy=_("Processing…"), fetching=None, notice=None)
        self._charge.take(wish)

    def _reported(self, outcome: Outcome) -> None:
        if isinstance(outcome, Taken):
            self._sold(outcome)
            return
        if isinstance(outcome, Short):
            self._fetch(outcome)
            return
        shown = self._desk.now.quote
        times = outcome.times + 1 if isinstance(outcome, Unknown) else 0
        notice = notice_of(outcome, shown)
        self._desk.paint(busy="", fetching=None, unknown=times, notice=notice)
        self._follow(outcome)

    def _follow(self, outcome: Outcome) -> None:
        """Do what an outcome asks for beside being told."""
        if isinstance(outcome, Changed):
            self._desk.show_price(outcome.fresh)
            if outcome.fresh.missing:
                self._read_member_anew()
        elif isinstance(outcome, Refused) and isinstance(outcome.fact, PointsRefused):
            self._desk.edit(self._desk.now.basket)
        elif isinstance(outcome, Refused) and isinstance(outcome.fact, RightsDue):
            self._work.run(
                lambda: return_due(self._ledger), done=self._went_back, failed=self._failed
            )
        elif isinstance(outcome, GivenUp) and outcome.other_tender:
            self._choose_tender(self._desk.now.last_external.value)

    def _fetch(self, short: Short) -> None:
        self._desk.paint(busy="", fetching=short)
        answered = partial(self._answered, short)
        self.cover(short.owner.id, short.wants, answered, partial(self._not_covered, short))

    def _answered(self, short: Short, _nothing: None) -> None:
        if self._desk.now.fetching is short:
            self._work.run(
                lambda: supplied(self._ledger, short),
                done=partial(self._supplied, short),
                failed=partial(self._not_covered, short),
            )

    def _supplied(self, short: Short, now: tuple[Wish, MemberAtCounter]) -> None:
        if self._desk.now.fetching is short:
            wish, member = now
            self._desk.now = replace(self._desk.now, member=member)
            self._go_on(wish)

    def _not_covered(self, short: Short, fact: PosError) -> None:
        if self._desk.now.fetching is not short:
            return
        if isinstance(fact, QuoteChanged):
            self._reported(Changed(fact.fresh))
            return
        way, other = self._desk.now.basket.way, self._desk.now.last_external
        notice = covering.uncovered(fact, short, way, other)
        self._desk.paint(fetching=None, notice=notice)

    def _went_back(self, _count: int) -> None:
        self._read_member_anew()

    def _read_member_anew(self) -> None:
        """Let the counter read the member, which prices the order again."""
        if self._desk.now.member is not None:
            self._doors.open_member(self._desk.now.member.id)

    def _failed(self, fact: PosError) -> None:
        self._reported(Refused(fact))

    def _sold(self, outcome: Taken) -> None:
        receipt = outcome.receipt
        self._desk.begin_anew()
        self._desk.paint(receipt=receipt)
        self._doors.sold(receipt)
        if any(part.tender is Tender.CASH for part in receipt.externals):
            self._doors.open_drawer()  # first: a slow slip must not keep the change waiting
        self._doors.print_slip(receipt)
