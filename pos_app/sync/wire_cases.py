"""Exceptions as HQ and terminals see them: version 1 of the protocol."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pos_app.sync.wire import Count, Epoch, Identity, Told


class ExceptionView(Told):
    """Something that a person must look at, with both sides and a proposal.

    `decisions` are what a manager of the store may decide about it; with none it is `who`'s alone.
    A decision is no question of its own: the terminal writes it down as an event of kind NOTE, and
    pushes it like any other fact. HQ carries it out as `resolution`; a correction that was handed
    in (`correct`) leaves the exception open, to HQ.
    """

    id: Identity
    type: str
    node: Identity | None = None
    epoch: Epoch | None = None
    seq: Count | None = None
    member: Identity | None = None
    unit: str = ""
    amount: int = 0
    here: dict[str, object] = Field(default={})
    there: dict[str, object] = Field(default={})
    proposal: str = ""
    who: str = ""
    state: Literal["open", "resolved"] = "open"
    opened_at: Count = 0
    decisions: tuple[str, ...] = ()
    resolution: dict[str, object] | None = None


class ExceptionList(Told):
    """The exceptions that concern the caller, newest first."""

    items: tuple[ExceptionView, ...]
