"""Every table of the ledger file: what is kept, and what is derived from it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, Text

from pos_app.ledger.store import alert_tables, hq_tables
from pos_app.ledger.store.columns import Day, Identity, Moment
from pos_app.ledger.store.schema import column as _column
from pos_app.ledger.store.schema import metadata
from pos_app.ledger.store.schema import table as _table

node_state = _table(
    "node_state",
    _column("id", Integer, key=True),
    _column("node", Identity),
    _column("epoch", Integer),
    _column("store", Text),
    _column("store_name", Text),
    _column("terminal_name", Text),
    _column("acked_seq", Integer),
    _column("acked_hash", LargeBinary),
    _column("feed_cursor", Integer),
    _column("hq_incarnation", Integer),
    CheckConstraint("id = 1", name="one_node"),
)

journal = _table(
    "journal",
    _column("seq", Integer, key=True),
    _column("event_id", Identity, unique=True),
    _column("kind", Text),
    _column("day", Day),
    _column("at", Moment),
    _column("member", Identity, null=True),
    _column("intent", Identity, null=True, unique=True),
    _column("of", Identity, null=True),
    _column("payload", LargeBinary),
    _column("hash", LargeBinary),
    _column("sig", LargeBinary),
)
Index("journal_member", journal.c.member, journal.c.seq, sqlite_where=journal.c.member.is_not(None))
Index("journal_day", journal.c.day, journal.c.kind)
Index("journal_of", journal.c.of, sqlite_where=journal.c.of.is_not(None))

sidecar = _table(
    "sidecar",
    _column("event_id", Identity, key=True),
    _column("salt", LargeBinary),
    _column("data", LargeBinary),
)

held_order = _table(
    "held_order",
    _column("id", Identity, key=True),
    _column("at", Moment),
    _column("member", Identity, null=True),
    _column("amount", Integer),
    _column("body", Text),
)

slip_state = _table(
    "slip_state",
    _column("seq", Integer, key=True),
    _column("printed_at", Moment, null=True),
)

KEPT = (node_state, journal, sidecar, held_order, slip_state, *hq_tables.KEPT, *alert_tables.KEPT)

transfer = _table(
    "transfer",
    _column("seq", Integer, key=True),
    _column("n", Integer, key=True),
    _column("source", Integer),
    _column("target", Integer),
    _column("amount", Integer),
    CheckConstraint("amount > 0", name="something_moves"),
    rowid=False,
)

account = _table(
    "account",
    _column("id", Integer, key=True),
    _column("code", Text),
    _column("unit", Text),
    _column("member", Identity, null=True),
    _column("pocket", Text),
    _column("lot", Identity, null=True),
    _column("expires_on", Day, null=True),
    Index("account_code", "code", "unit", unique=True),
    Index("account_member", "member", "pocket"),
)

balance = _table(
    "balance",
    _column("account", Integer, key=True),
    _column("amount", Integer),
    _column("floor", Integer, null=True),
    _column("last_seq", Integer),
    CheckConstraint("floor IS NULL OR amount >= floor", name="above_floor"),
)

programme = _table(
    "programme",
    _column("version", Text, key=True),
    _column("seq", Integer),
    _column("document", Text),
)

store_benefits = _table(
    "store_benefits",
    _column("version", Text, key=True),
    _column("seq", Integer),
    _column("document", Text),
)

operator = _table(
    "operator",
    _column("id", Identity, key=True),
    _column("number", Text, unique=True),
    _column("name", Text),
    _column("role", Text),
    _column("verifier", Text),
    _column("active", Integer),
    _column("seq", Integer),
)

member = _table(
    "member",
    _column("row", Integer, key=True),
    _column("id", Identity, unique=True),
    _column("number", Text, unique=True),
    _column("phone", Text, null=True, unique=True),
    _column("name", Text),
    _column("gender", Text),
    _column("birthday", Text, null=True),
    _column("lunar", Integer),
    _column("status", Text),
    _column("status_reason", Text),
    _column("tier", Text),
    _column("tier_since", Day),
    _column("tier_protected_until", Day, null=True),
    _column("tier_source", Identity, null=True),
    _column("tier_before", Text, null=True),
    _column("joined_on", Day),
    _column("card", Text, null=True, unique=True),
    _column("referrer", Identity, null=True),
    _column("note", Text),
    _column("consent_terms", Text),
    _column("consent_marketing", Text, null=True),
    _column("last_visit", Day, null=True),
    _column("visits", Integer),
    _column("birthday_changed_on", Day, null=True),
    _column("seq", Integer),
    _column("tier_manual", Text, null=True),
)

m_token = _table(
    "m_token",
    _column("tok", Text, key=True),
    _column("row", Integer, key=True),
    rowid=False,
)

pin = _table(
    "pin",
    _column("member", Identity, key=True),
    _column("verifier", Text),
    _column("seq", Integer),
)

failure = _table(
    "failure",
    _column("subject", Identity, key=True),
    _column("seq", Integer, key=True),
    _column("at", Moment),
    _column("cleared", Integer),
    rowid=False,
)

lot = _table(
    "lot",
    _column("id", Identity, key=True),
    _column("member", Identity),
    _column("seq", Integer),
    _column("at", Moment),
    _column("paid", Integer),
    _column("bonus", Integer),
)

real_name = _table(
    "real_name",
    _column("event_id", Identity, key=True),
    _column("member", Identity),
    _column("sealed_for", Text),
    _column("kept_until", Day),
    _column("seq", Integer),
    Index("real_name_member", "member", "seq"),
)

card = _table(
    "card",
    _column("id", Identity, key=True),
    _column("member", Identity),
    _column("number", Text, null=True),
    _column("form", Text),
    _column("state", Text),
    _column("since", Moment),
    _column("block", Identity, null=True),
    _column("lifted", Identity, null=True),
    _column("seq", Integer),
    Index("card_member", "member"),
    Index("card_number", "number"),
)

coupon = _table(
    "coupon",
    _column("id", Identity, key=True),
    _column("member", Identity),
    _column("template", Text),
    _column("valid_from", Day),
    _column("valid_until", Day),
    _column("state", Text),
    _column("seq", Integer),
    Index("coupon_member", "member", "state"),
)

growth = _table(
    "growth",
    _column("member", Identity, key=True),
    _column("on_day", Day, key=True),
    _column("seq", Integer, key=True),
    _column("spend", Integer),
    _column("growth", Integer),
    _column("points", Integer),
    rowid=False,
)

sale = _table(
    "sale",
    _column("seq", Integer, key=True),
    _column("event_id", Identity),
    _column("slip", Text),
    _column("at", Moment),
    _column("day", Day),
    _column("member", Identity, null=True),
    _column("operator", Identity),
    _column("goods", Integer),
    _column("payable", Integer),
    _column("stored_value", Integer),
    _column("saved", Integer),
    _column("tenders", Text),
    _column("returned", Text),
    _column("returned_amount", Integer),
)

sale_unit = _table(
    "sale_unit",
    _column("seq", Integer, key=True),
    _column("n", Integer, key=True),
    _column("line", Integer),
    _column("title", Text),
    _column("listed", Integer),
    _column("goods", Integer),
    _column("coupon", Integer),
    _column("points", Integer),
    _column("principal", Integer),
    _column("bonus", Integer),
    _column("rounding", Integer),
    _column("external", Integer),
    _column("returned_by", Integer, null=True),
    CheckConstraint(
        "goods = coupon + points + principal + bonus + rounding + external", name="unit_adds_up"
    ),
    rowid=False,
)

DERIVED = tuple(table for table in metadata.sorted_tables if table not in KEPT)
