"""Every table of HQ's database, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from pos_hq.store import (
    alert_tables,
    benefit_tables,
    card_tables,
    claim_tables,
    integration_tables,
    job_tables,
    schema,
    standing_tables,
    told_tables,
)
from pos_hq.store.schema import octets, table, text, whole

metadata = schema.metadata
# The schema has tables in these files as well.
BESIDE = (
    alert_tables,
    benefit_tables,
    card_tables,
    claim_tables,
    integration_tables,
    job_tables,
    standing_tables,
    told_tables,
)

hq_meta = table(
    "hq_meta",
    ("id",),
    whole("id"),
    octets("key"),
    whole("incarnation"),
    whole("founded_at"),
    octets("escrow_key", null=True),  # to it terminals seal the keys of their ledgers
    CheckConstraint("id = 1", name="one_hq"),
)

store = table("store", ("code",), text("code"), text("name"), whole("opened_at"))

node = table(
    "node",
    ("id",),
    octets("id"),
    text("store"),
    text("terminal_name"),
    text("device"),
    text("app"),
    text("status"),  # active | quarantined | revoked
    whole("epoch"),  # the one that is alive
    whole("frozen_at", null=True),  # HQ was restored; this node has not yet pushed all it has
    whole("enrolled_at"),
    whole("seen_at", null=True),
)

node_epoch = table(
    "node_epoch",
    ("node", "epoch"),
    octets("node"),
    whole("epoch"),
    octets("public_key"),
    whole("acked_seq"),
    octets("acked_hash"),
    whole("applied_seq"),  # behind acked_seq while the node is in quarantine
    whole("head_seq"),  # how far the node says that its chain reaches
    text("state"),  # open | closed | released | sealed
    whole("opened_at"),
    octets("escrow", null=True),
    octets("salvage_key", null=True),  # may tell what this chain knows, and gets nothing
    whole("salvage_until", null=True),
)

enrol_code = table(
    "enrol_code",
    ("hash",),
    octets("hash"),
    text("store"),
    text("terminal_name"),
    octets("node", null=True),
    whole("made_at"),
    whole("expires_at"),
    whole("used_at", null=True),
)

challenge = table(
    "challenge",
    ("challenge",),
    octets("challenge"),
    octets("node"),
    whole("expires_at"),
)

session = table(
    "session",
    ("token_hash",),
    octets("token_hash"),
    octets("node"),
    whole("epoch"),
    whole("made_at"),
    whole("expires_at"),
    octets("public_key", null=True),  # of a salvage: it signs the bodies instead of the node's
)

programme = table(
    "programme",
    ("version",),
    text("version"),
    octets("document"),
    octets("signature"),
    whole("effective_from"),
    whole("added_at"),
)

# A second event of one identity keeps its place in its chain, but not the identity.
event = table(
    "event",
    ("node", "epoch", "seq"),
    octets("node"),
    whole("epoch"),
    whole("seq"),
    octets("event_id", null=True),
    text("kind"),
    text("day"),
    whole("at"),
    octets("member", null=True),
    octets("of", null=True),
    octets("payload"),
    octets("hash"),
    octets("sig"),
    whole("received_at"),
    UniqueConstraint("event_id"),
)
Index("event_day", event.c.node, event.c.day)
Index("event_member", event.c.member)
Index("event_of", event.c.of)
_OPERATORS = event.c.kind.in_(("OPERATOR_NEW", "OPERATOR_EDIT"))
Index("event_operator", event.c.kind, sqlite_where=_OPERATORS, postgresql_where=_OPERATORS)

sidecar = table("sidecar", ("event_id",), octets("event_id"), octets("salt"), octets("data"))

# What HQ does by itself, numbered in commit order; its transfers stand under node 00…00, epoch 0.
act = table(
    "act",
    ("seq",),
    whole("seq"),
    text("kind"),
    whole("at"),
    octets("member", null=True),
    text("reason"),
    text("who"),
)

transfer = table(
    "transfer",
    ("node", "epoch", "seq", "n"),
    octets("node"),
    whole("epoch"),
    whole("seq"),
    whole("n"),
    text("source"),
    text("target"),
    text("unit"),
    whole("amount"),
    CheckConstraint("amount > 0", name="something_moves"),
)

balance = table(
    "balance",
    ("account", "unit"),
    text("account"),
    text("unit"),
    whole("amount"),
    octets("member", null=True),
    text("holder"),  # "avail", "<node>.<epoch>" of a holding, "debt", or "" of the house's own
    CheckConstraint("amount >= 0 OR account NOT LIKE 'hold:%'", name="holdings_have_a_floor"),
)
Index("balance_member", balance.c.member)
Index("balance_holder", balance.c.holder)

released = table(
    "released",
    ("account", "unit"),
    text("account"),
    text("unit"),
    whole("amount"),
    whole("returned"),
    CheckConstraint("returned BETWEEN 0 AND amount", name="no_more_than_released"),
)

member = table(
    "member",
    ("id",),
    octets("id"),
    text("number"),
    text("phone", null=True),
    text("name"),
    text("gender"),
    text("birthday", null=True),
    whole("lunar"),
    text("status"),
    text("status_reason"),
    text("tier"),
    text("tier_since"),
    text("tier_protected_until", null=True),
    octets("tier_source", null=True),
    text("tier_before", null=True),
    text("joined_on"),
    text("card", null=True),
    octets("referrer", null=True),
    text("note"),
    text("consent_terms"),
    text("consent_marketing", null=True),
    text("last_visit", null=True),
    whole("visits"),
    octets("merged_into", null=True),
    whole("version"),
    text("versions"),  # of each field: its version, the node that set it, and when HQ heard
    text("pin"),  # the verifier; it leaves HQ in grants only
    text("tier_manual", null=True),  # given by a person: tier, last day, why
    text("tier_notice", null=True),  # the fall that the member was told of, and what is missing
    UniqueConstraint("phone"),
    UniqueConstraint("card"),
)
Index("member_merged", member.c.merged_into)

lot = table(
    "lot",
    ("id",),
    octets("id"),
    octets("member"),
    whole("at"),
    whole("paid"),
    whole("bonus"),
)
Index("lot_member", lot.c.member)

coupon = table(
    "coupon",
    ("id",),
    octets("id"),
    octets("member"),
    text("template"),
    text("valid_from"),
    text("valid_until"),
)
Index("coupon_member", coupon.c.member)

growth = table(
    "growth",
    ("node", "epoch", "seq"),
    octets("node"),
    whole("epoch"),
    whole("seq"),
    octets("member"),
    text("on_day"),
    *(whole(figure) for figure in ("spend", "growth", "points", "pending")),
)
Index("growth_member", growth.c.member, growth.c.on_day)

rights_grant = table(
    "rights_grant",
    ("id",),
    octets("id"),
    octets("node"),
    whole("epoch"),
    octets("member"),
    text("purpose"),
    text("state"),  # granted | refused | void
    text("reason"),
    text("lines"),  # [[pocket, ref, amount, about], …]
    whole("received"),
    whole("made_at"),
    whole("valid_until"),
)
Index("rights_grant_open", rights_grant.c.node, rights_grant.c.epoch, rights_grant.c.received)
