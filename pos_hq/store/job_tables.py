"""The tables of what HQ does by the calendar, and of what members are told."""

from __future__ import annotations

from sqlalchemy import Index

from pos_hq.store import schema
from pos_hq.store.schema import octets, table, text, whole

metadata = schema.metadata

job_run = table(
    "job_run",
    ("id",),
    octets("id"),
    text("job"),
    text("day"),
    whole("started_at"),
    whole("ended_at", null=True),  # None: it is under way, or was cut off
    whole("dry"),
    whole("counted"),  # members looked at
    whole("done"),  # things booked
)
Index("job_run_started", job_run.c.started_at)

# What was done for a member once and is not done again.
job_mark = table(
    "job_mark",
    ("job", "member", "key"),
    text("job"),
    octets("member"),
    text("key"),
    text("on_day"),
)
Index("job_mark_member", job_mark.c.member)

message = table(
    "message",
    ("id",),
    octets("id"),
    octets("member"),
    text("kind"),
    text("facts"),
    text("channel"),  # message, or call: somebody is to do it
    text("state"),  # waiting | sent | dropped
    text("reason"),
    whole("made_at"),
    whole("sent_at", null=True),  # when it was sent, or dropped
)
Index("message_state", message.c.state, message.c.made_at)
Index("message_member", message.c.member, message.c.sent_at)

# Points that waited for a review and were credited, by the day on which they were earned;
# below zero: taken back when their order was returned.
points_release = table(
    "points_release",
    ("id",),
    octets("id"),
    octets("member"),
    text("on_day"),
    whole("points"),
    whole("at"),
)
Index("points_release_member", points_release.c.member)
