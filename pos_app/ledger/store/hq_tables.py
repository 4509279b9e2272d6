"""What the ledger file keeps of HQ: the link, grants asked for, the feed's word, exceptions."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, Text, text

from pos_app.ledger.store.columns import Identity, Moment
from pos_app.ledger.store.schema import column, table

hq_link = table(
    "hq_link",
    column("id", Integer, key=True),
    column("key", LargeBinary),
    column("acked_sig", LargeBinary),
    column("totals", Text),
    column("hq_time", Moment),
    column("heard_at", Moment),
    column("frozen", Text),
    column("turn", Integer),
    column("snapshot_after", Text, null=True),
    column("snapshot_since", Integer, null=True),
    CheckConstraint("id = 1", name="one_hq"),
)

grant_request = table(
    "grant_request",
    column("id", Identity, key=True),
    column("member", Identity),
    column("purpose", Text),
    column("wants", Text),
    column("at", Moment),
    column("state", Text),
    column("reason", Text),
    Index("grant_open", "state", sqlite_where=text("state = 'new'")),
)

inbox = table(
    "inbox",
    column("entity", Text, key=True),
    column("id", Text, key=True),
    column("first_seq", Integer),
    column("first_turn", Integer),
    column("after_seq", Integer),
    column("turn", Integer),
    column("body", Text),
    rowid=False,
)

remote_right = table(
    "remote_right",
    column("member", Identity, key=True),
    column("pocket", Text, key=True),
    column("ref", Text, key=True),
    column("amount", Integer),
    column("about", Text),
    rowid=False,
)

remote_member = table(
    "remote_member",
    column("member", Identity, key=True),
    column("as_of", Moment),
    column("known_seq", Integer),
    column("spend", Integer),
    column("growth", Integer),
    column("elsewhere", Integer),
    column("pin", Text),
    column("standing", Text),
    column("owes", Integer),
    column("real_name", Text),
    column("real_name_until", Text),
    column("tier_notice", Text),
)

remote_card = table(
    "remote_card",
    column("id", Identity, key=True),
    column("member", Identity),
    column("number", Text, null=True),
    column("form", Text),
    column("state", Text),
    column("since", Moment),
    column("block", Identity, null=True),
    Index("remote_card_member", "member"),
    Index("remote_card_number", "number"),
)

hq_exception = table(
    "hq_exception",
    column("id", Identity, key=True),
    column("feed_seq", Integer),
    column("open", Integer),
    column("body", Text),
)

hold_term = table(
    "hold_term",
    column("member", Identity, key=True),
    column("purpose", Text),
    column("valid_until", Moment),
)

KEPT = (hq_link, grant_request, inbox, remote_right, remote_member, remote_card, hq_exception)
