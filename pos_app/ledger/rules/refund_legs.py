"""The columns of a sale's rows in sum: what was paid by what, and what of it goes back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pos_app.ledger.rules.basket import Tender, TenderShare, eligible_of, on_credit
from pos_app.ledger.rules.units import UnitRow
from pos_app.ledger.rules.wallet import LotSpend
from pos_app.money import Money, total_of

NOTHING = Money()


@dataclass(frozen=True, slots=True)
class Legs:
    """Sums over unit rows. Coupon and rounding are no tender: nobody gets them back."""

    goods: Money = NOTHING
    coupon: Money = NOTHING
    points: Money = NOTHING
    principal: Money = NOTHING
    bonus: Money = NOTHING
    rounding: Money = NOTHING
    external: tuple[TenderShare, ...] = ()

    @property
    def outside(self) -> Money:
        """Return what external tenders paid."""
        return total_of([share.amount for share in self.external])

    @property
    def paid(self) -> Money:
        """Return what the member gave, in whatever form."""
        return self.points + self.principal + self.bonus + self.outside

    @property
    def eligible(self) -> Money:
        """Return what earns points: external money and stored-value principal."""
        return eligible_of(self.principal, self.external)


NO_LEGS = Legs()


def legs_of(rows: Iterable[UnitRow]) -> Legs:
    """Return the sums of some rows."""
    total = NO_LEGS
    for row in rows:
        total = _together(total, _legs_of_row(row), Money.__add__)
    return total


def plus(one: Legs, other: Legs) -> Legs:
    """Return two sums together."""
    return _together(one, other, Money.__add__)


def minus(one: Legs, other: Legs) -> Legs:
    """Return what is left of the first sum."""
    return _together(one, other, Money.__sub__)


def within(legs: Legs, rest: Legs) -> Legs:
    """Return each leg, never below nothing and never above the rest."""
    return _together(legs, rest, lambda leg, most: max(Money(), min(leg, most)))


def floor_share(whole: Legs, part: Money) -> Legs:
    """Return floor(leg × part / paid) of every leg; with all of it paid back, every leg exactly."""

    def share(leg: Money) -> Money:
        return Money(leg.minor * part.minor // whole.paid.minor)

    return Legs(
        share(whole.goods),
        share(whole.coupon),
        share(whole.points),
        share(whole.principal),
        share(whole.bonus),
        share(whole.rounding),
        tuple(TenderShare(one.tender, share(one.amount)) for one in whole.external),
    )


def credit_first(legs: Legs, rest: Legs) -> Legs:
    """Let what stored value gave back cancel first what was spent early, as far as the rest goes.

    The sum stays; what of it remains to principal and bonus is split as the rest of them is.
    """
    if all(share.tender is not Tender.CREDIT for share in legs.external):
        return legs
    owed, stored = on_credit(rest.external), rest.principal + rest.bonus
    back = min(legs.principal + legs.bonus + on_credit(legs.external), owed + stored)
    cancelled = min(back, owed)
    left = (back - cancelled).minor
    principal = Money(left * rest.principal.minor // stored.minor) if left else Money()
    others = tuple(share for share in legs.external if share.tender is not Tender.CREDIT)
    return replace(
        legs,
        principal=principal,
        bonus=Money(left) - principal,
        external=(*others, TenderShare(Tender.CREDIT, cancelled)),
    )


def from_the_last(taken: Sequence[LotSpend], before: Legs, now: Legs) -> tuple[LotSpend, ...]:
    """Give principal and bonus back to their lots, the last consumed first."""
    principals = [spend.principal.minor for spend in taken]
    bonuses = [spend.bonus.minor for spend in taken]
    back = zip(
        taken,
        _tail(principals, before.principal.minor, now.principal.minor),
        _tail(bonuses, before.bonus.minor, now.bonus.minor),
        strict=True,
    )
    spends = [LotSpend(spend.lot, Money(own), Money(gift)) for spend, own, gift in back]
    return tuple(spend for spend in reversed(spends) if spend.principal or spend.bonus)


def _tail(parts: Sequence[int], before: int, now: int) -> list[int]:
    """Fill `now` into the parts from the end, above what `before` filled already."""
    earlier, later = _filled(parts, before), _filled(parts, before + now)
    return [after - had for after, had in zip(later, earlier, strict=True)]


def _filled(parts: Sequence[int], total: int) -> list[int]:
    filled = []
    for part in reversed(parts):
        filled.append(min(part, total))
        total -= filled[-1]
    return filled[::-1]


def _legs_of_row(row: UnitRow) -> Legs:
    return Legs(
        row.goods, row.coupon, row.points, row.principal, row.bonus, row.rounding, row.external
    )


def _together(one: Legs, other: Legs, operate: Callable[[Money, Money], Money]) -> Legs:
    return Legs(
        operate(one.goods, other.goods),
        operate(one.coupon, other.coupon),
        operate(one.points, other.points),
        operate(one.principal, other.principal),
        operate(one.bonus, other.bonus),
        operate(one.rounding, other.rounding),
        _tenders_together(one.external, other.external, operate),
    )


def _tenders_together(
    one: tuple[TenderShare, ...],
    other: tuple[TenderShare, ...],
    operate: Callable[[Money, Money], Money],
) -> tuple[TenderShare, ...]:
    amounts = {share.tender: share.amount for share in one}
    for share in other:
        amounts[share.tender] = operate(amounts.get(share.tender, Money()), share.amount)
    return tuple(TenderShare(tender, amount) for tender, amount in amounts.items())
