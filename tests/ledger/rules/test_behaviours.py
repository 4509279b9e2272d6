"""Behaviours are rewarded as the programme lists them, up to the caps of the day."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.behaviours import Behaviour, Done, Reward, reward, welcome
from pos_app.ledger.rules.points import EarnedPoints
from pos_app.ledger.rules.programme import parse_programme
from pos_app.money import Growth, Points
from tests.ledger.rules.shipped_programme import changed
from tests.ledger.rules.till import PROGRAMME, day

TODAY = day("2026-06-15")
SIGN_IN = Behaviour.SIGN_IN


def did(behaviour: Behaviour, on: date = TODAY, points: int = 0, growth: int = 0) -> Done:
    return Done(on, behaviour, Points(points), Growth(growth))


def rewarded(behaviour: Behaviour, done: Sequence[Done] = (), earned_today: int = 0) -> Reward:
    return reward(behaviour, done, TODAY, Points(earned_today), PROGRAMME)


def signed_in(*days_ago: int) -> list[Done]:
    return [did(SIGN_IN, TODAY - timedelta(days=ago)) for ago in days_ago]


@pytest.mark.parametrize(
    ("behaviour", "points", "growth"),
    [
        (Behaviour.REVIEW, 20, 5),
        (Behaviour.SHARE, 10, 2),
        (Behaviour.SIGN_IN, 1, 1),
        (Behaviour.COMPLETE_PROFILE, 50, 0),
        (Behaviour.FIRST_APP_LOGIN, 30, 0),
        (Behaviour.REFER_FRIEND, 0, 50),
    ],
)
def test_a_behaviour_is_given_what_the_programme_says(
    behaviour: Behaviour, points: int, growth: int
) -> None:
    given_now = rewarded(behaviour)

    assert given_now.points == EarnedPoints(Points(points), Points())
    assert given_now.growth == Growth(growth)


@pytest.mark.parametrize(
    ("days_before", "points"),
    [(0, 1), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 5), (7, 1), (13, 5), (14, 1)],
)
def test_the_sign_in_ladder_starts_anew_after_its_seventh_day(
    days_before: int, points: int
) -> None:
    given_now = rewarded(SIGN_IN, signed_in(*range(1, days_before + 1)))

    assert (given_now.streak, given_now.worth) == (days_before + 1, Points(points))


def test_a_missed_day_breaks_the_run_of_sign_ins() -> None:
    assert rewarded(SIGN_IN, signed_in(2, 3, 4)).streak == 1


def test_a_second_sign_in_of_a_day_is_given_nothing() -> None:
    given_now = rewarded(SIGN_IN, signed_in(0, 1))

    assert (given_now.worth, given_now.growth) == (Points(), Growth())


@pytest.mark.parametrize("behaviour", [Behaviour.COMPLETE_PROFILE, Behaviour.FIRST_APP_LOGIN])
def test_a_profile_and_a_first_login_are_rewarded_once_ever(behaviour: Behaviour) -> None:
    earlier = did(behaviour, day("2020-01-01"), 50)

    assert rewarded(behaviour, [earlier]).points == EarnedPoints(Points(), Points())


def test_a_programme_without_a_ladder_gives_no_points_for_signing_in() -> None:
    bare = parse_programme(changed("points.behaviour.sign_in_ladder", "[]"))

    assert reward(SIGN_IN, (), TODAY, Points(), bare).worth == Points()


def test_the_days_cap_of_behaviours_cuts_points() -> None:
    given_now = rewarded(Behaviour.REVIEW, [did(Behaviour.REVIEW, points=190)])

    assert given_now.worth == Points(20)
    assert given_now.points == EarnedPoints(Points(10), Points())


def test_the_days_cap_of_behaviours_cuts_growth_and_counts_a_referral() -> None:
    given_now = rewarded(Behaviour.REFER_FRIEND, [did(Behaviour.SHARE, growth=12)])

    assert (given_now.growth_worth, given_now.growth) == (Growth(50), Growth(48))


def test_what_was_done_yesterday_does_not_count_against_today() -> None:
    yesterday = did(Behaviour.REVIEW, TODAY - timedelta(days=1), points=200, growth=60)

    assert rewarded(Behaviour.REVIEW, [yesterday]).growth == Growth(5)


def test_above_the_cap_of_all_points_a_reward_waits_for_review() -> None:
    given_now = rewarded(Behaviour.REVIEW, earned_today=9_995)

    assert given_now.points == EarnedPoints(Points(5), Points(15))


def test_a_welcome_is_100_points() -> None:
    assert welcome(PROGRAMME) == (Points(100), Growth(0))


@given(st.lists(st.sampled_from(Behaviour), max_size=40))
def test_no_day_gives_more_than_its_caps(doings: list[Behaviour]) -> None:
    done: list[Done] = []

    for doing in doings:
        given_now = rewarded(doing, done)
        done.append(Done(TODAY, doing, given_now.points.credited, given_now.growth))

    assert sum(one.points.minor for one in done) <= 200
    assert sum(one.growth.minor for one in done) <= 60
