"""The tables of what HQ found of members: their tags, stages and bands."""

from __future__ import annotations

from pos_hq.store import schema
from pos_hq.store.schema import octets, table, text, whole

metadata = schema.metadata

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
