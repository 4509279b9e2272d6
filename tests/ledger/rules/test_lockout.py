"""Wrong PINs and the door they close, to the second."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.lockout import Door, Failures, LockRules, door, door_everywhere

RULES = LockRules(max_failures=5, lock=timedelta(minutes=30), hard_failures=10)
SIGN_IN = LockRules(max_failures=5, lock=timedelta(minutes=30))
TEN = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
FIRST_FIVE = tuple(TEN + timedelta(seconds=step) for step in (0, 20, 45, 70, 90))


def failures(*at: datetime, in_a_row: int | None = None) -> Failures:
    return Failures(at, len(at) if in_a_row is None else in_a_row)


def test_an_untried_door_is_open() -> None:
    assert door(Failures(), RULES, TEN) == Door(locked=False, attempts_left=5)


@pytest.mark.parametrize("tried", [1, 2, 3, 4])
def test_each_wrong_pin_leaves_one_attempt_less(tried: int) -> None:
    now = door(failures(*FIRST_FIVE[:tried]), RULES, FIRST_FIVE[tried])

    assert now == Door(locked=False, attempts_left=5 - tried)


def test_the_fifth_wrong_pin_locks_for_half_an_hour_from_itself() -> None:
    until = TEN + timedelta(minutes=31, seconds=30)

    assert door(failures(*FIRST_FIVE), RULES, FIRST_FIVE[-1]) == Door(
        locked=True, attempts_left=0, until=until
    )
    assert door(failures(*FIRST_FIVE), RULES, until - timedelta(milliseconds=1)).locked
    assert door(failures(*FIRST_FIVE), RULES, until) == Door(locked=False, attempts_left=5)


def test_after_a_lock_five_more_may_be_wrong() -> None:
    later = TEN + timedelta(minutes=32)

    now = door(failures(*FIRST_FIVE, later), RULES, later)

    assert now == Door(locked=False, attempts_left=4)


def test_the_tenth_in_a_day_locks_without_an_end() -> None:
    more = tuple(TEN + timedelta(minutes=step) for step in (32, 34, 36, 38, 40))

    assert door(failures(*FIRST_FIVE, *more), RULES, more[-1]) == Door(locked=True, attempts_left=0)
    assert door(failures(*FIRST_FIVE, *more), RULES, TEN + timedelta(days=400)).until is None


def test_a_right_pin_between_does_not_hide_the_ten_of_a_day() -> None:
    hourly = tuple(TEN + timedelta(hours=step) for step in range(10))

    before = door(failures(*hourly[:9], in_a_row=1), RULES, hourly[8])
    after = door(failures(*hourly, in_a_row=1), RULES, hourly[9])

    assert before == Door(locked=False, attempts_left=1)
    assert after == Door(locked=True, attempts_left=0)


def test_ten_spread_over_more_than_a_day_lock_for_a_while_only() -> None:
    spread = tuple(TEN + timedelta(hours=3 * step) for step in range(10))

    now = door(failures(*spread), RULES, spread[-1])

    assert now.until == spread[-1] + RULES.lock


def test_exactly_a_day_apart_is_no_longer_within_a_day() -> None:
    first = (TEN,)
    nine = tuple(TEN + timedelta(hours=24, seconds=step) for step in range(9))

    assert not door(failures(*first, *nine, in_a_row=4), RULES, nine[-1]).locked


def test_operators_know_no_hard_lock() -> None:
    many = tuple(TEN + timedelta(seconds=step) for step in range(20))

    now = door(failures(*many), SIGN_IN, many[-1])

    assert now.until == many[-1] + SIGN_IN.lock
    assert door(failures(*many), SIGN_IN, many[-1] + SIGN_IN.lock).attempts_left == 5


@given(
    st.lists(st.integers(0, 48 * 3600), max_size=15).map(sorted),
    st.integers(0, 15),
    st.integers(0, 72 * 3600),
)
def test_an_open_door_always_leaves_an_attempt(
    seconds: list[int], in_a_row: int, later: int
) -> None:
    at = tuple(TEN + timedelta(seconds=second) for second in seconds)
    newest = at[-1] if at else TEN

    now = door(Failures(at, min(in_a_row, len(at))), RULES, newest + timedelta(seconds=later))

    assert now.locked == (now.attempts_left == 0)
    assert 0 <= now.attempts_left <= 5


def minute(*steps: float) -> Failures:
    return failures(*(TEN + timedelta(minutes=step) for step in steps))


def test_d24_what_two_terminals_saw_offline_locks_from_the_latest_wrong_pin() -> None:
    here, there = minute(0, 4), minute(1, 2, 3)
    until = TEN + timedelta(minutes=34)

    locked = door_everywhere([here, there], RULES, TEN + timedelta(minutes=5))

    assert locked == Door(locked=True, attempts_left=0, until=until)
    assert door_everywhere([here, there], RULES, until) == Door(locked=False, attempts_left=5)


def test_a_wrong_pin_that_a_terminal_saw_during_the_lock_of_the_sum_starts_it_anew() -> None:
    here, there = minute(0, 1, 2), minute(3, 4, 20)

    locked = door_everywhere([here, there], RULES, TEN + timedelta(minutes=40))

    assert locked.until == TEN + timedelta(minutes=50)


def test_a_wrong_pin_at_the_end_of_the_lock_of_the_sum_is_the_first_of_a_new_row() -> None:
    here, there = minute(0, 1, 2), minute(3, 4, 34)

    assert door_everywhere([here, there], RULES, TEN + timedelta(minutes=34)) == Door(
        locked=False, attempts_left=4
    )


def test_four_wrong_pins_everywhere_leave_one_attempt_and_ten_lock_for_good() -> None:
    assert door_everywhere([minute(0, 1), minute(2, 3)], RULES, TEN) == Door(
        locked=False, attempts_left=1
    )
    ten = [minute(0, 40, 80, 120, 160), minute(20, 60, 100, 140, 180)]
    assert door_everywhere(ten, RULES, TEN + timedelta(days=9)) == Door(
        locked=True, attempts_left=0
    )
    assert door_everywhere([], RULES, TEN) == Door(locked=False, attempts_left=5)


@given(st.lists(st.integers(0, 2_000), max_size=9), st.integers(0, 3_000))
def test_one_terminal_that_counts_nothing_while_locked_agrees_with_the_sum(
    minutes: list[int], later: int
) -> None:
    seen: list[datetime] = []
    for step in sorted(minutes):
        at = TEN + timedelta(minutes=step)
        if not door(failures(*seen), SIGN_IN, at).locked:
            seen.append(at)
    now = TEN + timedelta(minutes=later)
    alone = failures(*(at for at in seen if at <= now))

    assert door_everywhere([alone], SIGN_IN, now) == door(alone, SIGN_IN, now)
