"""The tables of the shop's other systems, and of what they tell that members did."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from pos_hq.store.schema import octets, table, text, whole

integration = table(
    "integration",
    ("id",),
    octets("id"),
    text("name"),
    octets("key_hash"),
    text("scopes"),  # words between blanks
    whole("made_at"),
    whole("revoked_at", null=True),
    UniqueConstraint("name"),
    UniqueConstraint("key_hash"),
)

# What a member did beside buying, and what it was given, once for each reference of who tells.
behaviour = table(
    "behaviour",
    ("integration", "reference"),
    octets("integration"),
    text("reference"),
    whole("seq"),  # in commit order; its growth stands under node 00…00, epoch 0
    octets("member"),
    octets("told_of"),  # whom the caller named; another where members were merged
    text("behaviour"),
    whole("at"),
    text("on_day"),
    *(whole(figure) for figure in ("worth", "points", "pending", "growth_worth", "growth")),
    whole("streak"),
    UniqueConstraint("seq"),
)
Index("behaviour_member", behaviour.c.member, behaviour.c.at)
