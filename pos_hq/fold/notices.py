"""What a member is told of their stored value, in the transaction that books it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pos_hq.fold.accounts import Right, right_of
from pos_hq.fold.fact import Fact
from pos_hq.fold.sheet import Sheet
from pos_hq.fold.told import given_again

KINDS = {"TOPUP": "top_up", "SALE": "payment", "REFUND": "refund", "VOID": "refund"}
_POCKETS = {"P": "principal", "B": "bonus"}


def tell(sheet: Sheet, fact: Fact) -> None:
    """Tell of a top-up, a payment and a refund: how much, and what is left everywhere."""
    kind, person = KINDS.get(fact.kind), sheet.person_of(fact)
    if kind is None or person is None:
        return
    moved: Counter[str] = Counter(principal=0, bonus=0)
    for right, change in _changes(sheet):
        if right.member == person.id and right.pocket in _POCKETS:
            moved[_POCKETS[right.pocket]] += change
    if any(moved.values()):
        facts = {name: abs(change) for name, change in moved.items()}
        left = _left(sheet, person.id) + _left_with(sheet, person.merged_into)
        sheet.tell(person.id, kind, {**facts, "balance": left, "at": fact.at}, "message")


def _changes(sheet: Sheet) -> Iterator[tuple[Right, int]]:
    for _, _, source, target, _, amount in sheet.entries():
        for account, change in ((source, -amount), (target, amount)):
            right = right_of(account)
            if right is not None:
                yield right, change


def _left_with(sheet: Sheet, merged_into: str | None) -> int:
    return 0 if merged_into is None else _left(sheet, merged_into)


def _left(sheet: Sheet, member: str) -> int:
    """Return the stored value of a member, free and held; what was given again counts once."""
    left = 0
    for account, unit in sheet.owned.get(member, ()):
        right = right_of(account)
        if right is not None and right.pocket in _POCKETS:
            left += sheet.balances[account, unit] - given_again(sheet, account, unit)
    return left
