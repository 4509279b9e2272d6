"""Which part of a sale comes back, and what that part was paid with."""

from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.refund_legs import Legs, credit_first, floor_share, legs_of, minus, within
from pos_app.ledger.rules.repricing import due_anew
from pos_app.ledger.rules.sold import Sold
from pos_app.money import Money

Selection = frozenset[int] | Money | None
"""Units, a sum, or (None) all that is still kept."""


@dataclass(eq=False)
class NothingToRefund(PosError):
    """Nothing is selected, or nothing is left."""


@dataclass(eq=False)
class KeptCostsAll(PosError):
    """Priced anew, what is kept costs all that was paid: nothing of it is left to give back."""

    costs: Money
    paid: Money


@dataclass(eq=False)
class RefundExceedsRest(PosError):
    """More is wanted back than is left of what was paid."""

    wanted: Money
    rest: Money


@dataclass(eq=False)
class UnitAlreadyReturned(PosError):
    """A unit comes back a second time."""

    unit: int


@dataclass(eq=False)
class UnitNotSold(PosError):
    """The sale has no such unit."""

    unit: int


@dataclass(eq=False)
class UnitsWanted(PosError):
    """An order whose goods are known is returned by unit, not by amount."""


@dataclass(frozen=True, slots=True)
class Return:
    """The units and the value that come back, and the columns of that part."""

    units: frozenset[int]
    amount: Money
    legs: Legs
    whole: bool


def chosen_return(sold: Sold, selection: Selection, programme: Programme) -> Return:
    """Turn a wish into the part that comes back, or raise why it cannot."""
    left = frozenset(range(len(sold.units))) - sold.returned_units
    if not left:
        raise NothingToRefund
    if isinstance(selection, Money):
        return _by_amount(sold, selection)
    units = left if selection is None else selection
    _ensure_returnable(sold, units)
    if units == left:
        return _the_rest(sold, units)
    if programme.coupon.partial_refund_mode == "recompute":
        return _repriced(sold, units, programme)
    legs = legs_of(sold.units[unit] for unit in sorted(units))
    return _part(sold, units, legs.paid, legs)


def _ensure_returnable(sold: Sold, units: frozenset[int]) -> None:
    if not units:
        raise NothingToRefund
    for unit in sorted(units):
        if not 0 <= unit < len(sold.units):
            raise UnitNotSold(unit)
        if unit in sold.returned_units:
            raise UnitAlreadyReturned(unit)


def _the_rest(sold: Sold, units: frozenset[int]) -> Return:
    """Return all that is left, so that the parts make up the whole exactly."""
    whole = legs_of(sold.units)
    rest = whole.paid - sold.returned_amount
    return Return(units, rest, minus(whole, sold.returned), whole=True)


def _part(sold: Sold, units: frozenset[int], amount: Money, legs: Legs) -> Return:
    """Bound a part by the rest: the mode may have changed since an earlier return of this sale."""
    rest = minus(legs_of(sold.units), sold.returned)
    return Return(units, amount, within(credit_first(legs, rest), rest), whole=False)


def _by_amount(sold: Sold, wanted: Money) -> Return:
    if sold.itemised:
        raise UnitsWanted
    if wanted.minor <= 0:
        raise NothingToRefund
    rest = legs_of(sold.units).paid - sold.returned_amount
    if wanted > rest:
        raise RefundExceedsRest(wanted, rest)
    if wanted == rest:
        return _the_rest(sold, frozenset({0}))
    return _part(sold, frozenset(), wanted, _floored(sold, sold.returned_amount + wanted))


def _floored(sold: Sold, returned_so_far: Money) -> Legs:
    """Return floor(leg × refunded so far / paid) − already returned, of every leg."""
    return minus(floor_share(legs_of(sold.units), returned_so_far), sold.returned)


def _repriced(sold: Sold, units: frozenset[int], programme: Programme) -> Return:
    """Return what was paid above the price of what is kept; the cash rounding stays given."""
    gone = units | sold.returned_units
    whole = legs_of(sold.units)
    kept = [row for place, row in enumerate(sold.units) if place not in gone]
    due = due_anew(kept, sold.coupons, programme) - whole.rounding
    so_far = whole.paid - max(due, Money())
    if so_far <= sold.returned_amount:
        raise KeptCostsAll(max(due, Money()), whole.paid - sold.returned_amount)
    return _part(sold, units, so_far - sold.returned_amount, _floored(sold, so_far))
