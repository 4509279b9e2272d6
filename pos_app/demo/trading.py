"""What happens when somebody comes in: every step is a use case of the real counter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from pos_app.demo.credentials import Login
from pos_app.demo.goods import for_the_kitchen, some_basket
from pos_app.demo.history import Coming, DemoClock
from pos_app.demo.people import Person
from pos_app.ids import IntentId, MemberId, OperatorId, new_id
from pos_app.ledger import counter, coupon_issue, factors, members, refunds, sales, topups
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.refunds import Refund
from pos_app.ledger.rules.basket import Basket, Order, Tender, TenderAsk
from pos_app.ledger.rules.holder import Birthday
from pos_app.ledger.rules.identity_documents import Document, DocumentKind, check_digit
from pos_app.ledger.rules.topup import TopUpRefused
from pos_app.ledger.sales import Payment
from pos_app.ledger.topups import TopUp
from pos_app.money import Money, Points

TERMS = "2026-11"
BEST = 0
WALLET_MOST = Money(90_000)
_OUTSIDE = (Tender.WECHAT, Tender.WECHAT, Tender.ALIPAY, Tender.CASH, Tender.CARD)
_TOP_UPS = (Money(50_000), Money(100_000), Money(100_000))
_WALLET_SHARE = 0.5
_REDEEM_SHARE = 0.1
_COUPON_SHARE = 0.15
_REFUND_SHARE = 0.008
_KITCHEN_SHARE = 0.22
_MARKETING_SHARE = 0.7


@dataclass
class Street:
    """Everybody who may come, who serves them, and what the dice say."""

    people: tuple[Person, ...]
    wallets: dict[int, Login]
    manager: OperatorId
    cashier: OperatorId
    dice: Random
    ids: dict[int, MemberId] = field(default_factory=dict)


def live_through(
    ledger: Ledger, clock: DemoClock, street: Street, past: list[Coming]
) -> Iterator[int]:
    """Make each coming happen; yield how many have."""
    for count, coming in enumerate(past, 1):
        clock.at = coming.at
        if coming.joins:
            _join(ledger, street, coming.who)
        elif coming.who in street.ids:
            _visit(ledger, street, coming.who)
        yield count


def buy(ledger: Ledger, street: Street, who: int, basket: Basket) -> SaleReceipt:
    """Let a member buy something: from the wallet where there is one, else by another tender."""
    member, dice = street.ids[who], street.dice
    login = street.wallets.get(who)
    if login is not None and basket.listed <= WALLET_MOST and dice.random() < _WALLET_SHARE:
        return _from_wallet(ledger, street, member, login, basket)
    tenders = (TenderAsk(dice.choice(_OUTSIDE)),)
    return _pay(ledger, street, member, Order(basket, tenders=tenders), None)


def issue(ledger: Ledger, street: Street, who: int, template: str) -> None:
    """Give a member a coupon."""
    coupon_issue.issue(
        ledger, street.ids[who], template, operator=street.manager, intent=new_intent()
    )


def top_up(ledger: Ledger, street: Street, who: int, amount: Money) -> None:
    """Top a member up, as far as the law lets it."""
    tender = street.dice.choice(_OUTSIDE)
    shown = _document(who, street.people[who])
    wish = TopUp(street.ids[who], amount, tender, street.cashier, new_intent(), document=shown)
    with suppress(TopUpRefused):
        topups.top_up(ledger, wish)


def _document(who: int, person: Person) -> Document:
    """Return the identity card that a person of the demo would show."""
    year, month, day = person.born
    first = f"310104{year:04}{month:02}{day:02}{who % 1000:03}"
    return Document(DocumentKind.RESIDENT_ID, first + check_digit(first), person.name)


def new_intent() -> IntentId:
    """Mint an intent."""
    return IntentId(new_id())


def _join(ledger: Ledger, street: Street, who: int) -> None:
    person, login = street.people[who], street.wallets.get(who)
    year, month, day = person.born
    agrees = street.dice.random() < _MARKETING_SHARE
    new = NewMember(
        phone=person.phone,
        name=person.name,
        birthday=Birthday(month, day, year),
        consents=Consents(TERMS, TERMS if agrees else None),
        pin=None if login is None else login.pin,
    )
    card = members.register(ledger, new, operator=street.cashier, intent=new_intent())
    street.ids[who] = card.id


def _visit(ledger: Ledger, street: Street, who: int) -> None:
    dice = street.dice
    if dice.random() < _COUPON_SHARE:
        issue(ledger, street, who, dice.choice(("NEW5", "M300-50")))
    dear = who == BEST and dice.random() < _KITCHEN_SHARE
    receipt = buy(ledger, street, who, for_the_kitchen() if dear else some_basket(dice))
    if dice.random() < _REFUND_SHARE:
        _return_one(ledger, street, receipt)


def _from_wallet(
    ledger: Ledger, street: Street, member: MemberId, login: Login, basket: Basket
) -> SaleReceipt:
    """Pay from the wallet, topped up first when it is low; WeChat pays the rest."""
    if counter.open_member(ledger, member).balance < basket.listed:
        who = next(known for known, identity in street.ids.items() if identity == member)
        top_up(ledger, street, who, street.dice.choice(_TOP_UPS))
    order = Order(basket, tenders=(TenderAsk(Tender.STORED_VALUE), TenderAsk(Tender.WECHAT)))
    return _pay(ledger, street, member, order, login)


def _pay(
    ledger: Ledger, street: Street, member: MemberId, order: Order, login: Login | None
) -> SaleReceipt:
    shown = counter.price(ledger, order, member)
    if street.dice.random() < _REDEEM_SHARE and shown.most_points:
        order = Order(order.basket, points=_some_of(shown.most_points), tenders=order.tenders)
        shown = counter.price(ledger, order, member)
    intent, evidence = new_intent(), None
    if shown.stored_value and login is not None:
        evidence = factors.prove_with_pin(
            ledger,
            member=member,
            pin=login.pin,
            amount=shown.stored_value,
            intent=intent,
            operator=street.cashier,
        )
    return sales.pay(ledger, shown, Payment(street.cashier, intent, member, evidence))


def _some_of(most: Points) -> Points:
    """Return what a member lets go of at once: no more than a thousand points."""
    return min(most, Points(1_000))


def _return_one(ledger: Ledger, street: Street, receipt: SaleReceipt) -> None:
    """Let the manager take the first unit of a sale back."""
    sale, unit = receipt.stamp.event_id, frozenset({0})
    plan = refunds.plan(ledger, sale, unit)
    wish = Refund(sale, unit, plan, "changed_mind", street.manager, new_intent())
    refunds.refund(ledger, wish)
