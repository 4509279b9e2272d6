"""The gift catalogue at the counter: what a member can have now, and why not more."""

from __future__ import annotations

from pos_app.ids import MemberId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.basket import Line, Order
from pos_app.ledger.rules.gifts import GiftOffer, gift_line, offers
from pos_app.ledger.store.holdings import member_state


def gift_offers(ledger: Ledger, order: Order, member: MemberId) -> tuple[GiftOffer, ...]:
    """Return the catalogue as it stands for one more in this order. Raises MemberUnknown.

    Online, points that lie at HQ count: it grants them before the payment.
    """
    rules, today = ledger.programme, ledger.today()
    if not rules.points.gift:
        return ()
    whole = ledger.online
    state = member_state(ledger.read(), member, today=today, programme=rules, everywhere=whole)
    local = ledger.now().astimezone(rules.zone).date()
    return offers(order, state.holder, rules, today, local)


def one_of(ledger: Ledger, offer: GiftOffer) -> Line:
    """Return one of a gift as a line of an order."""
    return gift_line(offer.gift, 1, ledger.programme)
