"""Counter, panel and second factor, joined: they do not know each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from pos_app.ids import CouponId, OperatorId
from pos_app.language import _
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.receipts import SaleReceipt
from pos_app.money import Money
from pos_app.ui.checkout.charge import GivenUp, Proof, ProofWanted
from pos_app.ui.checkout.doors import CheckoutDoors, Priced
from pos_app.ui.checkout.points_presenter import PointsDoors, PointsPresenter
from pos_app.ui.checkout.presenter import CheckoutPresenter
from pos_app.ui.counter.presenter import CounterDoors, CounterPresenter
from pos_app.ui.second_factor.presenter import SecondFactorPresenter
from pos_app.ui.second_factor.request import Answer, ProofRequest
from pos_app.ui.shell.state import Notice
from pos_app.ui.shell.ways import ShellWays
from pos_app.ui.work import Work

UNDO_MS = 5000


@dataclass(frozen=True, slots=True)
class ShellBack:
    """What the joined screens ask of the window."""

    operator: Callable[[], OperatorId]
    post: Callable[[Notice], None]
    top_up: Callable[[Money], None]
    show_held: Callable[[], None]


class Screens:
    """Makes the screens and carries what one says to the other."""

    def __init__(self, ledger: Ledger, work: Work, ways: ShellWays, back: ShellBack) -> None:
        self._ways = ways
        self._back = back
        self._opening = False
        self.counter = CounterPresenter(ledger, work, self._counter_doors())
        self.checkout = CheckoutPresenter(ledger, work, self._checkout_doors())
        self.second_factor = SecondFactorPresenter(ledger, work, back.operator)
        doors = PointsDoors(self.checkout.use_points, self.checkout.add_gift, self.say)
        self.points = PointsPresenter(ledger, work, doors)

    def say(self, text: str, tone: str = "info") -> None:
        """Show a toast."""
        self._back.post(Notice(text, tone))

    def _counter_doors(self) -> CounterDoors:
        return CounterDoors(
            operator=self._back.operator,
            opened=self._opened,
            dropped=self._dropped,
            say=self.say,
            sound=self._ways.sound,
            toggle_coupon=self._toggle,
        )

    def _checkout_doors(self) -> CheckoutDoors:
        return CheckoutDoors(
            operator=self._back.operator,
            prove=self._prove,
            priced=self._priced,
            sold=self._sold,
            print_slip=self._ways.print_slip,
            open_drawer=self._ways.open_drawer,
            say=self.say,
            top_up=self._back.top_up,
            open_member=self.counter.open,
            next_order=self._next_order,
            show_held=self._back.show_held,
            shelf_changed=self.counter.refresh_home,
        )

    def _opened(self, member: MemberAtCounter | None) -> None:
        self._opening = True
        self.checkout.set_member(member)
        self._opening = False

    def _next_order(self) -> None:
        """Let the member of the order that is done go, unless the next one is just arriving."""
        if not self._opening:
            self.counter.leave()

    def _dropped(self, name: str) -> None:
        words = _("{name} was taken off this order.").format(name=name)
        self._back.post(Notice(words, "info", _("Undo"), self.counter.undo_drop, UNDO_MS))

    def _sold(self, receipt: SaleReceipt) -> None:
        self._ways.sound("found")
        self.counter.after_sale()
        self._ways.sold(receipt)

    def _priced(self, priced: Priced) -> None:
        self.counter.show_quote(priced.quote, priced.beside, by_hand=priced.by_hand)

    def _prove(
        self,
        wanted: ProofWanted,
        proved: Callable[[Proof], None],
        given_up: Callable[[GivenUp], None],
    ) -> None:
        answer = Answer(
            proved=lambda evidence, approval: proved(Proof(evidence, approval)),
            given_up=lambda other: given_up(GivenUp(other_tender=other)),
        )
        request = ProofRequest(wanted.member, wanted.amount, wanted.intent, wanted.needed)
        self.second_factor.ask(request, answer)

    def _toggle(self, coupon: UUID) -> None:
        self.checkout.toggle_coupon(CouponId(coupon))
