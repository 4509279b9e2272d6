"""Points that run out: what is left of each batch, and who is told when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pos_app.ledger.rules.points import PointsBatch, expiry_of, repay_debt
from pos_app.ledger.rules.programme import Programme
from pos_app.money import Points


@dataclass(frozen=True, slots=True)
class Reminder:
    """Points that run out in so many days."""

    days_before: int
    expires_on: date
    points: Points


@dataclass(frozen=True, slots=True)
class Released:
    """Reviewed points: the batch that is credited, if any, and what the member still owes."""

    batch: PointsBatch | None
    debt: Points


def last_moment(batch: PointsBatch, programme: Programme) -> datetime:
    """Return the last second of use in the programme's zone (D-15: 23:59:59)."""
    return datetime.combine(batch.expires_on, time(23, 59, 59), programme.zone)


def expired(
    batches: Sequence[PointsBatch], at: datetime, programme: Programme
) -> tuple[PointsBatch, ...]:
    """Return what has run out at a moment: all that redemptions left in it (PTS-06).

    Redemptions take what runs out first, so what is left is the member's own delay. Days are
    calendar days of the programme's zone, the last one included.
    """
    today = at.astimezone(programme.zone).date()
    return tuple(one for one in batches if one.expires_on < today and one.points)


def reminders(
    batches: Sequence[PointsBatch], today: date, programme: Programme
) -> tuple[Reminder, ...]:
    """Return what a member is told on a calendar day, the soonest first (`remind_days_before`)."""
    told = []
    for days in sorted(set(programme.points.remind_days_before)):
        on = today + timedelta(days=days)
        points = Points(sum(one.points.minor for one in batches if one.expires_on == on))
        if points:
            told.append(Reminder(days, on, points))
    return tuple(told)


def next_expiries(batches: Sequence[PointsBatch], today: date) -> tuple[PointsBatch, ...]:
    """Return what is usable, one batch for each last day, the soonest first."""
    days = sorted({one.expires_on for one in batches if one.expires_on >= today and one.points})
    return tuple(
        PointsBatch(day, Points(sum(one.points.minor for one in batches if one.expires_on == day)))
        for day in days
    )


def released(
    pending: Points, earned_on: date, debt: Points, today: date, programme: Programme
) -> Released:
    """Credit points that a review let go: they repay a debt first, then become a batch.

    They expire as if credited on the day they were earned; where that has passed they live on as
    a grace batch, as points given back by a refund do.
    """
    repaid = repay_debt(pending, debt)
    if not repaid.credited:
        return Released(None, repaid.debt)
    grace = today + timedelta(days=programme.points.refund_of_expired_grace_days)
    expires_on = expiry_of(earned_on, programme)
    batch = PointsBatch(expires_on if expires_on >= today else grace, repaid.credited)
    return Released(batch, repaid.debt)
