"""The house itself: the rules in force, and what the store adds to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind


def _adopt_programme(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    to.execute(
        "INSERT INTO programme (version, seq, document) VALUES (?, ?, ?)"
        " ON CONFLICT (version) DO UPDATE SET seq = excluded.seq",
        (event.body["version"], event.seq, event.body["document"]),
    )


def _adopt_benefits(to: Statements, event: Event, _private: Mapping[str, Any] | None) -> None:
    to.execute(
        "INSERT INTO store_benefits (version, seq, document) VALUES (?, ?, ?)"
        " ON CONFLICT (version) DO UPDATE SET seq = excluded.seq",
        (event.body["version"], event.seq, event.body["document"]),
    )


TOPIC = {Kind.PROGRAMME: _adopt_programme, Kind.BENEFITS: _adopt_benefits}
