"""Alerts of the fraud radar as HQ and terminals see them: version 1 of the protocol."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pos_app.sync.wire import Count, Identity, Told


class AlertRow(Told):
    """An event that made an alert: what was done, where, when, by whom it concerns."""

    event: Identity
    node: Identity | None = None
    at: Count
    deed: str
    member: Identity | None = None
    amount: int = 0


class AlertClosing(Told):
    """Who looked at an alert, when, and what they found."""

    by: str
    why: str
    at: Count


class AlertView(Told):
    """A suspicion with the rule, the figures and the events that made it. It blocks nothing.

    `subject` is a member, an operator or a till, as the signal says; `proposal` is what a manager
    may do by an act of their own: `freeze` the member, or `look`.
    """

    id: Identity
    signal: str
    subject: str
    members: tuple[Identity, ...] = ()
    day: str
    rules: str
    rule: dict[str, int] = Field(default={})
    rows: tuple[AlertRow, ...] = ()
    proposal: str = "look"
    raised_at: Count
    state: Literal["open", "closed"] = "open"
    closing: AlertClosing | None = None


class AlertList(Told):
    """The alerts that concern the caller's store, the latest word first."""

    items: tuple[AlertView, ...]
