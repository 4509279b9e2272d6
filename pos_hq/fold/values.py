"""What HQ knows when a batch arrives, and what the batch makes of it. Identities are hex digits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

CaseType = Literal[
    "ACCOUNT_UNKNOWN",
    "AVAIL_SHORT",
    "BAD_SIG",
    "CLOCK_SUSPECT",
    "CLOSING_DIFF",
    "COUPON_DOUBLE",
    "CREDIT_OWED",
    "DAY_DIFF",
    "DUP_EVENT_ID",
    "DUP_MEMBER",
    "FORK",
    "GIFT_WAIVED",
    "GRANT_MISMATCH",
    "HOLD_SHORT",
    "HOLD_TOTAL_MISMATCH",
    "ORPHAN",
    "POINTS_RATE",
    "POINTS_RULE_DIFF",
    "PROFILE",
    "PROFILE_CONFLICT",
    "REFUND_DIFF",
    "REFUND_EXCESS",
    "RESTORED_UNSAID",
    "REWIND",
    "RULES_UNKNOWN",
    "STALE_NODE",
    "TENDER_DIFF",
    "UNREADABLE",
]


@dataclass(slots=True)
class Member:
    """A member as HQ has them. `versions`: of each field its version, its node, when HQ heard."""

    id: str
    number: str = ""
    phone: str | None = None
    name: str = ""
    gender: str = ""
    birthday: str | None = None
    lunar: int = 0
    status: str = "normal"
    status_reason: str = ""
    tier: str = ""
    tier_since: str = ""
    tier_protected_until: str | None = None
    tier_source: str | None = None
    tier_before: str | None = None
    joined_on: str = ""
    card: str | None = None
    referrer: str | None = None
    note: str = ""
    consent_terms: str = ""
    consent_marketing: str | None = None
    last_visit: str | None = None
    visits: int = 0
    merged_into: str | None = None
    version: int = 0
    versions: dict[str, tuple[int, str, int]] = field(default_factory=dict)
    pin: str = ""
    tier_manual: str | None = None
    tier_notice: str | None = None

    @property
    def erased(self) -> bool:
        """Say whether HQ has forgotten who this is."""
        return "erased" in self.versions


@dataclass(slots=True)
class SaleLegs:
    """What an order was paid with, by leg, and how much of each leg came back.

    `member`: who bought; `goods`: the category of each unit that did not come back, or "".
    `points`, `pending` and `growth` are what it stands at; without a `multiplier` (basis points)
    it earned nothing, or HQ cannot say.
    """

    paid: dict[str, int]
    back: dict[str, int]
    member: str | None = None
    on_day: str = ""
    goods: list[str] = field(default_factory=list)
    multiplier: int = 0
    points: int = 0
    pending: int = 0
    growth: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """Which node made a sale, and by which event each unit of it came back already."""

    node: str
    units: dict[int, bytes]


@dataclass(frozen=True, slots=True)
class ReturnedAway:
    """A return that the node of its sale has to hear of, as its exact bytes."""

    node: str
    sale: bytes
    event: bytes
    payload: bytes


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag of a member: since when, and what was found on the day `as_of` by which rule.

    `count` purchases made it; `orders` are the latest of them, each a day and fen.
    """

    tag: str
    category: str
    since: str
    as_of: str
    rule: str
    rules: str
    count: int
    orders: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Staged:
    """The stage of a member's life and their band, as found on the day `as_of`.

    Quintiles and band come of what they bought in the window; who bought nothing has none.
    """

    stage: str
    as_of: str
    last_purchase: str | None = None
    purchases: int = 0
    paid: int = 0
    band: str = ""
    scores: tuple[int, int, int] = (0, 0, 0)


Tags = Mapping[tuple[str, str], Tagged]


@dataclass(slots=True)
class Granted:
    """A grant as HQ answered it; `lines` are pocket, reference, amount, and what is to be known."""

    id: str
    node: str
    epoch: int
    member: str
    purpose: str
    state: str
    lines: list[tuple[str, str, int]]
    about: list[dict[str, int | str]]
    received: int
    made_at: int
    valid_until: int
    reason: str = ""


@dataclass(slots=True)
class Released:
    """How much of a dead epoch's holding HQ gave the member again, and how much of it came back."""

    amount: int
    returned: int

    @property
    def awaited(self) -> int:
        """Return what still belongs to the house when it turns up."""
        return self.amount - self.returned


@dataclass(frozen=True, slots=True)
class Growing:
    """What one order counts towards a tier, on which day; `pending` points wait for a review."""

    member: str
    on_day: str
    seq: int
    spend: int
    growth: int
    points: int
    pending: int


class Rewarding(NamedTuple):
    """What a member did beside buying, when, and what it was given; `pending` points wait."""

    at: int
    behaviour: str
    points: int
    pending: int
    growth: int


@dataclass(frozen=True, slots=True)
class Act:
    """What HQ does by itself, with its transfers."""

    kind: str
    member: str | None
    reason: str
    moves: tuple[tuple[str, str, str, int], ...]
    who: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """Something that a member is to hear, or that somebody is to call them about.

    `facts` are figures, days and codes; nothing in them says who it is.
    """

    id: str
    member: str
    kind: str
    facts: Mapping[str, int | str]
    made_at: int
    channel: str = "message"


@dataclass(frozen=True, slots=True)
class Decided:
    """What a store's manager decided about an exception, as the terminal wrote it down."""

    case: str
    decision: str
    by: str
    note: str
    seq: int


@dataclass(frozen=True, slots=True)
class Case:
    """Something that a person must look at. `suspense` went into the node's suspense account."""

    id: str
    type: CaseType
    node: str | None
    epoch: int | None
    seq: int | None
    member: str | None
    opened_at: int
    account: str = ""
    unit: str = ""
    amount: int = 0
    suspense: int = 0
    here: Mapping[str, object] = field(default_factory=dict)
    there: Mapping[str, object] = field(default_factory=dict)
    proposal: str = ""
    who: str = ""

    @property
    def store(self) -> str | None:
        """Return the store that a case without a node is about; its account names it."""
        if self.node is not None or self.type != "TENDER_DIFF":
            return None
        return self.account.split(":")[2]
