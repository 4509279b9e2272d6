"""Points end with the month, in the programme's zone, and nobody is surprised."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.points import (
    ClawBack,
    PointsBatch,
    claw_back,
    expiry_of,
    redeem_batches,
    repay_debt,
    usable_points,
)
from pos_app.ledger.rules.points_expiry import (
    Released,
    Reminder,
    expired,
    last_moment,
    next_expiries,
    released,
    reminders,
)
from pos_app.money import Points
from tests.ledger.rules.till import PROGRAMME, SHANGHAI, batch, day

EARNED = (("2024-02-29", 300), ("2024-03-15", 500), ("2025-12-31", 800))
D15 = tuple(PointsBatch(expiry_of(day(on), PROGRAMME), Points(points)) for on, points in EARNED)


def midnight(text: str) -> datetime:
    return datetime.combine(day(text), datetime.min.time(), SHANGHAI)


def after_redeeming(batches: tuple[PointsBatch, ...], points: int) -> tuple[PointsBatch, ...]:
    taken = redeem_batches(batches, Points(points), day("2026-02-20"))
    gone = {one.expires_on: one.points for one in taken}
    return tuple(
        PointsBatch(one.expires_on, one.points - gone.get(one.expires_on, Points()))
        for one in batches
    )


def test_d15_points_are_usable_through_the_last_second_of_a_month() -> None:
    assert [last_moment(one, PROGRAMME).isoformat() for one in D15] == [
        "2026-02-28T23:59:59+08:00",
        "2026-03-31T23:59:59+08:00",
        "2027-12-31T23:59:59+08:00",
    ]


def test_d15_what_redemption_left_of_a_batch_runs_out_with_its_month() -> None:
    left = after_redeeming(D15, 600)

    assert usable_points(left, day("2026-02-20")) == Points(1_000)
    assert expired(left, midnight("2026-03-01"), PROGRAMME) == ()
    assert expired(left, midnight("2026-04-01"), PROGRAMME) == (batch("2026-03-31", 200),)
    assert usable_points(left, day("2026-04-01")) == Points(800)


def test_d15_reminders_come_30_7_and_1_days_before() -> None:
    left = after_redeeming(D15, 600)
    days = [day("2026-02-25") + timedelta(days=ahead) for ahead in range(40)]

    told = {today: reminders(left, today, PROGRAMME) for today in days}

    assert {today.isoformat(): one for today, one in told.items() if one} == {
        "2026-03-01": (Reminder(30, day("2026-03-31"), Points(200)),),
        "2026-03-24": (Reminder(7, day("2026-03-31"), Points(200)),),
        "2026-03-30": (Reminder(1, day("2026-03-31"), Points(200)),),
    }


def test_the_month_ends_in_the_programmes_zone_and_not_in_utc() -> None:
    still_march_in_utc = datetime(2026, 3, 31, 16, 0, tzinfo=UTC)

    assert expired(D15[1:], still_march_in_utc, PROGRAMME) == (batch("2026-03-31", 500),)
    assert expired(D15[1:], still_march_in_utc - timedelta(seconds=1), PROGRAMME) == ()


def test_reminders_of_one_day_are_summed_and_the_soonest_comes_first() -> None:
    batches = (batch("2026-03-08", 5), batch("2026-03-02", 3), batch("2026-03-02", 4))

    told = reminders(batches, day("2026-03-01"), PROGRAMME)

    assert [(one.days_before, one.points.minor) for one in told] == [(1, 7), (7, 5)]


def test_the_next_expiries_are_a_list_by_day() -> None:
    batches = (batch("2026-03-31", 5), batch("2026-02-28", 3), batch("2026-03-31", 4))
    gone = (batch("2026-01-31", 9), batch("2026-04-30", 0))

    assert next_expiries((*gone, *batches), day("2026-02-28")) == (
        batch("2026-02-28", 3),
        batch("2026-03-31", 9),
    )


def test_reviewed_points_repay_a_debt_and_keep_the_date_of_the_day_they_were_earned() -> None:
    today, earned_on = day("2026-06-15"), day("2026-05-30")

    assert released(Points(500), earned_on, Points(180), today, PROGRAMME) == Released(
        batch("2028-05-31", 320), Points()
    )
    assert released(Points(100), earned_on, Points(180), today, PROGRAMME) == Released(
        None, Points(80)
    )


def test_points_reviewed_after_their_own_expiry_live_on_for_the_grace() -> None:
    late = released(Points(5), day("2020-01-01"), Points(), day("2026-06-15"), PROGRAMME)

    assert late.batch == batch("2026-07-15", 5)


class Purse:
    """A member's points, moved by the rules, beside a naive sum of all that came and went."""

    def __init__(self) -> None:
        self.batches: tuple[PointsBatch, ...] = ()
        self.debt = Points()
        self.came = 0

    @property
    def balance(self) -> int:
        return sum(one.points.minor for one in self.batches) - self.debt.minor

    def earn(self, points: int, today: date) -> None:
        repaid = repay_debt(Points(points), self.debt)
        self.debt = repaid.debt
        self.batches += (PointsBatch(expiry_of(today, PROGRAMME), repaid.credited),)
        self.came += points

    def redeem(self, points: int, today: date) -> None:
        wanted = min(Points(points), usable_points(self.batches, today))
        self._take(redeem_batches(self.batches, wanted, today))
        self.came -= wanted.minor

    def claw(self, points: int, today: date) -> None:
        alive = [one for one in self.batches if one.expires_on >= today]
        back: ClawBack = claw_back(Points(points), expiry_of(today, PROGRAMME), alive)
        self._take(back.taken)
        self.debt += back.debt
        self.came -= points

    def expire(self, _: int, today: date) -> None:
        gone = expired(self.batches, midnight(today.isoformat()), PROGRAMME)
        self._take(gone)
        self.came -= sum(one.points.minor for one in gone)

    def _take(self, taken: tuple[PointsBatch, ...]) -> None:
        for one in taken:
            wanted, left = one.points, []
            for held in self.batches:
                part = min(wanted, held.points) if held.expires_on == one.expires_on else Points()
                wanted -= part
                left.append(PointsBatch(held.expires_on, held.points - part))
            assert not wanted, "more was taken than a day's batches hold"
            self.batches = tuple(left)


steps = st.tuples(
    st.sampled_from(["earn", "redeem", "claw", "expire"]),
    st.integers(0, 1_000),
    st.integers(0, 200),
)


@given(st.lists(steps, max_size=30))
def test_i5_points_are_always_the_sum_of_their_batches_less_the_debt(
    doings: list[tuple[str, int, int]],
) -> None:
    purse, today = Purse(), day("2026-01-01")

    for doing, points, days in doings:
        today += timedelta(days=days)
        getattr(purse, doing)(points, today)

        assert purse.balance == purse.came
        assert all(one.points.minor >= 0 for one in purse.batches)
        assert purse.debt.minor >= 0
