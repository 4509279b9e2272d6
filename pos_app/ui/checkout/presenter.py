"""The panel's presenter: amounts, wishes and tenders in; prices, payment and outcome out."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import CouponId
from pos_app.language import _
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.held_orders import HeldOrder
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.basket import Line, Order, Tender
from pos_app.ledger.rules.quote import Quote
from pos_app.money import Money, NotAnAmount, Points
from pos_app.ui.checkout import choosing, entry, tendering
from pos_app.ui.checkout.desk import Desk, why_not
from pos_app.ui.checkout.doors import CheckoutDoors, Cover
from pos_app.ui.checkout.entry import Entry
from pos_app.ui.checkout.facts import Basket, basket_of
from pos_app.ui.checkout.paper import PaperCoupons
from pos_app.ui.checkout.paying import Paying
from pos_app.ui.checkout.shelf import Shelf
from pos_app.ui.checkout.state import Field
from pos_app.ui.checkout.wording import SPLIT, TOP_UP
from pos_app.ui.formats import money
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

NO_MONEY = Money()


class CheckoutPresenter:
    """Leads one order from its first digit to its receipt."""

    def __init__(self, ledger: Ledger, work: Work, doors: CheckoutDoors) -> None:
        self._doors = doors
        self._desk = Desk(ledger, work, doors)
        self._paying = Paying(ledger, work, doors, self._desk, self.choose_tender)
        self.paper = PaperCoupons(ledger, work, doors, lambda: self.member)
        self.shelf = Shelf(ledger, work, self._refused)
        self.shown = self._desk.shown

    @property
    def quote(self) -> Quote | None:
        """The price now shown; None while there is none or another one is being made."""
        return None if self._desk.now.pricing else self._desk.now.quote

    @property
    def order(self) -> Order:
        return self._desk.now.basket.order()

    @property
    def member(self) -> MemberAtCounter | None:
        return self._desk.now.member

    def cover_by(self, cover: Cover) -> None:
        """Let HQ be asked this way for what is not held here; until then nobody is asked."""
        self._paying.cover = self.paper.cover = cover

    def refresh(self) -> None:
        """Read what waits on the shelf."""
        self.shelf.refresh(lambda waiting: self._desk.paint(held=waiting))

    def amount_edited(self, text: str) -> None:
        self._change_entry(replace(self._desk.now.basket.entry, text=text))

    def amount_refused(self, key: str) -> None:
        self._desk.tell(entry.why_refused(self._desk.now.basket.entry, key))

    def amount_pasted(self, text: str) -> None:
        try:
            pasted = entry.pasted(text)
        except NotAnAmount:
            said = _("“{text}” is not an amount. Nothing was changed.")
            self._desk.tell(said.format(text=text.strip()[:20]))
        else:
            self._change_entry(pasted)

    def accumulate(self) -> None:
        """Add the typed sum up and take the next one."""
        self._change_entry(entry.accumulate(self._desk.now.basket.entry))

    def clear(self) -> None:
        """Take the order back to nothing; the member stays."""
        self._desk.edit(Basket(way=self._usual_way()), Field.AMOUNT)

    def set_member(self, member: MemberAtCounter | None) -> None:
        """Go on with another member, with the same one as they are now, or without."""
        if not self._desk.is_open:
            return
        self._desk.leave_receipt()
        before, basket = self._desk.now.member, self._desk.now.basket
        same = member is not None and before is not None and member.id == before.id
        if member is not None and same and self._desk.now.fetching is not None:
            self.know(member)
            return
        notice = self._desk.now.notice if same else None
        returned = self.shelf.returned_for(member.id) if member else None
        self._desk.now = replace(self._desk.now, member=member)
        if returned is not None:
            basket = basket_of(returned, self._usual_way())
        elif not same:
            basket = Basket(entry=basket.entry, goods=basket.goods, way=self._usual_way())
        self._desk.edit(basket, Field.AMOUNT, notice=notice)

    def know(self, member: MemberAtCounter) -> None:
        """Take the member of this order as they are now; the order itself stays."""
        now = self._desk.now
        if now.member is None or now.member.id != member.id or not self._desk.is_open:
            return
        self._desk.paint(member=member)
        if now.fetching is None:
            self._desk.edit(now.basket, notice=now.notice)

    def toggle_coupon(self, coupon: CouponId) -> None:
        quote, member = self.quote, self._desk.now.member
        if quote is None or member is None or not self._desk.is_open:
            self._doors.say(_("Enter the amount first."), "info")
            return
        basket, gave_way = choosing.toggled(self._desk.now.basket, quote, member, coupon)
        if gave_way:
            self._doors.say(gave_way, "info")
        self._desk.edit(replace(basket, held_only=False))

    def use_best(self) -> None:
        """Let the rules choose coupons and member day again."""
        self._desk.edit(replace(choosing.best(self._desk.now.basket), held_only=False))

    def use_points(self, points: Points) -> None:
        self._desk.edit(replace(self._desk.now.basket, points=points))

    def add_gift(self, gift: Line) -> None:
        basket = self._desk.now.basket
        self._desk.edit(replace(basket, gifts=(*basket.gifts, gift)))

    def choose_tender(self, name: str) -> None:
        """Pay by this tender; while two are used it takes the rest."""
        chosen, way = Tender(name), self._desk.now.basket.way
        if reason := why_not(self._desk.now, chosen):
            self._doors.say(reason, "warn")
            return
        if not self._desk.is_open:
            return
        splitting = way.rest is not None and chosen not in (way.first, Tender.STORED_VALUE)
        way = replace(way, rest=chosen) if splitting else tendering.Way(chosen)
        if chosen is not Tender.STORED_VALUE:
            self._desk.now = replace(self._desk.now, last_external=chosen)
        held_only = self._desk.now.basket.held_only and chosen is not Tender.STORED_VALUE
        basket = replace(self._desk.now.basket, way=way, received="", held_only=held_only)
        self._desk.edit(basket)

    def split(self) -> None:
        """Begin or end paying by two tenders."""
        now = self._desk.now
        if not now.basket.amount:
            return
        if now.basket.way.rest is None:
            way = tendering.split_of(now.basket.way, now.last_external)
            self._desk.edit(replace(now.basket, way=way, received="", share=""), Field.SHARE)
        else:
            way = tendering.Way(now.basket.way.first)
            self._desk.edit(replace(now.basket, way=way, received=""), Field.AMOUNT)

    def share_edited(self, text: str) -> None:
        """Take what the first of two tenders pays; nothing typed means as much as it covers."""
        way = self._desk.now.basket.way
        empty = None if way.first is Tender.STORED_VALUE else NO_MONEY
        amount = entry.typed(text) if text.strip(".") else empty
        way = replace(way, amount=amount)
        self._desk.edit(replace(self._desk.now.basket, way=way, share=text))

    def received_edited(self, text: str) -> None:
        if self._desk.is_open:
            basket = replace(self._desk.now.basket, received=text)
            self._desk.paint(basket=basket, counting=True, notice=None)

    def hand_over(self, place: int) -> None:
        """Take one of the suggested sums as what was handed over."""
        if self.quote is not None:
            note = tendering.likely_notes(tendering.cash_share(self.quote))[place]
            self.received_edited(entry.of_amount(note).text)

    def enter(self) -> None:
        """Do the next step: begin the next order, count the cash, or pay."""
        state, now = self.shown.state, self._desk.now
        if now.receipt is None and not now.basket.amount:
            self.focus_amount()
        elif state.call_ready and state.cash is not None and not now.counting:
            self._desk.now = replace(now, counting=True)
            self._desk.send_to(Field.RECEIVED)
        else:
            self.pay()

    def pay(self) -> None:
        """Take what is shown; a second press while that is under way does nothing."""
        if self._desk.now.receipt is not None:
            self.next_order()
        elif self._desk.now.unknown:
            self._paying.check_again()
        elif self.quote is not None and self.shown.state.call_ready:
            self._paying.take(self.quote)

    def act(self, name: str) -> None:
        """Do what a notice offers."""
        if name == TOP_UP and self.quote is not None:
            self._doors.top_up(self.quote.missing)
        elif name == SPLIT:
            self.split()
        else:
            self._paying.act(name)

    def next_order(self) -> None:
        self._desk.leave_receipt()
        self.focus_amount()

    def reprint(self) -> None:
        """Print the slip of the sale on the panel once more."""
        if self._desk.now.receipt is not None:
            self._doors.print_slip(self._desk.now.receipt)

    def printed(self, text: str) -> None:
        """Say under the success what became of the slip."""
        self._desk.paint(printing=text)

    def hold(self) -> None:
        """Put the order aside; without one, show those that wait."""
        now = self._desk.now
        if not self._desk.is_open:
            return
        if not now.basket.amount:
            self._doors.show_held()
            return
        self.shelf.put(now.basket.order(), now.member.id if now.member else None, self._put_aside)

    def fetch(self, held: str) -> None:
        """Go on with an order that was put aside; the one under way is not thrown away for it."""
        if not self._desk.is_open:
            return
        if self._desk.now.basket.amount:
            self._doors.say(_("Hold or clear the present order first."), "warn")
            return
        self.shelf.take(UUID(held), self._came_back)

    def escape(self) -> bool:
        """Undo the innermost thing of the panel; return whether there was one."""
        now = self._desk.now
        if now.receipt is not None:
            self.next_order()
        elif now.fetching is not None:
            self._paying.stop()
        elif now.notice is not None and self._desk.is_open:
            self._desk.paint(notice=None)
        elif now.basket.received or now.counting:
            self._desk.now = replace(now, counting=False)
            self._desk.edit(replace(now.basket, received=""), Field.AMOUNT)
        elif now.basket.way.rest is not None:
            self.split()
        elif now.basket.touched:
            self.clear()
        else:
            return not self._desk.is_open
        return True

    def set_number(self, number: int) -> None:
        self._desk.paint(number=number)

    def focus_amount(self) -> None:
        self._desk.send_to(Field.AMOUNT)

    def _change_entry(self, changed: Entry) -> None:
        if not entry.fits(changed):
            self._desk.tell(entry.too_large())
        elif self._desk.is_open:
            self._desk.leave_receipt()
            self._desk.edit(replace(self._desk.now.basket, entry=changed, received=""))

    def _usual_way(self) -> tendering.Way:
        return tendering.usual_way(self._desk.now.member, self._desk.now.last_external)

    def _put_aside(self, order: HeldOrder) -> None:
        said = _("Order of {amount} put aside. F8 fetches it back.")
        self._doors.say(said.format(amount=money(order.amount)), "ok")
        self._desk.begin_anew()
        self._doors.next_order()
        self.refresh()
        self._doors.shelf_changed()

    def _came_back(self, order: HeldOrder) -> None:
        self.refresh()
        self._doors.shelf_changed()
        if order.member is None:
            self._desk.edit(basket_of(order.order, self._usual_way()), Field.AMOUNT)
        else:
            self.shelf.await_member(order)
            self._doors.open_member(order.member)

    def _refused(self, fact: PosError) -> None:
        self._desk.tell(sentence(fact))
