"""An event's transfers, booked at HQ: never refused, and never below a holding's floor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pos_hq.fold import accounts
from pos_hq.fold.accounts import here, right_of, suspense
from pos_hq.fold.fact import Fact, Move
from pos_hq.fold.sheet import Entry, Sheet, case_of
from pos_hq.fold.values import Act, CaseType

Booked = tuple[str, str, str, int]


def post(sheet: Sheet, fact: Fact) -> None:
    """Book the transfers of an ordinary event."""
    book(sheet, fact, fact.moves)


def book(sheet: Sheet, fact: Fact, moves: tuple[Move, ...]) -> None:
    """Book transfers under the names that HQ has for their accounts.

    An account that cannot be posted is replaced by the node's suspense account, and a person told.
    """
    strange: Counter[str] = Counter()
    sheet.post(fact, list(_translated(sheet, moves, strange)))
    for unit, amount in strange.items():
        sheet.open_case(
            case_of(sheet, fact, "ACCOUNT_UNKNOWN", unit=unit, amount=abs(amount), suspense=amount)
        )
    cover(sheet, fact)


def cover(sheet: Sheet, fact: Fact) -> None:
    """Take from suspense what a holding lacks after the event: impossible for an honest node."""
    drawn = dict.fromkeys((row[2], row[4]) for row in sheet.entries())
    for account, unit in drawn:
        missing = -sheet.balances[account, unit]
        if missing > 0 and account.startswith("hold:"):
            _cover(sheet, fact, account, unit, missing)
        elif missing > 0 and account.startswith("avail:"):
            overdrawn(sheet, fact, account, unit)


def overdrawn(sheet: Sheet, fact: Fact, account: str, unit: str) -> None:
    """Tell of a right at HQ that is below zero: it was spent before HQ knew of it."""
    right, missing = right_of(account), -sheet.balances[account, unit]
    assert right is not None, "rights have an owner"
    if ("AVAIL_SHORT", account) in sheet.known_cases:
        return
    sheet.known_cases.add(("AVAIL_SHORT", account))
    told = {"member": right.member, "account": account, "unit": unit, "amount": missing}
    sheet.open_case(case_of(sheet, fact, "AVAIL_SHORT", **told))


def made_good(sheet: Sheet, account: str, unit: str) -> bool:
    """Say whether a right at HQ is no longer below zero, nor that of whom its owner became."""
    right = right_of(account)
    assert right is not None, "rights have an owner"
    theirs = accounts.avail(right.pocket, sheet.canonical(right.member), right.ref)
    return min(sheet.balances[account, unit], sheet.balances[theirs, unit]) >= 0


def suspend(
    sheet: Sheet, fact: Fact, kind: CaseType, differences: dict[tuple[str, str], int]
) -> None:
    """Set holdings right by amounts that nothing at HQ explains, against suspense."""
    for (account, unit), more in differences.items():
        if not more:
            continue
        waiting = suspense(sheet.whence.node)
        ends = (waiting, account) if more > 0 else (account, waiting)
        sheet.post(fact, [(*ends, unit, abs(more))])
        told = {"account": account, "unit": unit, "amount": abs(more), "suspense": -more}
        sheet.open_case(case_of(sheet, fact, kind, **told))


def _cover(sheet: Sheet, fact: Fact, account: str, unit: str, missing: int) -> None:
    right = right_of(account)
    assert right is not None, "a holding has an owner"
    kind: CaseType = "COUPON_DOUBLE" if right.pocket == "CPN" else "HOLD_SHORT"
    sheet.post(fact, [(suspense(sheet.whence.node), account, unit, missing)])
    told = {"member": right.member, "account": account, "unit": unit, "amount": missing}
    here_now = {"held": sheet.balances[account, unit] - missing}
    sheet.open_case(case_of(sheet, fact, kind, **told, suspense=-missing, here=here_now))


def _translated(sheet: Sheet, moves: tuple[Move, ...], strange: Counter[str]) -> Iterator[Booked]:
    at, waiting = sheet.whence.at, suspense(sheet.whence.node)
    for move in moves:
        source, target = here(move.source, move.unit, at), here(move.target, move.unit, at)
        if source is None and target is None:
            strange[move.unit] += 0
            continue
        if source is None:
            strange[move.unit] -= move.amount
        if target is None:
            strange[move.unit] += move.amount
        yield source or waiting, target or waiting, move.unit, move.amount


def sweep(sheet: Sheet) -> None:
    """Pass on to the canonical member what has come to a duplicate."""
    owners = {right.member for row in sheet.entries() for right in _of(row)}
    for member in sorted(owners):
        if sheet.canonical(member) != member:
            sweep_member(sheet, member)


def sweep_member(sheet: Sheet, member: str) -> None:
    """Move everything that HQ may grant, and debts, from a duplicate to the canonical member."""
    canonical = sheet.canonical(member)
    moves: list[Booked] = []
    for account, unit in sorted(sheet.owned[member]):
        right, amount = right_of(account), sheet.balances[account, unit]
        theirs = None if right is None else _passed_on(right, canonical)
        if theirs is None or not amount:
            continue
        ends = (account, theirs) if amount > 0 else (theirs, account)
        moves.append((*ends, unit, abs(amount)))
    if moves:
        sheet.act(Act("MERGE", canonical, member, tuple(moves)))


def _passed_on(right: accounts.Right, canonical: str) -> str | None:
    """Return the same account of the canonical member; None for one that stays where it is."""
    if right.holder == "debt":
        return accounts.debt(canonical)
    if right.holder == accounts.OWED and not right.ref:
        return accounts.receivable(canonical)
    if right.holder == accounts.OWED:
        pocket, lot = right.ref.split(":")
        return accounts.settled(pocket, canonical, lot)
    return accounts.avail(right.pocket, canonical, right.ref) if right.holder == "avail" else None


def _of(row: Entry) -> Iterator[accounts.Right]:
    for account in (row[2], row[3]):
        right = right_of(account)
        if right is not None:
            yield right
