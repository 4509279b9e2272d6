"""Refunds that the wallet may not hold: they lie beside it until they are spent."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from pos_app.ids import LotId
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.wallet import Lot, LotSpend, balance_of, spend_lots
from pos_app.money import Money, total_of


@dataclass(frozen=True, slots=True)
class BackToWallet:
    """Where a refund goes: to its own lots, or as a whole to an overflow lot."""

    lots: tuple[LotSpend, ...]
    overflow: Lot | None


def back_to_wallet(
    balance: Money,
    back: Sequence[LotSpend],
    overflow: LotId,
    programme: Programme,
    *,
    named: bool = True,
) -> BackToWallet:
    """Return where a refund of stored value goes (商务部令2012年第9号 article 20).

    What would lift the wallet over the legal cap goes to another lot of the same member as a whole,
    as to another card. `balance` is the wallet without its overflow lots.
    """
    rules = programme.stored_value
    limit = Money(rules.named_limit_fen if named else rules.unnamed_limit_fen)
    principal = total_of([one.principal for one in back])
    bonus = total_of([one.bonus for one in back])
    if balance + principal + bonus <= limit:
        return BackToWallet(tuple(back), None)
    return BackToWallet((), Lot(overflow, principal, bonus))


def spend_with_overflow(
    lots: Sequence[Lot], overflow: Container[LotId], amount: Money
) -> tuple[LotSpend, ...]:
    """Take an amount: overflow lots are drained first, then the oldest (RND-S).

    Raises NotCovered when all lots hold less.
    """
    return spend_lots(sorted(lots, key=lambda lot: lot.id not in overflow), amount)


def blocks_top_up(lots: Sequence[Lot], overflow: Container[LotId]) -> bool:
    """Say whether top-ups must wait until the overflow is spent."""
    return bool(balance_of([lot for lot in lots if lot.id in overflow]))
