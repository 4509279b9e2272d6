"""One payment as it was shown, and what it wants that is not held here."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ids import MemberId
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.store.right_rows import Want
from pos_app.money import Money


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be taken, as it was shown."""

    shown: Quote
    member: MemberAtCounter | None
    received: Money | None = None

    @property
    def subject(self) -> tuple[MemberId | None, Money, Money, Money]:
        """What one intent stands for: another sum is another payment."""
        who = self.member.id if self.member else None
        return who, self.shown.listed, self.shown.payable, self.shown.to_prove

    @property
    def owner(self) -> MemberAtCounter | None:
        """Whose rights it spends; nobody's where it is paid by money alone."""
        spends = self.shown.to_prove or self.shown.points or self.shown.coupons
        return self.member if spends else None


@dataclass(frozen=True, slots=True)
class Short:
    """A payment that spends more than is held here: HQ has to grant the rest first."""

    wish: Wish
    owner: MemberAtCounter
    wants: tuple[Want, ...]
