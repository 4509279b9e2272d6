"""Records of identity documents: sealed where they were taken, kept as long as the law wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from pos_hq.fold import postings
from pos_hq.fold.belongings import RealName
from pos_hq.fold.fact import Fact, Unreadable, text
from pos_hq.fold.sheet import Sheet

Private = Mapping[str, Any] | None


def take(sheet: Sheet, fact: Fact, private: Private) -> None:
    """Keep a record, of an erased member as well; without its sidecar there is none."""
    postings.post(sheet, fact)
    if fact.member is None or fact.id is None:
        raise Unreadable("nobody's document")
    body, event = fact.body, fact.id.hex()
    kept = (_day(body["kept_until"]), text(body["sealed_for"]))
    if private is not None:
        sealed = bytes.fromhex(private["sealed"])
        _keep(sheet, RealName(event, fact.member, fact.at, *kept, sealed))


def refer(sheet: Sheet, fact: Fact) -> None:
    """Keep the record that a top-up names as long as that top-up wants it kept."""
    if "real_name" not in fact.body:
        return
    known = sheet.real_names.get(UUID(fact.body["real_name"]).hex)
    until = _day(fact.body["real_name_until"])
    if known is not None and until > known.kept_until:
        _keep(sheet, replace(known, kept_until=until))


def told(sheet: Sheet, member: str) -> list[str] | None:
    """Return the event of the latest record of a member that HQ can read, and until when."""
    known = [one for one in sheet.real_names.values() if one.member == member and one.readable]
    latest = max(known, key=lambda one: one.taken_at, default=None)
    return None if latest is None else [latest.event, latest.kept_until]


def _keep(sheet: Sheet, record: RealName) -> None:
    sheet.real_names[record.event] = record
    sheet.new_real_names.add(record.event)
    sheet.touched.add(record.member)


def _day(value: object) -> str:
    return date.fromisoformat(str(value)).isoformat()
