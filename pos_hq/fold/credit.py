"""Stored value that a member spent early: settled from what lies at HQ, oldest lot first."""

from __future__ import annotations

from uuid import UUID

from pos_app.ids import LotId
from pos_app.ledger.rules.wallet import Lot, LotSpend, balance_of, spend_lots
from pos_app.money import Money
from pos_hq.fold import accounts
from pos_hq.fold.accounts import CNY, OWED, Right, right_of
from pos_hq.fold.fact import Fact
from pos_hq.fold.sheet import Sheet, case_of
from pos_hq.fold.values import Act, CaseType

CREDIT_OWED: CaseType = "CREDIT_OWED"


def owed_by(sheet: Sheet, member: str) -> int:
    """Return what a member still owes, in fen; below zero HQ has settled more than was owed."""
    return -sum(amount for right, amount in _of(sheet, member) if right.holder == OWED)


def settle(sheet: Sheet, fact: Fact) -> None:
    """Settle what the members of an event owe. What is not covered is told to a person, once."""
    touched = {
        right.member for row in sheet.entries() for right in map(right_of, row[2:4]) if right
    }
    for member in sorted({sheet.canonical(one) for one in touched} & sheet.owing):
        settle_member(sheet, member)
        owed = owed_by(sheet, member)
        account = accounts.receivable(member)
        if owed > 0 and (CREDIT_OWED, account) not in sheet.known_cases:
            sheet.known_cases.add((CREDIT_OWED, account))
            told = {"member": member, "account": account, "unit": CNY, "amount": owed}
            sides = {"here": {"sum": owed}, "there": _given(fact)}
            sheet.open_case(case_of(sheet, fact, CREDIT_OWED, **told, **sides))


def settle_member(sheet: Sheet, member: str) -> None:
    """Take what is owed from the free lots, or put back what a return has left over."""
    owed = owed_by(sheet, member)
    here = accounts.receivable(member)
    if owed > 0:
        free = _lots(sheet, member, "avail")
        spends = spend_lots(free, min(Money(owed), balance_of(free)))
        moves = _between(member, spends)
    else:
        paid = _lots(sheet, member, OWED)[::-1]
        spends = spend_lots(paid, min(Money(-owed), balance_of(paid)))
        moves = [
            (target, source, unit, fen) for source, target, unit, fen in _between(member, spends)
        ]
    if moves:
        sheet.act(Act("SETTLE_CREDIT", member, here, tuple(moves)))


def made_good(sheet: Sheet, account: str) -> bool:
    """Say whether nothing is owed any more on a receivable, nor by whom its owner became."""
    right = right_of(account)
    assert right is not None, "a receivable has an owner"
    return owed_by(sheet, sheet.canonical(right.member)) <= 0


def _between(member: str, spends: tuple[LotSpend, ...]) -> list[tuple[str, str, str, int]]:
    """Return the transfers that settle by these lots."""
    parts = [
        (pocket, spend.lot.hex, amount.minor)
        for spend in spends
        for pocket, amount in (("P", spend.principal), ("B", spend.bonus))
        if amount
    ]
    return [
        (accounts.avail(pocket, member, lot), accounts.settled(pocket, member, lot), CNY, fen)
        for pocket, lot, fen in parts
    ]


def _lots(sheet: Sheet, member: str, holder: str) -> list[Lot]:
    """Return what lots hold free, or have settled, oldest first."""
    found: dict[str, dict[str, int]] = {}
    for right, amount in _of(sheet, member):
        pocket, lot = (right.pocket, right.ref)
        if right.holder == OWED and right.ref:
            pocket, lot = right.ref.split(":")
        if right.holder == holder and pocket in {"P", "B"} and amount > 0:
            found.setdefault(lot, {"P": 0, "B": 0})[pocket] = amount
    return [
        Lot(LotId(UUID(lot)), Money(held["P"]), Money(held["B"]))
        for lot, held in sorted(found.items(), key=lambda one: (_age(sheet, one[0]), one[0]))
    ]


def _age(sheet: Sheet, lot: str) -> int:
    known = sheet.lots.get(lot)
    return 0 if known is None else known.at


def _of(sheet: Sheet, member: str) -> list[tuple[Right, int]]:
    """Return what a member has and owes in money, by account."""
    found = []
    for account, unit in sorted(sheet.owned.get(member, ())):
        right = right_of(account)
        if right is not None and unit == CNY:
            found.append((right, sheet.balances[account, unit]))
    return found


def _given(fact: Fact) -> dict[str, object]:
    given = sum(move.amount for move in fact.moves if move.source.startswith("receivable:"))
    return {"event": None if fact.id is None else fact.id.hex(), "sum": given}
