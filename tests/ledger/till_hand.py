"""A cashier's hand for tests: orders, payments and returns in few words, on the real ledger."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pos_app.ids import IntentId, MemberId, OperatorId
from pos_app.ledger.counter import open_member, price
from pos_app.ledger.receipts import RefundReceipt, SaleReceipt
from pos_app.ledger.refunds import Refund, plan, refund
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk, amount_only
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.rules.refund_selection import Selection
from pos_app.ledger.sales import Payment, pay
from pos_app.money import Money
from pos_app.security.evidence import Approval, Evidence, sealed, sealed_approval
from tests.shop import DEFAULT_PROGRAMME, Shop, intent

OpenShop = Callable[..., Shop]
STORED, WECHAT, CASH = Tender.STORED_VALUE, Tender.WECHAT, Tender.CASH
# The worked examples know neither of these two gifts of the shipped programme.
PLAIN = {"first_topup_extra_pct_bp": "0", "multiplier_first_order_bp": "10000"}


def programme_with(**figures: str) -> bytes:
    """Return the shipped programme with other figures under some of its keys."""
    text = DEFAULT_PROGRAMME.read_text("utf-8")
    for key, value in figures.items():
        text, found = re.subn(rf"(?m)^({key}\s*=\s*)[^#\n]*", rf"\g<1>{value} ", text)
        assert found == 1, key
    return text.encode()


def by(*wishes: Tender | tuple[Tender, int]) -> tuple[TenderAsk, ...]:
    """Return tenders, some with an amount of fen."""
    return tuple(
        TenderAsk(wish) if isinstance(wish, Tender) else TenderAsk(wish[0], Money(wish[1]))
        for wish in wishes
    )


def amount(fen: int, *tenders: Tender | tuple[Tender, int]) -> Order:
    """Return an order of which only the amount is known."""
    return Order(amount_only(Money(fen)), tenders=by(*(tenders or (WECHAT,))))


def goods(*lines: int | tuple[int, int], tenders: tuple[TenderAsk, ...] = ()) -> Order:
    """Return an order of lines, each a price in fen, or a price and a quantity."""
    pairs = [(line, 1) if isinstance(line, int) else line for line in lines]
    named = [Line(f"Goods {n}", Money(fen), count) for n, (fen, count) in enumerate(pairs)]
    return Order(Basket(tuple(named)), tenders=tenders or by(WECHAT))


def proof(shop: Shop, member: MemberId, fen: Money | int, wish: IntentId) -> Evidence:
    """Return the evidence that a right PIN would leave, without the wait for Argon2id."""
    money = Money(fen) if isinstance(fen, int) else fen
    fact = Evidence("pin", member, money, wish, shop.ledger.now())
    return sealed(shop.ledger.capability_key, fact)


@dataclass(frozen=True, slots=True)
class Consent:
    """What a second manager consents to."""

    act: Act
    amount: Money
    wish: IntentId
    asked_by: OperatorId
    approver: OperatorId


def approval(shop: Shop, consent: Consent) -> Approval:
    """Return the consent that a manager's right PIN would leave."""
    about = (consent.act.value, consent.amount, consent.wish)
    fact = Approval(consent.approver, consent.asked_by, *about, shop.ledger.now())
    return sealed_approval(shop.ledger.capability_key, fact)


def ready(shop: Shop, order: Order, member: MemberId | None = None) -> tuple[Quote, Payment]:
    """Return what is shown, and a payment of it with all the member's evidence."""
    shown, wish = price(shop.ledger, order, member), intent()
    payment = Payment(shop.manager, wish, member)
    if member is not None and shown.to_prove:
        payment = replace(payment, evidence=proof(shop, member, shown.to_prove, wish))
    return shown, payment


def sell(shop: Shop, order: Order, member: MemberId | None = None) -> SaleReceipt:
    """Sell what is ordered, with the evidence that it needs."""
    return pay(shop.ledger, *ready(shop, order, member))


def give_back(
    shop: Shop, sale: SaleReceipt, selection: Selection = None, *, void: bool = False
) -> RefundReceipt:
    """Take goods back, all that is left of a sale unless something is selected."""
    event = sale.stamp.event_id
    shown = plan(shop.ledger, event, selection)
    wish = Refund(event, selection, shown, "quality", shop.manager, intent(), void=void)
    return refund(shop.ledger, wish)


def noon(day: str) -> datetime:
    """Return noon in Shanghai."""
    return datetime.fromisoformat(f"{day}T12:00+08:00").astimezone(UTC)


def lots(shop: Shop, member: MemberId) -> list[tuple[int, int]]:
    """Return principal and bonus of each lot that holds something, oldest first."""
    wallet = open_member(shop.ledger, member).wallet
    return [(lot.principal.minor, lot.bonus.minor) for lot in wallet.lots]


def batches(shop: Shop, member: MemberId) -> dict[str, int]:
    """Return the points by the day on which they expire."""
    wallet = open_member(shop.ledger, member).wallet
    return {batch.expires_on.isoformat(): batch.points.minor for batch in wallet.batches}


def head(shop: Shop) -> int:
    """Return how many events the book holds."""
    (count,) = shop.ledger.read().execute("SELECT count(*) FROM journal").fetchone()
    return int(count)
