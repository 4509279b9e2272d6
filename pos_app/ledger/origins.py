"""Where a member's figures come from: lots, batches and coupons, and the events behind each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pos_app.ids import MemberId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.holdings import (
    Wallet,
    coupons_everywhere,
    coupons_of,
    wallet_everywhere,
    wallet_of,
)
from pos_app.ledger.store.lots import lots_everywhere
from pos_app.ledger.store.origin_rows import Move, moves_of
from pos_app.ledger.store.right_rows import elsewhere


class Figure(StrEnum):
    """A figure of a member that can be led back to its events."""

    STORED_VALUE = "stored_value"
    POINTS = "points"
    DEBT = "debt"
    COUPONS = "coupons"


POCKETS: Mapping[Figure, tuple[str, ...]] = {
    Figure.STORED_VALUE: ("P", "B"),
    Figure.POINTS: ("PTS",),
    Figure.DEBT: ("DEBT",),
    Figure.COUPONS: ("CPN",),
}


@dataclass(frozen=True, slots=True)
class Step:
    """What one event changed in a part, and what the part held here after it.

    Of stored value `amount` counts principal and bonus together; `bonus` is the bonus in it.
    """

    seq: int
    at: datetime
    kind: Kind
    amount: int
    bonus: int
    after: int


@dataclass(frozen=True, slots=True)
class Part:
    """A lot, a batch, a coupon or the debt: its events here, and what lies of it free at HQ."""

    ref: str
    name: str
    since: datetime | None
    steps: tuple[Step, ...]
    at_hq: int

    @property
    def left(self) -> int:
        """Return what is left of it, here and at HQ."""
        return (self.steps[-1].after if self.steps else 0) + self.at_hq


@dataclass(frozen=True, slots=True)
class Origins:
    """A figure as the counter shows it, and the parts of which it is made."""

    figure: Figure
    shown: int
    parts: tuple[Part, ...]

    @property
    def difference(self) -> int:
        """Return what the events do not explain: nothing, in a sound book."""
        return self.shown - sum(part.left for part in self.parts)


def origins(ledger: Ledger, member: MemberId, figure: Figure) -> Origins:
    """Lead a figure back to the events behind it; parts that are used up are left out."""
    pockets = POCKETS[figure]
    moves = [move for move in moves_of(ledger.read(), member) if move.pocket in pockets]
    if figure is Figure.DEBT:
        moves = [_owed(move) for move in moves]
    away = _at_hq(ledger, member, pockets)
    named = _names(ledger, member, figure)
    since = {lot.lot.hex: lot.at for lot in lots_everywhere(ledger.read(), member)}
    refs = sorted({move.ref for move in moves} | set(away), key=lambda ref: _order(ref, since))
    parts = tuple(
        Part(
            ref,
            named.get(ref, ref),
            since.get(ref),
            _steps(move for move in moves if move.ref == ref),
            away.get(ref, 0),
        )
        for ref in refs
        if _counts(ledger, figure, ref, named)
    )
    return Origins(
        figure, _shown(ledger, member, figure), tuple(part for part in parts if part.left)
    )


def _order(ref: str, since: Mapping[str, datetime]) -> tuple[float, str]:
    at = since.get(ref)
    return (0 if at is None else at.timestamp(), ref)


def _counts(ledger: Ledger, figure: Figure, ref: str, named: Mapping[str, str]) -> bool:
    """Say whether a part belongs to the figure: what has run out does not."""
    if figure is Figure.POINTS:
        return date.fromisoformat(ref) >= ledger.today()
    return figure is not Figure.COUPONS or ref in named


def _owed(move: Move) -> Move:
    return Move(move.pocket, move.ref, move.seq, move.at, move.kind, -move.amount)


def _at_hq(ledger: Ledger, member: MemberId, pockets: tuple[str, ...]) -> dict[str, int]:
    """Return what lies free at HQ of each part; offline it does not count."""
    sums: dict[str, int] = {}
    for right in elsewhere(ledger.read(), member) if ledger.online else ():
        if right.pocket in pockets:
            sums[right.ref] = sums.get(right.ref, 0) + right.amount
    return sums


def _names(ledger: Ledger, member: MemberId, figure: Figure) -> dict[str, str]:
    """Return the templates of the coupons in hand."""
    if figure is not Figure.COUPONS:
        return {}
    read = coupons_everywhere if ledger.online else coupons_of
    return {held.id.hex: held.template for held in read(ledger.read(), member, ledger.today())}


def _shown(ledger: Ledger, member: MemberId, figure: Figure) -> int:
    """Return the figure from the balances that are kept, not from the events."""
    wallet = (wallet_everywhere if ledger.online else wallet_of)(ledger.read(), member)
    if figure is Figure.COUPONS:
        return len(_names(ledger, member, figure))
    return _of_wallet(wallet, figure, ledger.today())


def _of_wallet(wallet: Wallet, figure: Figure, today: date) -> int:
    if figure is Figure.STORED_VALUE:
        return (wallet.principal + wallet.bonus).minor
    if figure is Figure.DEBT:
        return wallet.debt.minor
    return (wallet.points_on(today) + wallet.debt).minor


def _steps(moves: Iterable[Move]) -> tuple[Step, ...]:
    """Return a step for each event: its transfers of this part together."""
    steps: list[Step] = []
    for move in moves:
        bonus = move.amount if move.pocket == "B" else 0
        last = steps[-1] if steps else None
        after = (last.after if last else 0) + move.amount
        amount = move.amount
        if last is not None and last.seq == move.seq:
            steps.pop()
            amount, bonus = amount + last.amount, bonus + last.bonus
        steps.append(Step(move.seq, move.at, move.kind, amount, bonus, after))
    return tuple(steps)
