"""The stretch of days that counts towards a tier."""

from __future__ import annotations

from datetime import timedelta

from pos_app.clock import business_date
from pos_hq.hq import Hq
from pos_hq.store import programme_rows
from pos_hq.store.database import Connection


def window_start(hq: Hq, book: Connection) -> str:
    """Return the last day that no longer counts towards a tier."""
    rules = programme_rows.in_force(book, hq.now_ms())
    today = business_date(hq.now(), zone=rules.zone, cutover=rules.cutover)
    return (today - timedelta(days=rules.growth.window_days)).isoformat()
