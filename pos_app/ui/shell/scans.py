"""Where a scan goes: to what is open and wants it, else to the counter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.ids import CouponId
from pos_app.language import _
from pos_app.ledger.rules.coupon_codes import number_of
from pos_app.ui.checkout.presenter import CheckoutPresenter
from pos_app.ui.counter.presenter import CounterPresenter
from pos_app.ui.scan_routes import Scan, ScanKind, route
from pos_app.ui.second_factor.presenter import SecondFactorPresenter
from pos_app.ui.second_factor.state import Step
from pos_app.ui.shell.ways import COUNTER, REFUND, PageDoor

_PAYERS = {ScanKind.WECHAT_PAYER: "wechat", ScanKind.ALIPAY_PAYER: "alipay"}


@dataclass(frozen=True, slots=True)
class ScanDoors:
    """Who can take a scan, and how the window answers one that nobody takes."""

    counter: CounterPresenter
    checkout: CheckoutPresenter
    second_factor: SecondFactorPresenter
    sheet_scan: Callable[[str], bool]
    sheet_open: Callable[[], bool]
    page: Callable[[], PageDoor | None]
    pages: Callable[[str], PageDoor | None]
    go: Callable[[str], None]
    refuse: Callable[[str], None]


class ScanRouter:
    """Codes of payers and badges are never repeated in words."""

    def __init__(self, doors: ScanDoors) -> None:
        self._doors = doors

    def scanned(self, code: str) -> None:
        scan = route(code)
        if self._doors.second_factor.shown.state.step is not Step.CLOSED:
            self._while_proving(scan)
        elif self._doors.sheet_scan(code):
            return
        elif self._doors.sheet_open():
            self._doors.refuse(_("Not now: close the sheet first (Esc)."))
        elif not self._taken_by_page(code):
            self._at_counter(scan)

    def _while_proving(self, scan: Scan) -> None:
        if scan.kind is ScanKind.BADGE:
            self._doors.second_factor.badge(scan.payload)
        else:
            self._doors.refuse(_("Not now: finish or cancel the payment first."))

    def _taken_by_page(self, code: str) -> bool:
        page = self._doors.page()
        return page is not None and page.scanned(code)

    def _at_counter(self, scan: Scan) -> None:
        if scan.kind in (ScanKind.MEMBER, ScanKind.PHONE):
            self._doors.go(COUNTER)
            self._doors.counter.scanned(scan.payload or scan.code)
        elif scan.kind is ScanKind.RECEIPT:
            self._receipt(scan)
        elif scan.kind is ScanKind.COUPON:
            self._coupon(scan)
        elif scan.kind in _PAYERS:
            self._payer(_PAYERS[scan.kind])
        elif scan.kind is ScanKind.BADGE:
            self._doors.refuse(_("A staff badge is used for sign-in and approvals only."))
        else:
            self._doors.refuse(_("Not recognised: {tail}").format(tail=scan.tail))

    def _receipt(self, scan: Scan) -> None:
        refund = self._doors.pages(REFUND)
        if refund is None:
            self._doors.refuse(_("There is no refund page at this till."))
            return
        self._doors.go(REFUND)
        refund.scanned(scan.code)

    def _coupon(self, scan: Scan) -> None:
        member = self._doors.counter.member
        wanted = scan.payload.replace("-", "").casefold()
        held = member.coupons if member else ()
        found = next((card.id for card in held if card.id.hex == wanted), None)
        if found is None and number_of(scan.payload) is not None:
            self._doors.checkout.paper.scanned(scan.payload)
        elif found is None:
            self._doors.refuse(_("This coupon does not belong to the member at the counter."))
        else:
            self._doors.checkout.toggle_coupon(CouponId(found))

    def _payer(self, tender: str) -> None:
        """Charge a payer's code only while the order is priced and armed."""
        checkout = self._doors.checkout
        if checkout.quote is None:
            self._doors.refuse(_("Type the amount first, then scan the payment code."))
            return
        checkout.choose_tender(tender)
        checkout.pay()
