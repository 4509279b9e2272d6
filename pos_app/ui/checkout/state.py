"""Exactly what the checkout panel shows, already text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.ui.parts.state import Explained


class Detail(StrEnum):
    """What the slot under the amount shows; it never changes its size."""

    DEDUCTIONS = "deductions"
    CASH = "cash"
    SPLIT = "split"
    NOTICE = "notice"


class Field(StrEnum):
    """Where the next digit goes."""

    AMOUNT = "amount"
    RECEIVED = "received"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Deduction:
    name: str
    tag: str
    amount: str
    why: Explained


@dataclass(frozen=True, slots=True)
class TenderChoice:
    """A tender in its fixed place; a `reason` says why it cannot be used, a `hint` how far."""

    name: str
    reason: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class CashDesk:
    """What was handed over, which notes are likely, and the change."""

    received: str = ""
    notes: tuple[str, ...] = ()
    change: str = ""
    to_pay: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """Two tenders for one order: the sum of the first is typed, the second takes the rest."""

    first: str
    typed: str
    hint: str
    rest: str
    rest_amount: str


@dataclass(frozen=True, slots=True)
class NoticeAction:
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened and the ways out; `slow` takes the place of a text that stands too long."""

    text: str = ""
    tone: str = "warn"
    actions: tuple[NoticeAction, ...] = ()
    slow: str = ""


@dataclass(frozen=True, slots=True)
class FinishedFact:
    label: str
    value: str
    large: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """The panel after success."""

    title: str
    amount: str
    slip: str
    facts: tuple[FinishedFact, ...]
    upgrade: str
    printing: str
    hint: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the focus belongs; a new turn moves it even to where it was sent before."""

    field: Field = Field.AMOUNT
    turn: int = 0


HOME = Cursor()


@dataclass(frozen=True, slots=True)
class CheckoutState:
    number: str = ""
    who: str = ""
    amount: str = ""
    tally: str = ""
    detail: Detail = Detail.DEDUCTIONS
    deductions: tuple[Deduction, ...] = ()
    cash: CashDesk | None = None
    split: Split | None = None
    notice: Notice | None = None
    due: str = ""
    due_caption: str = ""
    due_note: str = ""
    derived: tuple[Explained, ...] = ()
    tenders: tuple[TenderChoice, ...] = ()
    tender: str = ""
    rest: str = ""
    call: str = ""
    call_ready: bool = False
    locked: bool = False
    hold: str = ""
    held: int = 0
    clearable: bool = False
    finished: Finished | None = None
    cursor: Cursor = HOME


@dataclass(frozen=True, slots=True)
class HeldCard:
    """An order that waits."""

    key: str
    amount: str
    who: str
    time: str


@dataclass(frozen=True, slots=True)
class HeldState:
    cards: tuple[HeldCard, ...] = ()
