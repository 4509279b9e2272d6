"""Alerts that a manager dismissed, with what made them and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Kind

_CLOSE = (
    "INSERT INTO alert_closing (alert, seq, signal, subject, marks, why)"
    " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (alert) DO NOTHING"
)


def _close(to: Statements, event: Event, private: Mapping[str, Any] | None) -> None:
    body = event.body
    what = (UUID(body["alert"]).bytes, event.seq, body["signal"], body["subject"])
    to.execute(_CLOSE, (*what, json.dumps(body["marks"]), (private or {}).get("why", "")))


TOPIC = {Kind.ALERT_CLOSE: _close}
