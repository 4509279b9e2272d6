"""Points are earned by the floor, expire at month end, and come home where they came from."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.points import (
    ClawBack,
    EarnedPoints,
    Multiplier,
    MultiplierReason,
    PointsBatch,
    PointsNotCovered,
    Repaid,
    claw_back,
    expiry_of,
    growth_earned,
    most_redeemable,
    multiplier_for,
    points_earned,
    points_value,
    redeem_batches,
    repay_debt,
    return_batches,
    under_daily_cap,
    usable_points,
)
from pos_app.ledger.rules.programme import parse_programme
from pos_app.money import BasisPoints, Growth, Money, Points
from tests.ledger.rules.shipped_programme import DOCUMENT, changed

PROGRAMME = parse_programme(DOCUMENT)
TODAY = date(2026, 2, 20)
ORDINARY = BasisPoints(10_000)


def batch(expires_on: str, points: int) -> PointsBatch:
    return PointsBatch(date.fromisoformat(expires_on), Points(points))


# The redemption of scenario D-06, as it was taken.
TAKEN = (batch("2026-03-31", 1200), batch("2026-08-31", 900), batch("2027-05-31", 500))
# Scenario D-15: what the three earnings became.
YEARS = (batch("2026-02-28", 300), batch("2026-03-31", 500), batch("2027-12-31", 800))

batches_of_any_kind = st.lists(
    st.builds(
        PointsBatch,
        st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        st.builds(Points, st.integers(1, 5_000)),
    ),
    max_size=6,
)


def total(batches: tuple[PointsBatch, ...]) -> int:
    return sum(one.points.minor for one in batches)


def test_a_cash_sale_of_128_60_earns_128_points_and_25_growth() -> None:
    paid = Money(12860)

    assert points_earned(paid, ORDINARY) == Points(128)
    assert growth_earned(paid, PROGRAMME) == Growth(25)


def test_the_floor_comes_after_the_multiplier() -> None:
    assert points_earned(Money(150), BasisPoints(20_000)) == Points(3)


def test_growth_follows_the_programme() -> None:
    generous = parse_programme(changed("growth.per_fen_denominator", "100"))

    assert growth_earned(Money(12860), generous) == Growth(128)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_splitting_an_order_never_earns_more_points(one: int, other: int) -> None:
    apart = points_earned(Money(one), ORDINARY) + points_earned(Money(other), ORDINARY)

    assert apart <= points_earned(Money(one + other), ORDINARY)


@pytest.mark.parametrize(
    ("earned_on", "expires_on"),
    [
        ("2024-02-29", "2026-02-28"),
        ("2024-03-15", "2026-03-31"),
        ("2025-12-31", "2027-12-31"),
        ("2026-02-01", "2028-02-29"),
    ],
)
def test_points_expire_at_the_month_end_24_months_later(earned_on: str, expires_on: str) -> None:
    assert expiry_of(date.fromisoformat(earned_on), PROGRAMME) == date.fromisoformat(expires_on)


def test_the_programme_says_after_how_many_months_points_expire() -> None:
    shorter = parse_programme(changed("points.expiry_months", "13"))

    assert expiry_of(date(2026, 12, 5), shorter) == date(2028, 1, 31)


@pytest.mark.parametrize(
    ("day", "month", "first", "reason"),
    [
        (False, False, False, MultiplierReason.ORDINARY),
        (True, False, False, MultiplierReason.MEMBER_DAY),
        (False, True, False, MultiplierReason.BIRTHDAY_MONTH),
        (False, False, True, MultiplierReason.FIRST_ORDER),
        (True, True, True, MultiplierReason.MEMBER_DAY),
    ],
)
def test_multipliers_take_the_best_and_never_the_product(
    *, day: bool, month: bool, first: bool, reason: MultiplierReason
) -> None:
    best = multiplier_for(PROGRAMME, member_day=day, birthday_month=month, first_order=first)

    rate = 10_000 if reason is MultiplierReason.ORDINARY else 20_000
    assert best == Multiplier(BasisPoints(rate), reason)


def test_the_larger_multiplier_wins_over_the_one_named_first() -> None:
    programme = parse_programme(changed("points.multiplier_first_order_bp", "30000"))

    best = multiplier_for(programme, member_day=True, birthday_month=True, first_order=True)

    assert best == Multiplier(BasisPoints(30_000), MultiplierReason.FIRST_ORDER)


@pytest.mark.parametrize(
    ("earned", "earned_today", "credited", "pending"),
    [(500, 0, 500, 0), (500, 9_500, 500, 0), (500, 9_501, 499, 1), (500, 10_001, 0, 500)],
)
def test_points_above_the_daily_cap_wait_for_review(
    earned: int, earned_today: int, credited: int, pending: int
) -> None:
    split = under_daily_cap(Points(earned), Points(earned_today), PROGRAMME)

    assert split == EarnedPoints(Points(credited), Points(pending))


def test_earned_points_repay_a_debt_first() -> None:
    assert repay_debt(Points(320), Points(500)) == Repaid(Points(0), Points(180))
    assert repay_debt(Points(320), Points(20)) == Repaid(Points(300), Points(0))


def test_redeeming_600_takes_the_points_that_expire_first() -> None:
    taken = redeem_batches(tuple(reversed(YEARS)), Points(600), TODAY)

    assert taken == (batch("2026-02-28", 300), batch("2026-03-31", 300))


def test_points_are_usable_through_the_day_they_expire() -> None:
    assert usable_points(YEARS, date(2026, 2, 28)) == Points(1600)
    assert usable_points(YEARS, date(2026, 3, 1)) == Points(1300)
    assert usable_points(YEARS, date(2026, 4, 1)) == Points(800)


def test_expired_points_cannot_be_redeemed() -> None:
    with pytest.raises(PointsNotCovered) as refused:
        redeem_batches(YEARS, Points(801), date(2026, 4, 1))

    assert (refused.value.wanted, refused.value.usable_here) == (Points(801), Points(800))


def test_redeeming_nothing_takes_from_no_batch() -> None:
    assert redeem_batches(YEARS, Points(), TODAY) == ()


@given(batches_of_any_kind, st.data())
def test_redemption_takes_exactly_what_was_asked_and_the_oldest_first(
    batches: list[PointsBatch], data: st.DataObject
) -> None:
    usable = usable_points(batches, TODAY)
    wanted = Points(data.draw(st.integers(0, usable.minor)))

    taken = redeem_batches(batches, wanted, TODAY)

    assert total(taken) == wanted.minor
    assert all(one.expires_on >= TODAY for one in taken)
    last = taken[-1].expires_on if taken else date.min
    passed_over = [one for one in batches if TODAY <= one.expires_on < last]
    assert total(tuple(passed_over)) <= wanted.minor


@pytest.mark.parametrize(
    ("due", "held", "most"),
    [
        (33790, 4100, 4100),
        (33790, 20000, 10100),
        (33790, 2650, 2600),
        (33790, 99, 0),
        (332, 4100, 0),
        (334, 4100, 100),
        (0, 4100, 0),
    ],
)
def test_points_pay_at_most_30_percent_in_whole_hundreds(due: int, held: int, most: int) -> None:
    batches = (batch("2026-12-31", held), batch("2026-01-31", 9_000))

    assert most_redeemable(Money(due), batches, PROGRAMME, TODAY) == Points(most)


def test_fewer_points_than_the_minimum_are_not_redeemed() -> None:
    programme = parse_programme(changed("points.redeem_min", "500"))

    assert most_redeemable(Money(1_600), YEARS, programme, TODAY) == Points(0)
    assert most_redeemable(Money(1_700), YEARS, programme, TODAY) == Points(500)


def test_a_point_is_worth_a_fen() -> None:
    assert points_value(Points(2600), PROGRAMME) == Money(2600)


def test_refunds_give_points_back_in_reverse_order_of_consumption() -> None:
    first = return_batches(TAKEN, Points(), Points(576), TODAY, PROGRAMME)
    second = return_batches(TAKEN, Points(576), Points(690), TODAY, PROGRAMME)

    assert first == (batch("2027-05-31", 500), batch("2026-08-31", 76))
    assert second == (batch("2026-08-31", 690),)


def test_expired_points_come_back_as_a_grace_batch() -> None:
    back = return_batches(TAKEN, Points(1266), Points(1334), date(2026, 4, 10), PROGRAMME)

    assert back == (batch("2026-08-31", 134), batch("2026-05-10", 1200))


def test_points_given_back_on_their_last_day_keep_it() -> None:
    back = return_batches(TAKEN, Points(1400), Points(1200), date(2026, 3, 31), PROGRAMME)

    assert back == (batch("2026-03-31", 1200),)


def test_more_points_than_were_taken_are_a_bug() -> None:
    with pytest.raises(AssertionError, match="more points than were taken"):
        return_batches(TAKEN, Points(2600), Points(1), TODAY, PROGRAMME)


@given(batches_of_any_kind, st.data())
def test_whatever_the_partial_refunds_every_point_comes_home(
    taken: list[PointsBatch], data: st.DataObject
) -> None:
    already, home = Points(), list[PointsBatch]()
    while already.minor < total(tuple(taken)):
        part = Points(data.draw(st.integers(1, total(tuple(taken)) - already.minor)))
        home += return_batches(taken, already, part, TODAY, PROGRAMME)
        already += part

    grace = TODAY + timedelta(days=30)
    for day in {one.expires_on for one in taken if one.expires_on >= TODAY} - {grace}:
        came = [one for one in home if one.expires_on == day]
        left = [one for one in taken if one.expires_on == day]
        assert total(tuple(came)) == total(tuple(left))
    assert total(tuple(home)) == total(tuple(taken))
    assert all(one.expires_on >= TODAY for one in home)


def test_points_are_clawed_back_from_the_orders_own_batch_first() -> None:
    taken = claw_back(Points(900), date(2026, 3, 31), YEARS)

    assert taken == ClawBack(
        (batch("2026-03-31", 500), batch("2026-02-28", 300), batch("2027-12-31", 100)),
        Points(0),
    )


def test_points_that_are_spent_already_become_a_debt() -> None:
    assert claw_back(Points(500), date(2026, 3, 31), ()) == ClawBack((), Points(500))
    assert claw_back(Points(500), date(2026, 3, 31), (batch("2026-03-31", 120),)) == ClawBack(
        (batch("2026-03-31", 120),), Points(380)
    )


@given(batches_of_any_kind, st.integers(0, 40_000))
def test_a_claw_back_is_what_was_taken_plus_the_debt(
    batches: list[PointsBatch], points: int
) -> None:
    taken = claw_back(Points(points), date(2026, 3, 31), batches)

    assert total(taken.taken) + taken.debt.minor == points
    assert not taken.debt or total(taken.taken) == total(tuple(batches))
