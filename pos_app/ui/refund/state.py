"""What the refund page shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.ui.parts.state import Choice, Fact, Outcome


class Mode(StrEnum):
    """How much comes back."""

    WHOLE = "whole"
    UNITS = "units"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One sale to pick; a `reason` says why nothing of it can come back."""

    key: str
    title: str
    subtitle: str
    amount: str
    badge: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the sale; a returned one cannot be chosen again."""

    index: int
    title: str
    amount: str
    chosen: bool = False
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Slip:
    """The sale that was picked."""

    number: str
    tail: str
    subtitle: str
    paid: str
    rest: str
    partly: bool = False


@dataclass(frozen=True, slots=True)
class GiftLine:
    """A gift that is no longer deserved; `end` is empty until somebody says what becomes of it."""

    key: str
    title: str
    deduct: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """Where every fen goes: what the member gets back, what is taken back, and what to know.

    `shortage` has both ways to settle points that are already spent.
    """

    total: str
    back: tuple[Fact, ...]
    taken: tuple[Fact, ...] = ()
    shortage: tuple[Fact, ...] = ()
    gifts: tuple[GiftLine, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefundState:
    """Without a slip the page finds one; with one it plans; with an outcome it is done.

    `closed` says why nothing can be given back now, before a sale is looked for; `elsewhere` why
    sales of other tills are not in the list.
    """

    query: str = ""
    heading: str = ""
    orders: tuple[OrderRow, ...] = ()
    empty: str = ""
    slip: Slip | None = None
    modes: tuple[Choice, ...] = ()
    mode: str = Mode.WHOLE.value
    units: tuple[UnitLine, ...] = ()
    entry: str = ""
    planned: Planned | None = None
    reasons: tuple[Choice, ...] = ()
    reason: str = ""
    waivers: tuple[Choice, ...] = ()
    waiver: str = ""
    can_void: bool = False
    void: bool = False
    void_note: str = ""
    typed: str = ""
    cta: str = ""
    blocked: str = ""
    busy: bool = False
    problem: str = ""
    closed: str = ""
    elsewhere: str = ""
    outcome: Outcome | None = None
