"""A liability as it goes over the wire."""

from __future__ import annotations

from pos_app.ledger.rules.liability import Pockets
from pos_app.sync.wire_figures import Fen, LiabilityRoll, SettledAt, StoreLiability
from pos_hq.liability import Liability, Roll


def told(found: Liability, store: str, now_ms: int) -> StoreLiability:
    """Return the liability of one store's lots."""
    return StoreLiability(
        store=store,
        first=None if found.first is None else found.first.isoformat(),
        last=None if found.last is None else found.last.isoformat(),
        roll=_roll(found.total),
        settled=tuple(
            SettledAt(store=one.spent_at, spent=_fen(one.spent)) for one in found.settled
        ),
        given_again=_fen(found.given_again),
        custody={issuer.value: share.minor for issuer, share in found.custody.items()},
        even=found.even,
        time=now_ms,
    )


def _roll(roll: Roll) -> LiabilityRoll:
    moved = roll.moved
    return LiabilityRoll(
        opening=_fen(moved.opening),
        top_ups=_fen(moved.top_ups),
        spent=_fen(moved.spent),
        refunds=_fen(moved.refunds),
        closures=_fen(moved.closures),
        adjustments=_fen(moved.adjustments),
        closing=_fen(moved.closing),
        lots=_fen(roll.lots),
        difference=_fen(roll.difference),
    )


def _fen(pockets: Pockets) -> Fen:
    return Fen(principal=pockets.principal.minor, bonus=pockets.bonus.minor)
