"""HQ's chart of accounts, and how a terminal's account is called here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

CNY = "CNY"
PTS = "PTS"
POCKETS = ("P", "B", "PTS", "CPN")
LOSS_ORPHAN = "loss:orphan"
HQ_SIDE = "hq"
OWED = "owed"
_HOUSE = {
    "bonus_expense": CNY,
    "interest_expense": CNY,
    "pts_issued": PTS,
    "pts_redeemed": PTS,
    "cpn_issued": "CPN",
    "cpn_redeemed": "CPN",
}
_STORE = {"tender": 3, "sales": 2, "rounding": 2, "closing": 2}
_IDENTITY = re.compile("[0-9a-f]{32}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORD = re.compile(r"[\w.-]{1,100}")


@dataclass(frozen=True, slots=True)
class Right:
    """What the name of a member's account says: held where, of what, whose, and which."""

    holder: str
    pocket: str
    member: str
    ref: str

    @property
    def unit(self) -> str:
        """Return the unit that the pocket counts."""
        return unit_of(self.pocket, self.ref)


def place(node: str, epoch: int) -> str:
    """Name one generation of a node."""
    return f"{node}.{epoch}"


def avail(pocket: str, member: str, ref: str) -> str:
    """Name a member's right that HQ may grant."""
    return f"avail:{pocket}:{member}:{ref}"


def held(at: str, pocket: str, member: str, ref: str) -> str:
    """Name a right that one generation of a node may spend."""
    return f"hold:{at}:{pocket}:{member}:{ref}"


def debt(member: str) -> str:
    """Name the account of points that were clawed back after they were spent; at most zero."""
    return f"debt:PTS:{member}"


def receivable(member: str) -> str:
    """Name the account of stored value that a member spent early at a terminal; at most zero."""
    return f"receivable:{member}"


def settled(pocket: str, member: str, lot: str) -> str:
    """Name what a lot has paid of that: the receivable's other part, and where it goes back to."""
    return f"settled:{pocket}:{member}:{lot}"


def suspense(node: str) -> str:
    """Name where waits what could not be posted normally."""
    return f"suspense:{node}"


def adjust(reason: str) -> str:
    """Name the other side of a correction."""
    return f"adjust:{reason}"


def unit_of(pocket: str, ref: str) -> str:
    """Return the unit that a pocket counts."""
    return {"P": CNY, "B": CNY, PTS: PTS}.get(pocket) or f"CPN:{ref}"


def unit_class(unit: str) -> str:
    """Return the unit, with all coupons as one."""
    return "CPN" if unit.startswith("CPN:") else unit


@lru_cache(maxsize=65_536)
def right_of(account: str) -> Right | None:
    """Read the name of a member's account at HQ; None for the house's own."""
    parts = account.split(":")
    if parts[0] == "avail":
        return Right("avail", *parts[1:])
    if parts[0] == "hold":
        return Right(*parts[1:])
    if parts[0] == "debt":
        return Right("debt", "DEBT", parts[2], "")
    if parts[0] == "receivable":
        return Right(OWED, OWED, parts[1], "")
    return Right(OWED, OWED, parts[2], f"{parts[1]}:{parts[3]}") if parts[0] == "settled" else None


@lru_cache(maxsize=65_536)
def here(code: str, unit: str, at: str) -> str | None:
    """Return what a terminal's account is called at HQ; None for one that cannot be posted."""
    parts = code.split(":")
    if parts[0] == "hold":
        return _held(parts, unit, at)
    if parts[0] == "debt":
        known = len(parts) == 3 and parts[1] == PTS and _IDENTITY.fullmatch(parts[2])
        return code if known and unit == PTS else None
    if parts[0] == "receivable":
        known = len(parts) == 2 and _IDENTITY.fullmatch(parts[1])
        return code if known and unit == CNY else None
    if parts[0] in _STORE:
        named = len(parts) == _STORE[parts[0]] and all(map(_WORD.fullmatch, parts))
        return code if named and unit == CNY else None
    return code if _HOUSE.get(code) == _known_class(unit) else None


def _held(parts: list[str], unit: str, at: str) -> str | None:
    if len(parts) != 4:
        return None
    _, pocket, member, ref = parts
    shape = _DAY if pocket == PTS else _IDENTITY
    known = pocket in POCKETS and _IDENTITY.fullmatch(member) and shape.fullmatch(ref)
    return held(at, pocket, member, ref) if known and unit == unit_of(pocket, ref) else None


def _known_class(unit: str) -> str:
    coupon = unit.startswith("CPN:") and _IDENTITY.fullmatch(unit[4:])
    return "CPN" if coupon else unit if unit in {CNY, PTS} else "?"
