"""Points pay a share of an order, and an order earns points."""

from dataclasses import replace
from datetime import datetime

import pytest

from pos_app.ledger.rules.holder import Birthday, Holder, Status
from pos_app.ledger.rules.points import MultiplierReason
from pos_app.ledger.rules.points_use import PointsRefused, PointsRule
from pos_app.money import Growth, Money, Points
from tests.ledger.rules.till import (
    L1,
    MEMBER,
    MEMBER_DAY,
    ORDINARY_DAY,
    PROGRAMME,
    SHANGHAI,
    WECHAT,
    asks,
    batch,
    day,
    line,
    lot,
    order,
    priced,
)

RICH = replace(MEMBER, lots=(lot(L1, 50_000, 6_000),), batches=(batch("2027-01-31", 5_000),))


def test_points_pay_at_most_their_share_in_whole_steps() -> None:
    answer = priced(order(line(10_999), points=Points(3_200)), RICH)

    assert answer.most_points == Points(3_200)
    assert answer.due == Money(7_799)
    assert answer.batches == (batch("2027-01-31", 3_200),)


@pytest.mark.parametrize(
    ("holder", "points", "rule"),
    [
        (RICH, -100, PointsRule.NEGATIVE),
        (None, 100, PointsRule.NOT_PERMITTED),
        (replace(RICH, status=Status.FROZEN), 100, PointsRule.NOT_PERMITTED),
        (replace(RICH, status=Status.BLACKLISTED), 100, PointsRule.NOT_PERMITTED),
        (replace(RICH, debt=Points(1)), 100, PointsRule.IN_DEBT),
        (RICH, 150, PointsRule.STEP),
        (RICH, 3_300, PointsRule.SHARE),
        (replace(RICH, batches=(batch("2027-01-31", 199),)), 200, PointsRule.BALANCE),
        (replace(RICH, batches=(batch("2026-03-09", 900),)), 100, PointsRule.BALANCE),
    ],
)
def test_points_that_break_a_rule_are_refused_by_its_name(
    holder: Holder | None, points: int, rule: PointsRule
) -> None:
    with pytest.raises(PointsRefused) as refused:
        priced(order(line(10_999), points=Points(points)), holder)

    assert refused.value.rule is rule
    assert refused.value.wanted == Points(points)


def test_fewer_points_than_the_minimum_are_refused() -> None:
    rules = PROGRAMME.points.model_copy(update={"redeem_min": 500})
    strict = PROGRAMME.model_copy(update={"points": rules})

    with pytest.raises(PointsRefused) as refused:
        priced(order(line(10_999), points=Points(400)), RICH, programme=strict)

    assert refused.value.rule is PointsRule.MINIMUM
    assert refused.value.most == Points(3_200)


def test_whoever_owes_points_is_offered_none() -> None:
    answer = priced(order(line(10_000)), replace(RICH, debt=Points(5)))

    assert answer.most_points == Points(0)


def test_points_expire_at_midnight_though_the_business_day_goes_on() -> None:
    holder = replace(MEMBER, batches=(batch("2026-03-31", 500),))
    late = datetime(2026, 3, 31, 23, 59, tzinfo=SHANGHAI)
    midnight = datetime(2026, 4, 1, 0, 0, tzinfo=SHANGHAI)

    assert priced(order(line(10_000)), holder, late).most_points == Points(500)
    assert priced(order(line(10_000)), holder, midnight).most_points == Points(0)


@pytest.mark.parametrize(
    ("holder", "at", "reason"),
    [
        (MEMBER, ORDINARY_DAY, MultiplierReason.ORDINARY),
        (MEMBER, MEMBER_DAY, MultiplierReason.MEMBER_DAY),
        (replace(MEMBER, birthday=Birthday(3, 31)), ORDINARY_DAY, MultiplierReason.BIRTHDAY_MONTH),
        (replace(MEMBER, birthday=Birthday(4, 1)), ORDINARY_DAY, MultiplierReason.ORDINARY),
        (replace(MEMBER, first_order=True), ORDINARY_DAY, MultiplierReason.FIRST_ORDER),
        (replace(MEMBER, first_order=True), MEMBER_DAY, MultiplierReason.MEMBER_DAY),
    ],
)
def test_the_best_reason_multiplies_points_once(
    holder: Holder, at: datetime, reason: MultiplierReason
) -> None:
    answer = priced(order(line(10_050), tenders=asks(WECHAT), member_day=False), holder, at)

    doubled = reason is not MultiplierReason.ORDINARY
    assert answer.multiplier_reason == reason
    assert answer.earns == Points(201 if doubled else 100)
    assert answer.grows == Growth(20)
    assert answer.earns_expire_on == day("2028-03-31")


def test_what_exceeds_the_daily_cap_waits_for_review() -> None:
    holder = replace(MEMBER, earned_today=Points(9_950))

    answer = priced(order(line(20_000), tenders=asks(WECHAT)), holder)

    assert (answer.earns, answer.pending) == (Points(50), Points(150))
