"""The gift to a new member, given once HQ has accepted the phone number as new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pos_app.ledger.rules.points import welcome_points
from pos_hq.fold import accounts
from pos_hq.fold.fact import Fact, whole
from pos_hq.fold.sheet import Sheet
from pos_hq.fold.values import Act, Member


def welcome(sheet: Sheet, fact: Fact, member: Member) -> None:
    """Give what the enrolment promised, by the rules that it names; without them, as promised."""
    if "welcome" not in fact.body:
        return
    rules = sheet.whence.rules.get(fact.rules)
    if rules is None:
        expires_on, points = _told(fact.body["welcome"])
    else:
        gift = welcome_points(date.fromisoformat(fact.day), rules)
        expires_on, points = gift.expires_on, gift.points.minor
    if points > 0:
        free = accounts.avail(accounts.PTS, member.id, expires_on.isoformat())
        move = ("pts_issued", free, accounts.PTS, points)
        sheet.act(Act("ISSUE", member.id, "welcome", (move,)))


def _told(promised: Mapping[str, Any]) -> tuple[date, int]:
    return date.fromisoformat(str(promised["expires_on"])), whole(promised["points"])
