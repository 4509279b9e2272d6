"""What the panel asks of the world around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pos_app.errors import PosError
from pos_app.ids import MemberId, OperatorId
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.store.right_rows import Want
from pos_app.money import Money
from pos_app.ui.checkout.charge import Prove


@dataclass(frozen=True, slots=True)
class Priced:
    """A price as it was made: the runner-up in words, and whether the rules chose the mix."""

    quote: Quote | None
    beside: str
    by_hand: bool


class Cover(Protocol):
    """Fetches from HQ what a payment spends beyond what is held here. It never blocks.

    It answers once, on the GUI thread: `done` when HQ has answered, whether it granted or not,
    `failed` with HqUnreachable, HqRefused or HqMisbehaved. Nothing is lost by not waiting for it:
    what comes too late goes back to HQ by itself.
    """

    def __call__(
        self,
        member: MemberId,
        wants: tuple[Want, ...],
        done: Callable[[None], None],
        failed: Callable[[PosError], None],
        /,
    ) -> None: ...


def nothing_to_cover(
    _member: MemberId,
    _wants: tuple[Want, ...],
    done: Callable[[None], None],
    _failed: Callable[[PosError], None],
) -> None:
    """Answer at once: a terminal without an HQ holds all that there is."""
    done(None)


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
