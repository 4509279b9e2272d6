"""The tables of what the law and the counter want of a stored-value account."""

from __future__ import annotations

from sqlalchemy import Index

from pos_hq.store.schema import octets, table, text, whole

# Sealed to HQ's signing key: the database alone tells nobody's number.
real_name = table(
    "real_name",
    ("event_id",),
    octets("event_id"),
    octets("member"),
    whole("taken_at"),
    text("kept_until"),
    text("sealed_for"),
    octets("sealed"),
)
Index("real_name_member", real_name.c.member)
