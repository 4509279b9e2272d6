"""Alerts of the fraud radar: what a person looks at, and what they found."""

from __future__ import annotations

from pos_app.sync.wire_alerts import AlertClosing, AlertList, AlertView
from pos_hq.facts import AlertUnknown
from pos_hq.hq import Hq
from pos_hq.sessions import Caller
from pos_hq.store import alert_rows

VIEWS_MOST = 200


def of_store(hq: Hq, caller: Caller) -> AlertList:
    """Return the alerts that concern the caller's store, the latest word first."""
    with hq.read() as book:
        return AlertList(items=tuple(alert_rows.of_scope(book, caller.store, VIEWS_MOST)))


def listed(hq: Hq, *, closed: bool = False) -> tuple[AlertView, ...]:
    """Return the open alerts, or the closed ones as well, the latest first."""
    with hq.read() as book:
        return tuple(alert_rows.listed(book, closed=closed, limit=VIEWS_MOST))


def find(hq: Hq, alert: str) -> AlertView:
    """Return one alert, open or closed. Raises AlertUnknown."""
    with hq.read() as book:
        found = alert_rows.peek(book, alert)
    if found is None:
        raise AlertUnknown
    return found


def close(hq: Hq, alert: str, *, by: str, reason: str) -> AlertView:
    """Close an alert with what was found; its stores hear of it. The same events raise no other.

    Raises AlertUnknown, also where it was closed already.
    """
    with hq.write() as book:
        found = alert_rows.find(book, alert)
        if found is None or found[0].state != "open":
            raise AlertUnknown
        closing = AlertClosing(by=by, why=reason, at=hq.now_ms())
        closed = found[0].model_copy(update={"state": "closed", "closing": closing})
        alert_rows.keep(book, [(closed, found[1])])
    return closed
