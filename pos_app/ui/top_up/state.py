"""What the top-up page shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ui.parts.state import Choice, Fact, Outcome


@dataclass(frozen=True, slots=True)
class Preset:
    """One ticket of the ladder; a `reason` says why it cannot be taken."""

    fen: int
    figure: str
    title: str
    total: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the sum is not taken, and the largest that would be."""

    sentence: str
    offer: str = ""
    fen: int = 0


@dataclass(frozen=True, slots=True)
class TopUpState:
    """Everything on the page, as text; `basis` says how old the balance is, where it is old.

    `closed` says why nothing can be topped up now, before a sum is typed.
    """

    member: str = ""
    tier: str = ""
    contact: str = ""
    before: tuple[Fact, ...] = ()
    basis: str = ""
    presets: tuple[Preset, ...] = ()
    chosen_fen: int = 0
    entry: str = ""
    bonus: tuple[Fact, ...] = ()
    rule: str = ""
    after: tuple[Fact, ...] = ()
    refusal: Refusal | None = None
    tenders: tuple[Choice, ...] = ()
    tender: str = ""
    company: bool = False
    cta: str = ""
    blocked: str = ""
    busy: bool = False
    problem: str = ""
    closed: str = ""
    outcome: Outcome | None = None
