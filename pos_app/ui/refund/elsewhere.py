"""Sales of other tills on the refund page: asked of HQ on a lane of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger import refund_lookup
from pos_app.ledger.elsewhere import OrderElsewhere
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.refund_lookup import SaleOpen, SaleSummary
from pos_app.sync.errands import Errands
from pos_app.ui.far import Far


@dataclass(frozen=True, slots=True)
class Found:
    """A sale of another till: as HQ told it, and in a line."""

    told: OrderElsewhere
    summary: SaleSummary


Listed = Callable[[tuple[Found, ...]], None]
Failed = Callable[[PosError], None]


def find(far: Far, slip: str, done: Listed, failed: Failed) -> None:
    """Ask for the sales of a slip number."""
    errands = far.errands
    far.work.run(lambda: _found(errands, errands.of_slip(slip)), done, failed)


def find_of(far: Far, member: MemberId, done: Listed, failed: Failed) -> None:
    """Ask for a member's latest sales."""
    errands = far.errands
    far.work.run(lambda: _found(errands, errands.of_member(member)), done, failed)


def open_sale(
    far: Far, told: OrderElsewhere, done: Callable[[SaleOpen], None], failed: Failed
) -> None:
    """Open a sale for a return, with the points here that it takes back."""
    far.work.run(lambda: _opened(far.errands, told), done, failed)


def _found(errands: Errands, orders: tuple[OrderElsewhere, ...]) -> tuple[Found, ...]:
    def lines(ledger: Ledger) -> tuple[Found, ...]:
        return tuple(Found(one, refund_lookup.summary_told(ledger, one)) for one in orders)

    return errands.at(lines)


def _opened(errands: Errands, told: OrderElsewhere) -> SaleOpen:
    errands.fetch_points(told)
    return errands.at(lambda ledger: refund_lookup.open_told(ledger, told))
