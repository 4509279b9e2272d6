"""What a member earns by what they do beside buying."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pos_app.ledger.rules.points import EarnedPoints, under_daily_cap
from pos_app.ledger.rules.programme import Programme
from pos_app.money import Growth, Points


class Behaviour(StrEnum):
    """What the programme rewards (PTS-01, PTS-10, TIR-02)."""

    REVIEW = "review"
    SHARE = "share"
    SIGN_IN = "sign_in"
    COMPLETE_PROFILE = "complete_profile"
    FIRST_APP_LOGIN = "first_app_login"
    REFER_FRIEND = "refer_friend"


ONCE_EVER = frozenset({Behaviour.COMPLETE_PROFILE, Behaviour.FIRST_APP_LOGIN})
ONCE_A_DAY = frozenset({Behaviour.SIGN_IN})


@dataclass(frozen=True, slots=True)
class Done:
    """A behaviour of a business day, and what it was given (pending points included)."""

    on: date
    behaviour: Behaviour
    points: Points
    growth: Growth


@dataclass(frozen=True, slots=True)
class Reward:
    """What a behaviour is given, and how that was found.

    `worth` and `growth_worth` are the programme's figures; the day's caps of behaviours cut them,
    and what then exceeds the day's cap of all points waits for review. `streak` is the day of the
    run of sign-ins, counted from 1, or 0.
    """

    behaviour: Behaviour
    worth: Points
    points: EarnedPoints
    growth_worth: Growth
    growth: Growth
    streak: int = 0


def reward(
    behaviour: Behaviour,
    done: Sequence[Done],
    today: date,
    earned_today: Points,
    programme: Programme,
) -> Reward:
    """Return what a behaviour of a business day is given.

    `done` are the member's earlier behaviours, at least of the current run of sign-ins and of what
    is given once; `earned_today` is all that was credited today. The caps of behaviours forfeit
    (`daily_behaviour_cap`); the cap of all points does not (`daily_earn_cap`).
    """
    streak = sign_in_streak(done, today) if behaviour is Behaviour.SIGN_IN else 0
    worth, growth_worth = Points(), Growth()
    if not _again(behaviour, done, today):
        worth = _points_of(behaviour, streak, programme)
        growth_worth = _growth_of(behaviour, programme)
    so_far = [one for one in done if one.on == today]
    room = programme.points.daily_behaviour_cap - sum(one.points.minor for one in so_far)
    points = min(worth, Points(max(room, 0)))
    room = programme.growth.daily_behaviour_cap - sum(one.growth.minor for one in so_far)
    growth = min(growth_worth, Growth(max(room, 0)))
    credited = under_daily_cap(points, earned_today, programme)
    return Reward(behaviour, worth, credited, growth_worth, growth, streak)


def sign_in_streak(done: Sequence[Done], today: date) -> int:
    """Return how many days in a row the member signs in, today counted."""
    days = {one.on for one in done if one.behaviour is Behaviour.SIGN_IN}
    streak = 1
    while today - timedelta(days=streak) in days:
        streak += 1
    return streak


def welcome(programme: Programme) -> tuple[Points, Growth]:
    """Return what a new member is given (REG-06); no cap of the day touches it."""
    return Points(programme.points.register_points), Growth(programme.growth.on_register)


def _again(behaviour: Behaviour, done: Sequence[Done], today: date) -> bool:
    days = {one.on for one in done if one.behaviour is behaviour}
    if behaviour in ONCE_EVER:
        return bool(days)
    return behaviour in ONCE_A_DAY and today in days


def _points_of(behaviour: Behaviour, streak: int, programme: Programme) -> Points:
    rules = programme.points.behaviour
    if behaviour is Behaviour.SIGN_IN:
        ladder = rules.sign_in_ladder
        return Points(ladder[(streak - 1) % len(ladder)] if ladder else 0)
    return Points(
        {
            Behaviour.REVIEW: rules.review,
            Behaviour.SHARE: rules.share,
            Behaviour.COMPLETE_PROFILE: rules.complete_profile,
            Behaviour.FIRST_APP_LOGIN: rules.first_app_login,
        }.get(behaviour, 0)
    )


def _growth_of(behaviour: Behaviour, programme: Programme) -> Growth:
    rules = programme.growth
    return Growth(
        {
            Behaviour.REVIEW: rules.review,
            Behaviour.SHARE: rules.share,
            Behaviour.SIGN_IN: rules.sign_in,
            Behaviour.REFER_FRIEND: rules.refer_friend,
        }.get(behaviour, 0)
    )
