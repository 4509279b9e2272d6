"""What the panel asks of the world around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.ids import MemberId, OperatorId
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.quote import Quote
from pos_app.money import Money
from pos_app.ui.checkout.charge import Prove


@dataclass(frozen=True, slots=True)
class Priced:
    """A price as it was made: the runner-up in words, and whether the rules chose the mix."""

    quote: Quote | None
    beside: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class CheckoutDoors:
    """Callables that the window supplies; the panel knows no other screen and no device."""

    operator: Callable[[], OperatorId]
    prove: Prove
    priced: Callable[[Priced], None]
    sold: Callable[[SaleReceipt], None]
    print_slip: Callable[[SaleReceipt], None]
    open_drawer: Callable[[], None]
    say: Callable[[str, str], None]
    top_up: Callable[[Money], None]
    open_member: Callable[[MemberId], None]
    next_order: Callable[[], None]
    show_held: Callable[[], None]
    shelf_changed: Callable[[], None]
