"""Gives back what a sale took, after showing where every fen goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from pos_app.errors import PosError
from pos_app.ids import EventId, MemberId
from pos_app.language import _
from pos_app.ledger import refund_lookup
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.offline import OnlineOnly, refused_now
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.receipts import RefundReceipt
from pos_app.ledger.refund_lookup import SaleOpen, SaleSummary
from pos_app.ledger.rules.access import Act
from pos_app.ui.approval.presenter import ApprovalPresenter
from pos_app.ui.refund import elsewhere, words
from pos_app.ui.refund.case import RefundCase
from pos_app.ui.refund.elsewhere import Found
from pos_app.ui.refund.state import OrderRow, RefundState
from pos_app.ui.scan_routes import ScanKind, route
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class RefundExits:
    """Where the page leads: a slip to print, the way back, another look at the last slip."""

    refunded: Callable[[RefundReceipt], None]
    closed: Callable[[], None]
    print_again: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class _Orders:
    sales: tuple[SaleSummary, ...]
    now: datetime
    zone: ZoneInfo
    closed: str


class RefundPresenter:
    """Finds the sale; what then happens to it is a `RefundCase`."""

    def __init__(
        self, ledger: Ledger, work: Work, operator: Callable[[], SignedIn], exits: RefundExits
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._operator = operator
        self._exits = exits
        self._member: MemberId | None = None
        self._asked = ""
        self._elsewhere: dict[str, Found] = {}
        self.approval = ApprovalPresenter(ledger, work)
        self.shown = Shown(RefundState())
        self.case = RefundCase(ledger, work, operator, self)

    @property
    def serving(self) -> frozenset[MemberId]:
        """Whose points were brought here for a return that is under way."""
        return self.case.serving

    def open(self, member: MemberId | None = None) -> None:
        """Show the member's orders, or today's."""
        self._member = member
        self._asked = ""
        self._elsewhere = {}
        self.case.forget()
        heading = _("Orders of this member") if member is not None else _("Orders of today")
        self.shown.show(RefundState(heading=heading, reasons=words.reasons(), busy=True))
        self._work.run(
            lambda: _orders(self._ledger, member),
            done=lambda orders: self._listed(member, orders),
            failed=self.failed,
        )
        if self.case.far is not None and member is not None:
            elsewhere.find_of(
                self.case.far,
                member,
                lambda found: self._listed_elsewhere(member, found),
                lambda fact: self._not_listed(member, fact),
            )

    def find(self, text: str) -> None:
        """Open the sale of a scanned or typed slip number."""
        text = text.strip()
        if not text or self.shown.state.busy:
            return
        self._asked = text
        query = refund_lookup.slip_asked(text) or text
        self.shown.show(replace(self.shown.state, query=query, busy=True, problem=""))
        self._work.run(
            lambda: refund_lookup.find_sale(self._ledger, text),
            done=lambda sale: self._found(text, sale),
            failed=self.failed,
        )

    def scanned(self, code: str) -> bool:
        """Take a scanned slip, or a manager's badge while one is asked for; say whether it was."""
        scan = route(code)
        if scan.kind is not ScanKind.RECEIPT:
            return self.approval.scanned(code)
        self.find(f"{scan.payload}:{scan.proof}")
        return True

    def pick(self, key: str) -> None:
        """Open one of the sales shown."""
        if key in self._elsewhere:
            self._pick_elsewhere(self._elsewhere[key])
            return
        sale, by = EventId(UUID(hex=key)), self._operator().id
        self.case.expect(sale)
        self.shown.show(replace(self.shown.state, busy=True, problem=""))
        self._work.run(
            lambda: (refund_lookup.open_sale(self._ledger, sale, by), *_clock(self._ledger)),
            done=lambda answer: self._opened(sale, *answer),
            failed=self.failed,
        )

    def back(self) -> None:
        """Leave the sale and pick another."""
        self.open(self._member)

    def close(self) -> None:
        """Leave the page."""
        self.case.forget()
        self._exits.closed()

    def print_again(self) -> None:
        """Print the slip of the refund just done once more."""
        if self.case.receipt is not None:
            self._exits.print_again(self.case.receipt.stamp.seq)

    def refunded(self, receipt: RefundReceipt) -> None:
        """Tell the till that something was given back."""
        self._exits.refunded(receipt)

    def failed(self, fact: PosError) -> None:
        """Say what could not be done."""
        self.shown.show(replace(self.shown.state, busy=False, problem=sentence(fact)))
        self.case.show_cta()

    def _listed(self, member: MemberId | None, orders: _Orders) -> None:
        if member != self._member or self.shown.state.slip is not None:
            return
        rows = tuple(words.order_row(sale, orders.now, orders.zone) for sale in orders.sales)
        empty = (
            _("This member has no order yet.")
            if member is not None
            else _("No order today. Scan the slip of an earlier one.")
        )
        self.shown.show(
            replace(
                self.shown.state,
                orders=rows,
                busy=False,
                empty="" if rows else empty,
                closed=orders.closed,
            )
        )

    def _found(self, text: str, sale: SaleSummary | None) -> None:
        if text != self._asked:
            return
        slip = refund_lookup.slip_asked(text)
        if sale is not None:
            self.pick(sale.event_id.hex)
        elif self.case.far is not None and slip:
            elsewhere.find(
                self.case.far, slip, lambda found: self._found_elsewhere(text, found), self.failed
            )
        else:
            self._none_has(_("No sale of this terminal has the slip “{text}”."), text)

    def _none_has(self, words: str, text: str) -> None:
        problem = words.format(text=refund_lookup.slip_asked(text) or text)
        self.shown.show(replace(self.shown.state, busy=False, problem=problem))

    def _found_elsewhere(self, text: str, found: tuple[Found, ...]) -> None:
        if text != self._asked:
            return
        if not found:
            self._none_has(_("No sale of any till has the slip “{text}”."), text)
            return
        self._remember(found)
        if len(found) == 1:
            self._pick_elsewhere(found[0])
            return
        heading = _("Several tills have this slip number")
        rows = self._rows(found)
        self.shown.show(replace(self.shown.state, heading=heading, orders=rows, busy=False))

    def _listed_elsewhere(self, member: MemberId, found: tuple[Found, ...]) -> None:
        if member != self._member or self.shown.state.slip is not None:
            return
        self._remember(found)
        state = self.shown.state
        empty = "" if found else state.empty
        self.shown.show(replace(state, orders=(*state.orders, *self._rows(found)), empty=empty))

    def _not_listed(self, member: MemberId, fact: PosError) -> None:
        if member == self._member and self.shown.state.slip is None:
            missing = _("Orders of other tills are missing: HQ cannot be reached.")
            words = missing if isinstance(fact, OnlineOnly) else sentence(fact)
            self.shown.show(replace(self.shown.state, elsewhere=words))

    def _pick_elsewhere(self, found: Found) -> None:
        assert self.case.far is not None, "who found it can open it"
        self.case.expect(found.told.sale.id)
        self.shown.show(replace(self.shown.state, busy=True, problem=""))
        elsewhere.open_sale(self.case.far, found.told, self._opened_far, self.failed)

    def _opened_far(self, opened: SaleOpen) -> None:
        self._opened(opened.summary.event_id, opened, *_clock(self._ledger))

    def _remember(self, found: tuple[Found, ...]) -> None:
        self._elsewhere.update({one.told.sale.id.hex: one for one in found})

    def _rows(self, found: tuple[Found, ...]) -> tuple[OrderRow, ...]:
        return tuple(words.order_row(one.summary, *_clock(self._ledger)) for one in found)

    def _opened(self, sale: EventId, opened: SaleOpen, now: datetime, zone: ZoneInfo) -> None:
        if self.case.expects(sale):
            self.case.begin(opened, words.slip(opened, now, zone))


def _orders(ledger: Ledger, member: MemberId | None) -> _Orders:
    refused = refused_now(ledger, Act.REFUND)
    closed = "" if refused is None else sentence(refused)
    return _Orders(refund_lookup.sales_of(ledger, member), *_clock(ledger), closed)


def _clock(ledger: Ledger) -> tuple[datetime, ZoneInfo]:
    return ledger.now(), ledger.programme.zone
