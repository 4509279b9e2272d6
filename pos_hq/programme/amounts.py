"""Sums, shares and moments as whoever writes a programme reads them."""

from __future__ import annotations

from datetime import datetime, time

from pos_app.ledger.rules.programme_store import Share


def yuan(fen: int) -> str:
    """Write fen as yuan."""
    sign, fen = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{fen // 100:,}.{fen % 100:02}"


def percent(basis_points: int) -> str:
    """Write basis points as a percentage."""
    return f"{basis_points / 100:g} %"


def shown(value: object) -> str:
    """Write any value of a programme in one line."""
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "yes", False: "no"}[value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, tuple):
        return f"[{', '.join(map(shown, value))}]"
    return f"“{value}”" if isinstance(value, str) else str(value)


def share_in_words(share: Share) -> str:
    """Show the arithmetic of a store's share: "own 20.00 of 205.00 + 20.00 is 8.89 %, …"."""
    hq, own = yuan(share.hq.minor), yuan(share.store.minor)
    is_now, most = (
        f"{one.value / 100:.2f} %" for one in (share.standing.share, share.standing.most)
    )
    return f"own {own} of {hq} + {own} is {is_now}, at most {most}"
