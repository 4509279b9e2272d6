"""Amounts, points and their signs as a slip shows them."""

from pos_app.money import Growth, Money, Points

_MINUS = "\u2212"
_THIN_SPACE = "\u2009"
_YUAN = "\u00a5"


def money_text(amount: Money) -> str:
    """Return yuan with two decimals: `¥1,998.90`, and `− ¥30.00` below zero."""
    yuan, fen = divmod(abs(amount.minor), 100)
    sign = _MINUS + _THIN_SPACE if amount.minor < 0 else ""
    return f"{sign}{_YUAN}{yuan:,}.{fen:02}"


def points_text(points: Points | Growth) -> str:
    """Return a balance of points: `7,489`, and `−120` for a debt."""
    sign = _MINUS if points.minor < 0 else ""
    return f"{sign}{abs(points.minor):,}"


def points_change_text(points: Points | Growth) -> str:
    """Return a movement of points or growth, always with its sign."""
    return f"+{points_text(points)}" if points.minor > 0 else points_text(points)
