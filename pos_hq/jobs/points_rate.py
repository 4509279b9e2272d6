"""The alarm of the redemption rate (PTS-07): it asks a person, and changes no rule.

A chain younger than the twelve months of the rate is not asked about: nobody redeems at once.
"""

from __future__ import annotations

from datetime import date, datetime, time

from pos_app.ids import new_id
from pos_app.ledger.rules.redemption_rate import RateAlarm, RedemptionRate
from pos_hq import cases, points_report
from pos_hq.fold.values import Case
from pos_hq.hq import Hq, milliseconds
from pos_hq.store import case_rows, enrolling, meta, programme_rows
from pos_hq.store.database import Connection

NAME = "points-rate"


def look(hq: Hq, day: date, *, dry: bool) -> int:
    """Ask about a rate that left its band, once on each side; close what is back in it."""
    rate = points_report.rate_on(hq, day)
    with hq.read() as book:
        since = datetime.combine(
            rate.since, time.min, programme_rows.in_force(book, hq.now_ms()).zone
        )
        if meta.founded_at(book) > milliseconds(since):
            return 0
    if dry:
        return int(rate.alarm is not RateAlarm.NONE)
    with hq.write() as book:
        enrolling.one_at_a_time(book)
        return _ask(hq, book, rate)


def _ask(hq: Hq, book: Connection, rate: RedemptionRate) -> int:
    known = case_rows.open_of(book, "POINTS_RATE")
    if any(kept.case.account == rate.alarm.value for kept in known):
        return 0
    cases.settle(book, "POINTS_RATE", hq.now_ms())
    if rate.alarm is RateAlarm.NONE:
        return 0
    here = {
        "redeemed": rate.redeemed.minor,
        "issued": rate.issued.minor,
        "rate_bp": None if rate.rate is None else rate.rate.value,
        "since": rate.since.isoformat(),
    }
    there = {"band_bp": [rate.band[0].value, rate.band[1].value]}
    place = (None, None, None, None, hq.now_ms(), rate.alarm.value, "PTS")
    cases.open_one(book, Case(new_id().hex, "POINTS_RATE", *place, here=here, there=there))
    return 1
