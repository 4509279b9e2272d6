"""Whether the points that come back keep step with the points that go out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.windows import months_later
from pos_app.money import BasisPoints, Points


class RateAlarm(StrEnum):
    """On which side the rate left its band."""

    NONE = ""
    LOW = "LOW"
    HIGH = "HIGH"


@dataclass(frozen=True, slots=True)
class PointsDay:
    """The points that a business day issued and redeemed."""

    on: date
    issued: Points
    redeemed: Points


@dataclass(frozen=True, slots=True)
class RedemptionRate:
    """Redeemed over issued of twelve months; `rate` is floored, and None where none was issued."""

    since: date
    issued: Points
    redeemed: Points
    rate: BasisPoints | None
    band: tuple[BasisPoints, BasisPoints]
    alarm: RateAlarm


def redemption_rate(days: Iterable[PointsDay], today: date, programme: Programme) -> RedemptionRate:
    """Return the rate of the 12 months that end today (PTS-07). It alarms and changes no rule.

    The band is inclusive, and compared exactly, not after rounding.
    """
    before = months_later(today, -12)
    counted = [one for one in days if before < one.on <= today]
    issued = sum(one.issued.minor for one in counted)
    redeemed = sum(one.redeemed.minor for one in counted)
    low, high = programme.points.redemption_rate_band_bp
    alarm = RateAlarm.NONE
    if redeemed * 10_000 < low * issued:
        alarm = RateAlarm.LOW
    elif redeemed * 10_000 > high * issued:
        alarm = RateAlarm.HIGH
    return RedemptionRate(
        since=before + timedelta(days=1),
        issued=Points(issued),
        redeemed=Points(redeemed),
        rate=BasisPoints(redeemed * 10_000 // issued) if issued > 0 else None,
        band=(BasisPoints(low), BasisPoints(high)),
        alarm=alarm,
    )
