"""The chart of accounts: how an account is named, and what its name says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from pos_app.ids import CouponId, LotId, MemberId

CNY = "CNY"
PTS = "PTS"
BONUS_EXPENSE = "bonus_expense"
INTEREST_EXPENSE = "interest_expense"
POINTS_ISSUED = "pts_issued"
POINTS_REDEEMED = "pts_redeemed"
COUPON_ISSUED = "cpn_issued"
COUPON_REDEEMED = "cpn_redeemed"
# Where granted rights come from and returned rights go: HQ's side of this terminal's holdings.
HQ = "hq"
# Paid out to the bank account of the same name: among the tenders, and never one to pay with.
BANK = "bank"
RECEIVABLE = "receivable:"


@dataclass(frozen=True, slots=True)
class Holding:
    """What the name of a holding says: whose, of what, and which lot or which expiry."""

    member: MemberId
    pocket: str
    lot: UUID | None
    expires_on: str | None


def held(pocket: str, member: MemberId, ref: str) -> str:
    """Name a holding by pocket and reference: a lot, an expiry, or a coupon."""
    return f"hold:{pocket}:{member.hex}:{ref}"


def unit_of(pocket: str, ref: str) -> str:
    """Return the unit that a pocket counts."""
    return {"P": CNY, "B": CNY, PTS: PTS}.get(pocket) or f"CPN:{ref}"


def principal(member: MemberId, lot: LotId) -> str:
    """Name the holding of stored value that the member paid for."""
    return f"hold:P:{member.hex}:{lot.hex}"


def bonus(member: MemberId, lot: LotId) -> str:
    """Name the holding of stored value that the shop gave on top."""
    return f"hold:B:{member.hex}:{lot.hex}"


def points(member: MemberId, expires_on: date) -> str:
    """Name the holding of points with one expiry."""
    return f"hold:PTS:{member.hex}:{expires_on.isoformat()}"


def coupon(member: MemberId, held: CouponId) -> str:
    """Name the holding of one coupon; its unit has a supply of one."""
    return f"hold:CPN:{member.hex}:{held.hex}"


def coupon_unit(held: CouponId) -> str:
    """Name the unit of one coupon."""
    return f"CPN:{held.hex}"


def points_debt(member: MemberId) -> str:
    """Name the account of points clawed back after they were spent; at most zero."""
    return f"debt:PTS:{member.hex}"


def receivable(member: MemberId) -> str:
    """Name the account of stored value that a member spent early; at most zero until it is back."""
    return f"{RECEIVABLE}{member.hex}"


def borrower_of(code: str) -> MemberId | None:
    """Return whose receivable an account is; None for any other."""
    return MemberId(UUID(code.removeprefix(RECEIVABLE))) if code.startswith(RECEIVABLE) else None


def tender(store: str, kind: str) -> str:
    """Name the account of money taken outside the book: till, bank, wallets."""
    return f"tender:{store}:{kind}"


def sales(store: str) -> str:
    """Name the account of goods sold."""
    return f"sales:{store}"


def rounding(store: str) -> str:
    """Name the account of fen that cash payments were rounded down by."""
    return f"rounding:{store}"


def closing(store: str) -> str:
    """Name the account of principal that the law leaves to the house when an account is closed."""
    return f"closing:{store}"


def floor_of(code: str) -> int | None:
    """Return the least balance the book allows: holdings never go below zero."""
    return 0 if code.startswith("hold:") else None


@lru_cache(maxsize=1024)
def holding_of(code: str) -> Holding | None:
    """Read a holding's or a debt's name; None for accounts that belong to no member."""
    parts = code.split(":")
    if parts[0] == "debt":
        return Holding(MemberId(UUID(parts[2])), "DEBT", None, None)
    if parts[0] != "hold":
        return None
    _, pocket, member, rest = parts
    if pocket == PTS:
        return Holding(MemberId(UUID(member)), pocket, None, rest)
    return Holding(MemberId(UUID(member)), pocket, UUID(rest), None)
