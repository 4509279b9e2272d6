"""What differs between two programmes, key by key, and what that means in money."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pos_app.ledger.rules.points import points_earned
from pos_app.ledger.rules.programme import Programme
from pos_app.money import BasisPoints, Money
from pos_hq.programme.amounts import percent, shown, yuan

# Rows of these lists are known by what they are about, not by their place.
_NAMED_BY = {
    "tier": "code",
    "coupon.template": "code",
    "points.gift": "code",
    "stored_value.ladder": "topup_fen",
}
_HUNDRED = Money(10_000)


@dataclass(frozen=True, slots=True)
class Change:
    """A key whose value differs; None where one of the two does not have it."""

    key: str
    old: object
    new: object
    effect: str


def changes(old: Programme, new: Programme) -> Iterator[Change]:
    """Yield every key that differs, in the order of the document; what is gone comes last."""
    before, after = _flat(old), _flat(new)
    for key in (*after, *(key for key in before if key not in after)):
        was, becomes = before.get(key), after.get(key)
        if was != becomes:
            yield Change(key, was, becomes, _effect(key, was, becomes))


def line(change: Change) -> str:
    """Write a change down: the key, old -> new, and its effect."""
    told = f"{change.key}: {shown(change.old)} -> {shown(change.new)}"
    return f"{told}  ({change.effect})" if change.effect else told


def _flat(programme: Programme) -> dict[str, object]:
    return dict(_walk("", programme.model_dump(by_alias=True)))


def _walk(key: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _walk(f"{key}.{name}" if key else name, inner)
    elif key in _NAMED_BY and isinstance(value, Sequence):
        for row in value:
            yield from _walk(f"{key}.{row[_NAMED_BY[key]]}", row)
    else:
        yield key, value


def _effect(key: str, old: object, new: object) -> str:
    if type(old) is not int or type(new) is not int:
        return ""
    for pattern, told in _EFFECTS:
        found = re.fullmatch(pattern, key)
        if found:
            return told(found, old, new)
    return ""


_Told = Callable[[re.Match[str], int, int], str]


def _says(text: str, figure: Callable[[int], str]) -> _Told:
    """Return words with the figure of either side; {0} is what the key names."""
    return lambda found, old, new: text.format(*found.groups(), old=figure(old), new=figure(new))


def _points(multiplier: int) -> str:
    return str(points_earned(_HUNDRED, BasisPoints(multiplier)).minor)


def _of_hundred(basis_points: int) -> str:
    return yuan(_HUNDRED.floor_bp(BasisPoints(basis_points)).minor)


def _pays(pct: int) -> str:
    return yuan(_HUNDRED.minor * pct // 100)


def _rung(found: re.Match[str], old: int, new: int) -> str:
    return f"a top-up of {yuan(int(found[1]))} brings {yuan(old)} -> {yuan(new)} on top"


_EFFECTS: tuple[tuple[str, _Told], ...] = (
    (
        r"points\.multiplier_(.+)_bp",
        _says("100.00 earn {old} -> {new} points, reason {0}", _points),
    ),
    (
        r"points\.redeem_max_pct_bp",
        _says("of 100.00 points pay {old} -> {new} at most", _of_hundred),
    ),
    (
        r"points\.(register_points|redeem_min|redeem_step|daily_.+_cap)",
        _says("points worth {old} -> {new}", yuan),
    ),
    (
        r"growth\.per_fen_denominator",
        _says("100.00 bring {old} -> {new} growth", lambda fen: str(_HUNDRED.minor // fen)),
    ),
    (
        r"tier\.(.+)\.member_day\.pct",
        _says("on the member day {0} pays {old} -> {new} for 100.00", _pays),
    ),
    (r"tier\.(.+)\.spend_fen", _says("{0} is reached with {old} -> {new} in the window", yuan)),
    (r"coupon\.template\.(.+)\.pct", _says("{0} makes 100.00 cost {old} -> {new}", _pays)),
    (r"coupon\.template\.(.+)\.face_fen", _says("{0} takes off {old} -> {new}", yuan)),
    (r"coupon\.template\.(.+)\.threshold_fen", _says("{0} holds from {old} -> {new}", yuan)),
    (r"stored_value\.ladder\.(.+)\.bonus_fen", _rung),
    (
        r"stored_value\.campaigns\.(.+)_extra_pct_bp",
        _says("a top-up of 100.00 brings {old} -> {new} more, campaign {0}", _of_hundred),
    ),
    (
        r"rounding\.cash_rounding_unit_fen",
        _says("cash is rounded down by {old} -> {new} at most", lambda fen: yuan(fen - 1)),
    ),
    (r".+_fen", _says("{old} -> {new} yuan", yuan)),
    (r".+_bp", _says("{old} -> {new}", percent)),
)
