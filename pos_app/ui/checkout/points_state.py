"""Exactly what the points sheet shows, already text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GiftRow:
    """One of the gift catalogue: name, both parts of its price, and why it cannot be had."""

    code: str
    name: str
    price: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PointsState:
    open: bool = False
    balance: str = ""
    wanted: str = ""
    worth: str = ""
    most: str = ""
    rule: str = ""
    problem: str = ""
    call: str = ""
    ready: bool = False
    can_lower: bool = False
    can_raise: bool = False
    gifts: tuple[GiftRow, ...] = ()
