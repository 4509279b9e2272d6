"""Sending what waits for members: with consent where it is marketing, and never too often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from pos_app.ledger.rules.churn import (
    MESSAGE_WINDOW_DAYS,
    ChurnLevel,
    ChurnTask,
    cancelled_by,
    may_message,
)
from pos_app.ledger.rules.programme import Programme
from pos_hq.channels import Channel, Outgoing
from pos_hq.fold.values import Member, Message
from pos_hq.hq import Hq, milliseconds
from pos_hq.jobs.part import wants_offers
from pos_hq.store import member_rows, message_rows, programme_rows
from pos_hq.store.database import Connection
from pos_hq.store.message_rows import Kept

AT_ONCE = 100
MARKETING_DAYS = 3
_WAKE = "wake_"
MARKETING = frozenset({"newcomer", "birthday", "member_day", "anniversary"})
MARKETING |= {f"{_WAKE}{level.value}" for level in ChurnLevel}


def send(hq: Hq, channel: Channel) -> Mapping[str, int]:
    """Send what waits, oldest first; return how many were sent, and how many dropped and why.

    Each is handed to the channel before it is noted as sent: cut off between, it is handed over
    again under the same identity. Whatever the channel raises ends the call; the rest waits.
    """
    counts: Counter[str] = Counter()
    while True:
        with hq.read() as book:
            some = message_rows.waiting(book, AT_ONCE)
            desk = _Desk(hq, book, some)
        if not some:
            return counts
        for message in some:
            counts[_settle(hq, desk, message, channel)] += 1


def latest(hq: Hq, limit: int = 50) -> Sequence[Kept]:
    """Return the latest messages, the newest first."""
    with hq.read() as book:
        return message_rows.latest(book, limit)


class _Desk:
    """What is known of the members whom a part of the messages is for."""

    def __init__(self, hq: Hq, book: Connection, some: Sequence[Message]) -> None:
        self.rules: Programme = programme_rows.in_force(book, hq.now_ms())
        self.now = hq.now().astimezone(self.rules.zone)
        named = {message.member for message in some}
        named |= member_rows.canonical_of(book, sorted(named))
        known = member_rows.peek(book, sorted(named))
        self.members = {member.id: member for member in known}
        since = milliseconds(self.now - timedelta(days=MESSAGE_WINDOW_DAYS + 1))
        stamps = message_rows.sent_to(book, sorted(named), MARKETING, since)
        self.sent = {one: [self._day(hq.moment(at)) for at in stamps[one]] for one in named}

    def whom(self, message: Message) -> Member:
        """Return the member, or who they are since they were merged."""
        member = self.members[message.member]
        return self.members[member.merged_into or member.id]

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.rules.zone).date()


def _settle(hq: Hq, desk: _Desk, message: Message, channel: Channel) -> str:
    member = desk.whom(message)
    reason = _obstacle(hq, desk, message, member)
    if not reason:
        channel(_outgoing(message, member))
        if message.kind in MARKETING:
            desk.sent[member.id].append(desk.now.date())
    state = "dropped" if reason else "sent"
    with hq.write() as book:
        message_rows.settle(book, message.id, state, reason, hq.now_ms())
    return reason or state


def _obstacle(hq: Hq, desk: _Desk, message: Message, member: Member) -> str:
    """Return why a message is not sent."""
    if member.phone is None:
        return "nobody"
    if message.kind not in MARKETING:
        return ""
    if _is_back(message, member):
        return "active_again"
    made_on = hq.moment(message.made_at)
    if desk.now - made_on > timedelta(days=MARKETING_DAYS):
        return "too_late"
    consent = wants_offers(member)
    return may_message(desk.sent[member.id], desk.now.date(), desk.rules, consent=consent).value


def _is_back(message: Message, member: Member) -> bool:
    if not message.kind.startswith(_WAKE) or member.last_visit is None:
        return False
    opened_on = date.fromisoformat(str(message.facts["on"]))
    task = ChurnTask(ChurnLevel(message.kind.removeprefix(_WAKE)), opened_on)
    return bool(cancelled_by(date.fromisoformat(member.last_visit), [task]))


def _outgoing(message: Message, member: Member) -> Outgoing:
    told = (message.id, message.kind, message.channel, message.facts)
    return Outgoing(*told, phone=str(member.phone), name=member.name)
