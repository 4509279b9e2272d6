"""The tables of what HQ asks people about, and of what it tells terminals."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from pos_hq.store.schema import octets, table, text, whole

exception = table(
    "exception",
    ("id",),
    octets("id"),
    text("type"),
    octets("node", null=True),
    whole("epoch", null=True),
    whole("seq", null=True),
    octets("member", null=True),
    text("account"),
    text("unit"),
    whole("amount"),
    whole("suspense"),  # what it put into its node's suspense account; below zero: took out
    text("here"),
    text("there"),
    text("proposal"),
    text("who"),
    text("state"),  # open | resolved
    whole("opened_at"),
    text("resolution", null=True),
)
Index("exception_node", exception.c.node, exception.c.state)

feed = table(
    "feed",
    ("scope", "entity", "id"),
    text("scope"),  # "" for everybody, or one node
    text("entity"),
    text("id"),
    whole("feed_seq"),
    text("body", null=True),
    UniqueConstraint("feed_seq"),
)
