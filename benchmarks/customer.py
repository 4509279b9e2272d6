"""A member at a terminal that has joined HQ: their money is here, at HQ, or at another till."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.head_office import Branch
from benchmarks.shop import SHOWN
from pos_app.clock import system_clock
from pos_app.ids import IntentId, MemberId, new_id
from pos_app.ledger import counter, grants, sales
from pos_app.ledger.members import Consents, NewMember, register
from pos_app.ledger.rules.basket import Order, Tender, TenderAsk, amount_only
from pos_app.ledger.store.event import milliseconds, moment
from pos_app.ledger.topups import TopUp, top_up
from pos_app.money import Money
from pos_app.security.evidence import Evidence, sealed
from pos_app.sync.courier import Clocks, Courier

_TENDERS = (TenderAsk(Tender.STORED_VALUE, None),)


@dataclass(frozen=True, slots=True)
class Customer:
    """Buys at the same price again and again."""

    till: Branch
    member: MemberId
    price: Money

    @classmethod
    def new(cls, till: Branch, phone: str, balance: Money, price: Money) -> Customer:
        """Register somebody and take their top-up."""
        new = NewMember(phone=phone, name="王晓明", consents=Consents("2026-01"))
        wish = IntentId(new_id())
        known = register(till.ledger, new, operator=till.manager, intent=wish)
        paid = TopUp(
            known.id, balance, Tender.CASH, till.manager, IntentId(new_id()), document=SHOWN
        )
        top_up(till.ledger, paid)
        return cls(till, known.id, price)

    def buy(self) -> None:
        """Pay with stored value, fetching from HQ what is missing here."""
        ledger, intent = self.till.ledger, IntentId(new_id())
        order = Order(amount_only(self.price), coupons=(), member_day=False, tenders=_TENDERS)
        shown = counter.price(ledger, order, self.member)
        wants = grants.shortage(ledger, shown, self.member)
        if wants:
            self._courier().cover(self.member, wants)
            grants.ensure_granted(ledger, shown, self.member)
            shown = counter.price(ledger, order, self.member)
        at = moment(milliseconds(ledger.now()))  # the book's moments are whole milliseconds
        proof = Evidence("pin", self.member, shown.stored_value, intent, at)
        evidence = sealed(ledger.capability_key, proof)
        sales.pay(ledger, shown, sales.Payment(self.till.manager, intent, self.member, evidence))

    def _courier(self) -> Courier:
        till = self.till
        return Courier(till.at, till.hq, Clocks(system_clock, float), till.close)
