"""The facts of each kind of slip, exactly as they are to be printed."""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from pos_app.money import Growth, Money, Points

_NUMBER_IN_FULL = re.compile(r"\d{8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where, when, by whom; `reprinted` is the time of a reprint, empty on the first print."""

    shop: str
    terminal: str
    cashier: str
    number: str
    time: str
    reprinted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipMember:
    """A member as a passer-by may read it: name and phone (or card) are masked by the caller."""

    name: str
    phone: str
    tier: str = ""

    def __post_init__(self) -> None:
        for text in (self.name, self.phone):
            assert not _NUMBER_IN_FULL.search(text), "a number in full never reaches a slip"


@dataclass(frozen=True, slots=True)
class SlipLine:
    title: str
    quantity: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Deduction:
    """A benefit by its name, and what it took off or added (a positive amount)."""

    name: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Pockets:
    """Stored value by principal and bonus."""

    principal: Money
    bonus: Money

    @property
    def total(self) -> Money:
        """Return both pockets together."""
        return self.principal + self.bonus


@dataclass(frozen=True, slots=True)
class Payment:
    """One tender by its code (`stored_value`, `wechat`, `alipay`, `cash`, `card`) and its share."""

    tender: str
    amount: Money
    pockets: Pockets | None = None


@dataclass(frozen=True, slots=True)
class CashGiven:
    received: Money
    change: Money


@dataclass(frozen=True, slots=True)
class PointsSpent:
    points: Points
    value: Money


@dataclass(frozen=True, slots=True)
class Expiring:
    """Points that lapse after a day, already written as text."""

    points: Points
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsMoved:
    """What happened to the member's points, and to the growth of the tier.

    `balance` may be a debt; None leaves it unsaid.
    """

    earned: Points = field(default_factory=Points)
    returned: Points = field(default_factory=Points)
    taken_back: Points = field(default_factory=Points)
    grown: Growth = field(default_factory=Growth)
    balance: Points | None = None
    expiring: tuple[Expiring, ...] = ()


@dataclass(frozen=True, slots=True)
class JournalPosition:
    """Where the book proves this slip."""

    node: str
    epoch: int
    seq: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """What closes a slip; the QR payload is text or bytes, and empty for no code."""

    return_rule: str = ""
    notes: tuple[str, ...] = ()
    contact: str = ""
    position: JournalPosition | None = None
    code: str | bytes = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleSlip:
    """A sale; no `lines` where only the amount was keyed in, no `member` for a walk-in."""

    head: Head
    member: SlipMember | None
    lines: tuple[SlipLine, ...] = ()
    listed: Money
    discounts: tuple[Deduction, ...] = ()
    points_spent: PointsSpent | None = None
    rounding: Money = field(default_factory=Money)
    paid: Money
    payments: tuple[Payment, ...]
    cash: CashGiven | None = None
    points: PointsMoved | None = None
    balance: Pockets | None = None
    foot: Foot


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUpSlip:
    """Money paid in, what the programme added, and the balance after it."""

    head: Head
    member: SlipMember
    amount: Money
    bonuses: tuple[Deduction, ...] = ()
    payments: tuple[Payment, ...]
    cash: CashGiven | None = None
    balance: Pockets | None = None
    foot: Foot


class Return(Enum):
    """Goods that came back, or a sale taken back before they left."""

    REFUND = auto()
    VOID = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundSlip:
    """Money given back on an `original` slip, tender by tender, with the assets that moved."""

    head: Head
    kind: Return = Return.REFUND
    original: str
    reason: str = ""
    approved_by: str = ""
    member: SlipMember | None
    lines: tuple[SlipLine, ...] = ()
    refunded: Money
    payments: tuple[Payment, ...]
    kept: tuple[Deduction, ...] = ()
    coupons_back: tuple[str, ...] = ()
    points: PointsMoved | None = None
    balance: Pockets | None = None
    foot: Foot


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled figure or word of a notice."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSlip:
    """Any other slip (a new PIN, a gift to fetch, a handover): labelled facts in sections."""

    head: Head
    title: str
    member: SlipMember | None = None
    sections: tuple[tuple[Fact, ...], ...] = ()
    signatures: tuple[str, ...] = ()
    foot: Foot


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialSlip:
    """The page that shows whether a printer is set up; `paper` and `printer` as in the settings."""

    head: Head
    paper: str
    printer: str
