"""What the page about one member shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pos_app.ui.parts.state import Explained, Fact, TableRow


class Deed(StrEnum):
    """What can be done about a member here."""

    EDIT = "edit"
    PHONE = "phone"
    PIN = "pin"
    MARKETING = "marketing"
    REVEAL = "reveal"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    BLACKLIST = "blacklist"
    TIER = "tier"


@dataclass(frozen=True, slots=True)
class DeedButton:
    """One thing to do; a `reason` says why not now."""

    deed: Deed
    text: str
    icon: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """The left column: who this is, and what was agreed."""

    name: str
    initial: str
    tier: str
    phone: str
    revealed: bool
    number: str
    standing: str
    standing_tone: str
    standing_note: str
    tags: tuple[str, ...]
    found: tuple[str, ...]
    explained: tuple[Explained, ...]
    note: str
    facts: tuple[Fact, ...]
    consents: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One month of the year shown."""

    label: str
    fen: int
    text: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """One of the member's coupons; a `reason` says why it cannot be used now."""

    figure: str
    unit: str
    title: str
    condition: str
    expiry: str
    hot: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TierStep:
    """One tier with what it takes; `reached` is true up to the present one."""

    name: str
    needs: str
    reached: bool
    present: bool


@dataclass(frozen=True, slots=True)
class TierSum:
    """The arithmetic of the tier: what counts, what is missing, how far it is."""

    facts: tuple[Fact, ...]
    missing: str
    progress_bp: int
    steps: tuple[TierStep, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Balance split, what expires, and the year month by month."""

    balance: tuple[Fact, ...]
    points: tuple[Fact, ...]
    lots: tuple[TableRow, ...]
    months: tuple[MonthBar, ...]
    year: str


@dataclass(frozen=True, slots=True)
class EditForm:
    """New values as typed; an empty text leaves what is kept."""

    name: str = field(default="", repr=False)
    gender: str = ""
    year: str = ""
    month: str = ""
    day: str = ""
    lunar: bool = False
    leap: bool = False
    card: str = field(default="", repr=False)
    unbind_card: bool = False
    note: str = field(default="", repr=False)


NO_EDIT = EditForm()


@dataclass(frozen=True, slots=True)
class Answers:
    """What was typed in the sheet of a deed."""

    reason: str = field(default="", repr=False)
    pin: str = field(default="", repr=False)
    pin_again: str = field(default="", repr=False)
    edit: EditForm = NO_EDIT
    phone: str = field(default="", repr=False)
    tier: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class DeedSheet:
    """The open sheet; `round` rises when its fields are to be emptied."""

    deed: Deed
    title: str
    words: str
    verb: str
    danger: bool = False
    problem: str = ""
    busy: bool = False
    round: int = 0
    gender: str = ""
    note: str = ""
    card: str = ""
    card_hint: str = ""
    who: str = ""
    tiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Derivation:
    """Where a figure comes from; rows are (when, what, change, left), the key is an event."""

    title: str
    summary: str
    rows: tuple[TableRow, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class StatementAsk:
    """The days that a statement is proposed for; a `problem` says why not these."""

    first: str
    last: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class MemberPageState:
    """Everything on the page, as text; without an identity it is still being read.

    `no_closing` says why the stored-value account cannot be closed now.
    """

    identity: Identity | None = None
    deeds: tuple[DeedButton, ...] = ()
    tab: str = "overview"
    overview: Overview | None = None
    value: tuple[TableRow, ...] = ()
    points: tuple[TableRow, ...] = ()
    coupons: tuple[Ticket, ...] = ()
    tier: TierSum | None = None
    orders: tuple[TableRow, ...] = ()
    no_closing: str = ""
    sheet: DeedSheet | None = None
    derivation: Derivation | None = None
    statement: StatementAsk | None = None
    problem: str = ""
    notice: str = ""
