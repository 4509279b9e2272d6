"""The tables of orders as they stand, and of what HQ found out about members by them."""

from __future__ import annotations

from sqlalchemy import Index

from pos_hq.store.schema import octets, table, text, whole

# What an order was paid with, how much of each came back, whose it was, and what goods are kept.
sale = table(
    "sale",
    ("event_id",),
    octets("event_id"),
    *(whole(leg) for leg in ("external", "principal", "bonus", "points")),
    *(whole(f"back_{leg}") for leg in ("external", "principal", "bonus", "points")),
    octets("member", null=True),
    text("on_day"),
    text("goods"),  # [category of each unit, "" where it has none or came back, …]
    whole("multiplier", usual="0"),  # basis points; 0: it earned nothing, or HQ cannot say
    *(whole(f"stands_{what}", usual="0") for what in ("points", "pending", "growth")),
)
Index("sale_member", sale.c.member)

member_tag = table(
    "member_tag",
    ("member", "tag", "category"),
    octets("member"),
    text("tag"),
    text("category"),
    text("since"),
    text("as_of"),
    text("rule"),
    text("rules"),
    text("why"),  # {"count": purchases that made it, "orders": [[day, fen], …]}
)

member_stage = table(
    "member_stage",
    ("member",),
    octets("member"),
    text("stage"),
    text("as_of"),
    text("last_purchase", null=True),  # this and the next two: in the window
    whole("purchases"),
    whole("paid"),
    text("band"),
    *(whole(score) for score in ("r", "f", "m")),
    whole("due"),  # 1: terminals have not been told yet
)
