"""What the ledger file keeps of the fraud radar: alerts, whom they concern, and dismissals."""

from __future__ import annotations

from sqlalchemy import Integer, Text

from pos_app.ledger.store.columns import Identity, Moment
from pos_app.ledger.store.schema import column, table

alert = table(
    "alert",
    column("id", Identity, key=True),
    column("source", Text),  # here | hq
    column("signal", Text),
    column("subject", Text),
    column("raised_at", Moment),
    column("open", Integer),  # of HQ's: whether HQ has closed it; here a dismissal says so
    column("body", Text),
    rowid=False,
)

alert_member = table(
    "alert_member",
    column("member", Identity, key=True),
    column("alert", Identity, key=True),
    rowid=False,
)

# Derived from the journal: a till that lost its alerts does not raise again what was dismissed.
alert_closing = table(
    "alert_closing",
    column("alert", Identity, key=True),
    column("seq", Integer),
    column("signal", Text),
    column("subject", Text),
    column("marks", Text),
    column("why", Text),
)

KEPT = (alert, alert_member)
