"""Which topics an event speaks to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind
from pos_app.ledger.store.projections import (
    alerts,
    cards,
    coupons,
    factors,
    growth,
    house,
    members,
    operators,
    real_names,
    rights,
    sales,
    wallet,
)

Projector = Callable[[Statements, Event, Mapping[str, Any] | None], None]

_TOPICS: tuple[Mapping[Kind, Projector], ...] = (
    house.TOPIC,
    operators.TOPIC,
    members.TOPIC,
    factors.TOPIC,
    wallet.TOPIC,
    coupons.TOPIC,
    sales.TOPIC,
    growth.TOPIC,
    rights.TOPIC,
    real_names.TOPIC,
    cards.TOPIC,
    alerts.TOPIC,
)


def project(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    """Copy the event's facts into every table that follows from it."""
    for topic in _TOPICS:
        projector = topic.get(event.kind)
        if projector is not None:
            projector(to, event, private)
