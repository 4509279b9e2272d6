"""Members as the ledger file holds them, found by what names exactly one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.manual_tier import manual_from, reason_of
from pos_app.ledger.rules.tier_standing import ManualTier
from pos_app.ledger.store.driver import Statements

COLUMNS = (
    "m.row, m.id, m.number, m.phone, m.name, m.tier, m.status, m.last_visit, m.visits, m.card,"
    " m.gender, m.birthday, m.lunar, m.status_reason, m.joined_on, m.referrer, m.note,"
    " m.consent_terms, m.consent_marketing, m.birthday_changed_on, m.tier_manual"
)
# Backwards from the head of the journal, which needs no index of its own on the commit path.
_LATELY_SERVED = """
    SELECT member FROM journal NOT INDEXED
    WHERE seq > (SELECT max(seq) FROM journal) - 500 AND member IS NOT NULL
        AND kind IN ('MEMBER_NEW', 'TOPUP', 'SALE', 'REFUND', 'VOID')
    GROUP BY member ORDER BY max(seq) DESC LIMIT ?
"""
_SELECT = f"SELECT {COLUMNS} FROM member m"  # noqa: S608 -- constants only


@dataclass(eq=False)
class MemberUnknown(PosError):
    """No member of this identity is known here."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member in full; of an erased one only number and standing are left."""

    row: int
    id: MemberId
    number: str
    phone: str | None
    name: str
    tier: str
    status: Status
    last_visit: date | None
    visits: int
    card: str | None
    gender: str
    birthday: str | None
    lunar: int
    status_reason: str
    joined_on: date
    referrer: MemberId | None
    note: str
    consent_terms: str
    consent_marketing: str | None
    birthday_changed_on: date | None
    manual: ManualTier | None
    manual_reason: str


def known_member(reader: Statements, member: MemberId) -> MemberRow:
    """Return the member of this identity. Raises MemberUnknown."""
    row = by_id(reader, member)
    if row is None:
        raise MemberUnknown(member)
    return row


def by_id(reader: Statements, member: MemberId) -> MemberRow | None:
    """Return the member of this identity."""
    return _one(reader, "m.id = ?", member.bytes)


def by_phone(reader: Statements, phone: str) -> MemberRow | None:
    """Return the member who has this E.164 number."""
    return _one(reader, "m.phone = ?", phone)


def by_card(reader: Statements, card: str) -> MemberRow | None:
    """Return the member to whom this card is bound."""
    return _one(reader, "m.card = ?", card)


def by_number(reader: Statements, number: str) -> MemberRow | None:
    """Return the member of this member number."""
    return _one(reader, "m.number = ?", number)


def recent(reader: Statements, limit: int) -> tuple[MemberRow, ...]:
    """Return the members who were served here last, the latest first."""
    rows = reader.execute(_LATELY_SERVED, (limit,)).fetchall()
    return tuple(known_member(reader, MemberId(UUID(bytes=member))) for (member,) in rows)


def member_row(row: Any) -> MemberRow:  # noqa: ANN401 -- a row is whatever its SQL says
    """Read the columns named in COLUMNS."""
    return MemberRow(
        row=row[0],
        id=MemberId(UUID(bytes=row[1])),
        number=row[2],
        phone=row[3],
        name=row[4],
        tier=row[5],
        status=Status(row[6]),
        last_visit=_day(row[7]),
        visits=row[8],
        card=row[9],
        gender=row[10],
        birthday=row[11],
        lunar=row[12],
        status_reason=row[13],
        joined_on=date.fromisoformat(row[14]),
        referrer=None if row[15] is None else MemberId(UUID(bytes=row[15])),
        note=row[16],
        consent_terms=row[17],
        consent_marketing=row[18],
        birthday_changed_on=_day(row[19]),
        manual=manual_from(row[20]),
        manual_reason=reason_of(row[20]),
    )


def _one(reader: Statements, condition: str, value: str | bytes) -> MemberRow | None:
    row = reader.execute(f"{_SELECT} WHERE {condition}", (value,)).fetchone()
    return None if row is None else member_row(row)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
