"""The table of what the fraud radar found, and what a person said of it."""

from __future__ import annotations

from sqlalchemy import Index

from pos_hq.store.schema import octets, table, text, whole

alert = table(
    "alert",
    ("id",),
    octets("id"),
    text("signal"),
    text("subject"),  # a member, an operator or a till, as 32 hexadecimal digits
    text("day"),  # for which it was found
    text("rules"),
    text("rule"),  # the figures of the rule that raised it
    text("events"),  # [[event, node, at, deed, member, fen], …]
    text("stores"),
    whole("raised_at"),
    text("state"),  # open | closed
    text("closing", null=True),  # {"by", "why", "at"}
)
Index("alert_subject", alert.c.subject)
Index("alert_state", alert.c.state, alert.c.raised_at)
