"""What each tender pays of an amount that is due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pos_app.ledger.rules.basket import BasketRefused, Tender, TenderAsk, TenderShare, Unfit
from pos_app.ledger.rules.wallet import Lot, LotSpend, NotCovered, balance_of, spend_lots
from pos_app.money import Money, total_of

NO_CREDIT = Money()


@dataclass(frozen=True, slots=True)
class Payment:
    """An amount due, settled. `missing` is what no tender covers yet."""

    lots: tuple[LotSpend, ...]
    principal: Money
    bonus: Money
    rounding: Money
    externals: tuple[TenderShare, ...]
    missing: Money


def settle(
    due: Money,
    asks: Sequence[TenderAsk],
    lots: Sequence[Lot],
    rounding_unit: int,
    credit: Money = NO_CREDIT,
) -> Payment:
    """Let the tenders pay in their order; an external without an amount takes the rest.

    The cash part is rounded down to the unit (RND-Z), nothing else is. Where stored value pays
    what it covers, `credit` covers what is still missing: all of it, or nothing.
    Raises NotCovered when a stated amount of stored value exceeds the lots.
    """
    parts = _parts(due, asks, balance_of(lots))
    missing = due - total_of(list(parts.values()))
    if missing <= credit and TenderAsk(Tender.STORED_VALUE) in asks:
        parts[Tender.CREDIT] = missing
    spends = spend_lots(lots, parts.pop(Tender.STORED_VALUE, Money()))
    rounding = Money(parts.get(Tender.CASH, Money()).minor % rounding_unit)
    if rounding:
        parts[Tender.CASH] -= rounding
    externals = tuple(TenderShare(tender, amount) for tender, amount in parts.items() if amount)
    principal = total_of([spend.principal for spend in spends])
    bonus = total_of([spend.bonus for spend in spends])
    paid = total_of([principal, bonus, rounding, *(share.amount for share in externals)])
    return Payment(spends, principal, bonus, rounding, externals, due - paid)


def _parts(due: Money, asks: Sequence[TenderAsk], wallet: Money) -> dict[Tender, Money]:
    """Return what each tender covers, in the order of the asks."""
    if any(ask.tender is Tender.CREDIT for ask in asks):
        raise BasketRefused(Unfit.CREDIT_ASKED)
    parts = {ask.tender: Money() for ask in asks}
    still = due
    for ask in asks:
        taken = _wanted(ask, still, wallet - parts.get(Tender.STORED_VALUE, Money()))
        parts[ask.tender] += taken
        still -= taken
    for tender in _takers_of_the_rest(asks):
        parts[tender] += still
        still = Money()
    return parts


def _wanted(ask: TenderAsk, still: Money, wallet: Money) -> Money:
    if ask.amount is None:
        return min(still, wallet) if ask.tender is Tender.STORED_VALUE else Money()
    if ask.amount.minor < 0:
        raise BasketRefused(Unfit.NEGATIVE_TENDER)
    wanted = min(ask.amount, still)
    if ask.tender is Tender.STORED_VALUE and wanted > wallet:
        raise NotCovered(wanted, wallet)
    return wanted


def _takers_of_the_rest(asks: Sequence[TenderAsk]) -> Iterator[Tender]:
    return (
        ask.tender for ask in asks if ask.amount is None and ask.tender is not Tender.STORED_VALUE
    )
