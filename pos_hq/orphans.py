"""Dead epochs: giving members their rights again, and closing the account of the loss."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ids import NodeId
from pos_hq.facts import NodeUnknown, NotReleased
from pos_hq.fold import accounts
from pos_hq.fold.accounts import LOSS_ORPHAN, right_of
from pos_hq.fold.sheet import Key, Sheet, Whence
from pos_hq.fold.values import Act, Released
from pos_hq.hq import Hq
from pos_hq.store import case_rows, chain_rows, released_rows
from pos_hq.store.database import Connection
from pos_hq.store.loading import load_members
from pos_hq.store.saving import save
from pos_hq.window import window_start


@dataclass(frozen=True, slots=True)
class Orphan:
    """A generation of a node that will not speak again, and what HQ has in its holdings."""

    node: str
    epoch: int
    state: str
    totals: dict[str, int]


def waiting(hq: Hq) -> tuple[Orphan, ...]:
    """Return the epochs that are no longer alive and still hold members' rights."""
    with hq.read() as book:
        dead = chain_rows.not_living(book)
        found = (
            Orphan(node, epoch, state, chain_rows.hold_totals(book, node, epoch))
            for node, epoch, state in dead
        )
        return tuple(orphan for orphan in found if orphan.totals)


def release(hq: Hq, node: NodeId, epoch: int, *, by: str, reason: str) -> dict[str, int]:
    """Give members again what a dead epoch holds, from the house's loss account.

    Return the loss by unit. It becomes smaller when the old journal turns up. Releasing twice is
    harmless. The exception that asked for it is closed (ORPHAN). Raises NodeUnknown, NotReleased
    for an epoch that has been sealed.
    """
    with hq.write() as book:
        sheet = _sheet(hq, book, node, epoch)
        if sheet.whence.state == "released":
            return {}
        if sheet.whence.state == "sealed":
            raise NotReleased("sealed")
        totals: dict[str, int] = {}
        moves = []
        for account, unit, amount in _held(sheet):
            moves.append((LOSS_ORPHAN, _free(account), unit, amount))
            sheet.released[account, unit] = Released(amount, 0)
            sheet.back_home.add((account, unit))
            totals[unit] = totals.get(unit, 0) + amount
        sheet.act(Act("RELEASE_ORPHAN", None, reason, tuple(moves), by))
        chain_rows.set_state(book, node.hex, epoch, "released")
        asked = case_rows.open_of(book, "ORPHAN", node.hex)
        answered = [kept for kept in asked if kept.case.epoch == epoch]
        save(book, sheet, case_rows.settle(book, answered, hq.now_ms(), by))
    return totals


def seal(hq: Hq, node: NodeId, epoch: int, *, by: str) -> None:
    """Take what is left of a released holding off the loss: nothing more will come.

    What arrived after the release belongs to the member. Sealing twice is harmless.
    Raises NodeUnknown, NotReleased.
    """
    with hq.write() as book:
        sheet = _sheet(hq, book, node, epoch)
        if sheet.whence.state == "sealed":
            return
        if sheet.whence.state != "released":
            raise NotReleased(sheet.whence.state)
        held = list(_held(sheet))
        again = released_rows.load(book, [account for account, *_ in held])
        moves = [
            move
            for account, unit, amount in held
            for move in _home(sheet, again, (account, unit), amount)
        ]
        sheet.act(Act("SEAL_ORPHAN", None, "", tuple(moves), by))
        chain_rows.set_state(book, node.hex, epoch, "sealed")
        save(book, sheet)


def _sheet(hq: Hq, book: Connection, node: NodeId, epoch: int) -> Sheet:
    chain_rows.lock(book, node.hex, epoch)
    chain = chain_rows.chain_of(book, node.hex, epoch)
    if chain is None:
        raise NodeUnknown
    sheet = Sheet(Whence(chain.node, chain.epoch, chain.state, hq.now_ms(), {}))
    holders = chain_rows.holders(book, chain.node, chain.epoch)
    load_members(book, sheet, holders, window_start(hq, book))
    return sheet


def _held(sheet: Sheet) -> list[tuple[str, str, int]]:
    at = f"hold:{sheet.whence.at}:"
    return [
        (account, unit, amount)
        for (account, unit), amount in sorted(sheet.balances.items())
        if account.startswith(at) and amount > 0
    ]


def _home(
    sheet: Sheet, again: dict[Key, Released], key: Key, amount: int
) -> list[tuple[str, str, str, int]]:
    (account, unit), known = key, again.get(key)
    lost = 0 if known is None else min(amount, known.awaited)
    if known is not None and lost:
        known.returned += lost
        sheet.released[key] = known
        sheet.back_home.add(key)
    moves = ((account, LOSS_ORPHAN, unit, lost), (account, _free(account), unit, amount - lost))
    return [move for move in moves if move[3]]


def _free(account: str) -> str:
    right = right_of(account)
    assert right is not None, "holdings have an owner"
    return accounts.avail(right.pocket, right.member, right.ref)
