"""Every page with real parts behind it, in the states that show most."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractButton,
    QWidget,
)

from pos_app.ids import MemberId
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk
from pos_app.money import Money, Points
from pos_app.ui.journal_page.presenter import JournalPresenter
from pos_app.ui.journal_page.view import JournalView
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.theme import Theme
from pos_app.ui.kit.work import Inline
from pos_app.ui.member_page.presenter import MemberPageExits, MemberPagePresenter
from pos_app.ui.member_page.view import MemberPageView
from pos_app.ui.members_page.presenter import MembersExits, MembersPresenter
from pos_app.ui.members_page.view import MembersView
from pos_app.ui.operators_page.presenter import OperatorsExits, OperatorsPresenter
from pos_app.ui.operators_page.state import Deed
from pos_app.ui.operators_page.view import OperatorsView
from pos_app.ui.refund.presenter import RefundExits, RefundPresenter
from pos_app.ui.refund.view import RefundView
from pos_app.ui.register.presenter import RegisterExits, RegisterPresenter
from pos_app.ui.register.view import RegisterSheet
from pos_app.ui.sync.presenter import SyncDoors, SyncPresenter
from pos_app.ui.sync_page.presenter import SyncPageDoors, SyncPagePresenter
from pos_app.ui.sync_page.view import SyncView
from pos_app.ui.top_up.presenter import TopUpExits, TopUpPresenter
from pos_app.ui.top_up.view import TopUpView
from tests.shop import MEMBER_PIN, Shop, intent
from tests.tiny_hq import belonging
from tests.ui.parts.area import MainArea
from tests.ui.parts.at_the_till import cashier_at, manager_at, sell


def ignore(*_answers: object) -> None:
    """Lead nowhere."""


class Pages:
    """Makes each page with real parts behind it, in the state that shows most."""

    def __init__(self, shop: Shop, theme: Theme, area: MainArea) -> None:
        self.shop, self.theme, self.area = shop, theme, area
        self.work = Inline()
        self.cashier = cashier_at(shop)
        self.member: MemberId = shop.member(pin=MEMBER_PIN)
        shop.top_up(self.member, 100_000)
        self.sale = sell(shop, self.member)

    def top_up(self) -> TopUpView:
        exits = TopUpExits(ignore, ignore, ignore)
        page = TopUpPresenter(self.shop.ledger, self.work, lambda: self.cashier, exits)
        view = TopUpView(self.theme, page)
        self.area.turn_to(view)
        page.open(self.member)
        self.area.settle()
        return view

    def top_up_refused(self) -> QWidget:
        view = self.top_up()
        view.sums.amount.edited.emit("4999")
        return view

    def top_up_approval(self) -> QWidget:
        view = self.top_up()
        view.sums.amount.edited.emit("2000")
        view.pay.submit.click()
        return view

    def top_up_done(self) -> QWidget:
        view = self.top_up()
        view.sums.tickets[0].click()
        view.pay.submit.click()
        return view

    def refund(self) -> RefundView:
        exits = RefundExits(ignore, ignore, ignore)
        page = RefundPresenter(self.shop.ledger, self.work, lambda: self.cashier, exits)
        view = RefundView(self.theme, page)
        self.area.turn_to(view)
        page.open()
        self.area.settle()
        return view

    def refund_planned(self) -> RefundView:
        view = self.refund()
        view.finder.slip.setText(self.sale.stamp.slip)
        view.finder.open.click()
        self.area.settle()
        return view

    def refund_gift(self) -> RefundView:
        """Plan a return that takes the ground from a gift, of points that are already spent."""
        issue(self.shop.ledger, self.member, "G200", operator=self.shop.manager, intent=intent())
        self.sale = sell(self.shop, self.member, Line("花束", Money(60_000)))
        basket = Basket((Line("燕麦拿铁", Money(3_400)),))
        spending = Order(basket, points=Points(800), tenders=(TenderAsk(Tender.WECHAT),))
        sell(self.shop, self.member, order=spending)
        view = self.refund_planned()
        view.plan.gifts.rows[0].ends.button_of("waived").click()
        self.area.settle()
        return view

    def members(self) -> MembersView:
        exits = MembersExits(ignore, ignore, ignore)
        page = MembersPresenter(self.shop.ledger, self.work, exits)
        view = MembersView(self.theme, page)
        self.area.turn_to(view)
        page.open()
        return view

    def about(self) -> MemberPageView:
        exits = MemberPageExits(*(ignore,) * 10, "2026-11")
        who = manager_at(self.shop)
        page = MemberPagePresenter(self.shop.ledger, self.work, lambda: who, exits)
        view = MemberPageView(self.theme, self.area, page)
        self.area.turn_to(view)
        page.open(self.member)
        return view

    def closing(self) -> MemberPageView:
        view = self.about()
        view.value.close_account.click()
        self.area.settle()
        return view

    def closing_planned(self) -> MemberPageView:
        view = self.closing()
        view.closing.terms.rate.setText("1.50")
        view.closing.go.click()
        self.area.settle()
        return view

    def deed(self) -> QWidget:
        view = self.about()
        view.sheet.render_state(None)
        next(
            button
            for button in view.identity.findChildren(QAbstractButton)
            if button.text() == "Edit"
        ).click()
        return view

    def journal(self) -> JournalView:
        page = JournalPresenter(self.shop.ledger, self.work, ignore)
        view = JournalView(self.theme, page)
        self.area.turn_to(view)
        page.open()
        self.area.settle()
        return view

    def journal_explained(self) -> JournalView:
        view = self.journal()
        view.table.table.selectRow(0)
        return view

    def operators(self) -> OperatorsView:
        who = manager_at(self.shop)
        page = OperatorsPresenter(self.shop.ledger, self.work, lambda: who, OperatorsExits(ignore))
        view = OperatorsView(self.theme, self.area, page)
        self.area.turn_to(view)
        page.open()
        self.area.settle()
        return view

    def operator_new(self) -> OperatorsView:
        view = self.operators()
        view.new.click()
        view.sheet.submit.click()
        self.area.settle()
        return view

    def operator_picked(self, deed: Deed = Deed.LEAVE) -> OperatorsView:
        view = self.operators()
        view.table.table.selectRow(1)
        view.deeds[[Deed.EDIT, Deed.PIN, Deed.UNLOCK, Deed.LEAVE].index(deed)].click()
        self.area.settle()
        return view

    def sync(self) -> SyncView:
        pair = belonging(self.shop.ledger, self.shop.clock)
        told = {"here": {"CNY": 3_000}, "there": {"CNY": 0}, "who": "store manager"}
        pair.hq.open_case("COUPON_DOUBLE", decisions=("accept", "loss", "correct"), **told)
        doors = SyncDoors(self.work, self.work, self.shop.clock, lambda: 0.0)
        link = SyncPresenter(self.shop.ledger, pair.courier, doors)
        link.beat()
        self.shop.member("13900000002", name="李雷")
        pair.hq.down = 1_000
        link.beat()
        who = manager_at(self.shop)
        away = SyncPageDoors(lambda: who, link.beat, lambda *_asked: Path("unsent.mtx"))
        page = SyncPagePresenter(self.shop.ledger, self.work, away)
        link.shown.attach(page.show_link)
        view = SyncView(self.theme, self.area, page)
        self.area.turn_to(view)
        page.open()
        self.area.settle()
        return view

    def sync_explained(self) -> SyncView:
        view = self.sync()
        view.table.table.selectRow(0)
        return view

    def sync_decided(self) -> SyncView:
        view = self.sync_explained()
        view.panel.findChildren(Button)[0].click()
        view.sheet.submit.click()
        self.area.settle()
        return view

    def register(self) -> RegisterSheet:
        exits = RegisterExits(ignore, ignore)
        page = RegisterPresenter(self.shop.ledger, self.work, lambda: self.cashier, exits)
        sheet = RegisterSheet(self.theme, self.area, page)
        sheet.open_for()
        self.area.settle()
        return sheet


EVERY_PAGE: dict[str, Callable[[Pages], QWidget]] = {
    "top_up": Pages.top_up,
    "top_up_refused": Pages.top_up_refused,
    "top_up_approval": Pages.top_up_approval,
    "top_up_done": Pages.top_up_done,
    "refund": Pages.refund,
    "refund_planned": Pages.refund_planned,
    "refund_gift": Pages.refund_gift,
    "members": Pages.members,
    "about": Pages.about,
    "closing": Pages.closing,
    "closing_planned": Pages.closing_planned,
    "deed": Pages.deed,
    "journal": Pages.journal,
    "journal_explained": Pages.journal_explained,
    "operators": Pages.operators,
    "operator_new": Pages.operator_new,
    "operator_picked": Pages.operator_picked,
    "sync": Pages.sync,
    "sync_explained": Pages.sync_explained,
    "sync_decided": Pages.sync_decided,
    "register": Pages.register,
}
