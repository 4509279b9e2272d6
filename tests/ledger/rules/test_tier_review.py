"""A tier is reviewed by the programme's cycle, and nobody falls without having been told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.programme import Programme, parse_programme
from pos_app.ledger.rules.tier_review import DowngradeNotice, downgrade_notice, review, review_on
from pos_app.ledger.rules.tiers import TierState, rank_of
from pos_app.ledger.rules.windows import Figures, Qualified
from pos_app.money import Growth, Money
from tests.ledger.rules.shipped_programme import DOCUMENT
from tests.ledger.rules.till import PROGRAMME, day

REACHED = day("2026-06-01")
GOLD = TierState("GOLD", REACHED, day("2027-06-01"))
REVIEW = day("2027-06-01")
SPENT = Qualified(day("2026-08-01"), Money(400_000), Growth(800))
EARLY = Qualified(day("2026-05-01"), Money(2_000_000), Growth(4_000))


def with_cycle(cycle: str, protection_days: int) -> Programme:
    text = DOCUMENT.decode().replace('review_cycle = "yearly"', f'review_cycle = "{cycle}"')
    text = text.replace("protection_days = 365", f"protection_days = {protection_days}")
    return parse_programme(text.encode())


@pytest.mark.parametrize(
    ("state", "on"),
    [
        (GOLD, "2027-06-01"),
        (TierState("GOLD", REACHED, day("2028-05-31")), "2028-06-01"),
        (TierState("GOLD", REACHED), "2027-06-01"),
        (TierState("GOLD", day("2024-02-29"), day("2025-02-28")), "2025-02-28"),
    ],
)
def test_a_year_after_it_was_reached_a_tier_is_reviewed(state: TierState, on: str) -> None:
    assert review_on(state, PROGRAMME) == day(on)


def test_the_lowest_tier_is_never_reviewed() -> None:
    base = TierState("BASE", REACHED, day("2027-06-01"))

    assert review_on(base, PROGRAMME) is None
    assert downgrade_notice(base, (), REVIEW, PROGRAMME) is None
    assert review(base, (), REACHED, day("2030-01-01"), PROGRAMME) == base


@pytest.mark.parametrize(
    ("cycle", "protection", "first"),
    [
        ("quarterly", 0, "2026-09-01"),
        ("half_yearly", 0, "2026-12-01"),
        ("yearly", 0, "2027-06-01"),
        ("quarterly", 90, "2026-09-01"),
        ("quarterly", 100, "2026-12-01"),
        ("half_yearly", 365, "2027-06-01"),
    ],
)
def test_the_first_review_waits_for_the_protection(cycle: str, protection: int, first: str) -> None:
    state = TierState("GOLD", REACHED, REACHED + timedelta(days=protection))

    assert review_on(state, with_cycle(cycle, protection)) == day(first)


@pytest.mark.parametrize("protection", [0, 30, 90])
def test_a_quarterly_review_comes_every_quarter(protection: int) -> None:
    rules = with_cycle("quarterly", protection)
    state, days = TierState("GOLD", REACHED, REACHED + timedelta(days=protection)), []
    rich = Qualified(day("2026-06-01"), Money(2_000_000))

    for _ in range(3):
        on = review_on(state, rules)
        assert on is not None
        days.append(on.isoformat())
        state = review(state, [rich], None, on, rules)

    assert days == ["2026-09-01", "2026-12-01", "2027-03-01"]


def test_a_notice_says_what_is_lost_when_and_what_would_keep_it() -> None:
    notice = downgrade_notice(GOLD, [SPENT, EARLY], day("2027-05-02"), PROGRAMME)

    assert notice == DowngradeNotice(
        held="GOLD",
        falls_to="SILVER",
        tell_from=day("2027-05-02"),
        review_on=REVIEW,
        figures=Figures(Money(400_000), Growth(800), day("2026-06-02")),
        spend_missing=Money(1_600_000),
        growth_missing=Growth(4_200),
    )


def test_no_notice_before_its_day_and_none_when_the_tier_will_hold() -> None:
    kept = Qualified(day("2026-06-02"), Money(2_000_000))

    assert downgrade_notice(GOLD, [SPENT], day("2027-05-01"), PROGRAMME) is None
    assert downgrade_notice(GOLD, [kept], day("2027-05-02"), PROGRAMME) is None


def test_before_its_day_a_review_changes_nothing() -> None:
    assert review(GOLD, (), day("2027-01-01"), day("2027-05-31"), PROGRAMME) == GOLD


def test_a_tier_that_holds_is_confirmed_as_of_the_reviews_day_however_late() -> None:
    kept = Qualified(day("2027-01-01"), Money(), Growth(5_000))

    stands = review(GOLD, [kept], None, day("2027-06-09"), PROGRAMME)

    assert stands == TierState("GOLD", REACHED, day("2028-05-31"))
    assert review_on(stands, PROGRAMME) == day("2028-06-01")


def test_after_a_notice_in_time_a_tier_falls_one_level_and_is_protected_again() -> None:
    fallen = review(GOLD, [SPENT], day("2027-05-02"), REVIEW, PROGRAMME)

    assert fallen == TierState("SILVER", REVIEW, day("2028-05-31"))


def test_after_an_early_notice_a_late_job_lets_a_tier_fall_on_the_reviews_day() -> None:
    fallen = review(GOLD, [SPENT], day("2027-03-01"), day("2027-06-20"), PROGRAMME)

    assert fallen == TierState("SILVER", REVIEW, day("2028-05-31"))


def test_nobody_falls_who_was_not_told() -> None:
    assert review(GOLD, [SPENT], None, day("2027-09-01"), PROGRAMME) == GOLD


def test_a_fall_waits_thirty_days_from_a_late_notice() -> None:
    told = day("2027-05-20")

    waiting = review(GOLD, [SPENT], told, day("2027-06-18"), PROGRAMME)
    fallen = review(GOLD, [SPENT], told, day("2027-06-19"), PROGRAMME)

    assert waiting == GOLD
    assert fallen == TierState("SILVER", day("2027-06-19"), day("2028-06-18"))


def test_what_is_bought_while_a_late_notice_runs_saves_the_tier() -> None:
    bought = Qualified(day("2027-06-10"), Money(2_000_000))

    saved = review(GOLD, [SPENT, bought], day("2027-05-20"), day("2027-06-19"), PROGRAMME)

    assert saved.code == "GOLD"


@given(
    st.sampled_from(["SILVER", "GOLD", "DIAMOND"]),
    st.lists(
        st.builds(
            Qualified,
            on=st.dates(date(2026, 1, 1), date(2028, 1, 1)),
            spend=st.integers(0, 3_000_000).map(Money),
            growth=st.integers(0, 6_000).map(Growth),
        ),
        max_size=6,
    ),
    st.none() | st.dates(date(2027, 4, 1), date(2027, 7, 1)),
    st.dates(date(2027, 5, 1), date(2027, 9, 1)),
)
def test_a_review_lowers_by_at_most_one_level_and_only_after_a_notice(
    code: str, rows: list[Qualified], told_on: date | None, today: date
) -> None:
    state = TierState(code, REACHED, day("2027-06-01"))

    after = review(state, rows, told_on, today, PROGRAMME)

    lost = rank_of(code, PROGRAMME) - rank_of(after.code, PROGRAMME)
    assert lost <= 1
    if lost == 1:
        assert told_on is not None
        assert today - told_on >= timedelta(days=30)
