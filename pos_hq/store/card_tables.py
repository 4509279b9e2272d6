"""The tables of what the law and the counter want of a stored-value account."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from pos_hq.store.schema import octets, table, text, whole

# Dead numbers stay: they are never given again.
card = table(
    "card",
    ("id",),
    octets("id"),
    octets("member"),
    text("number", null=True),
    text("form"),
    text("state"),  # active | lost | replaced | void
    whole("since"),
    octets("block", null=True),
    UniqueConstraint("number"),
)
Index("card_member", card.c.member)

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
