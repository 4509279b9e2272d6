"""A rolling window counts whole days, today among them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.windows import Figures, Qualified, figures_on, in_window, months_later
from pos_app.money import Growth, Money
from tests.ledger.rules.till import PROGRAMME, day

TODAY = day("2026-06-30")
rows = st.lists(
    st.builds(
        Qualified,
        on=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
        spend=st.integers(-9_000, 9_000).map(Money),
        growth=st.integers(-90, 90).map(Growth),
    ),
    max_size=20,
)


@pytest.mark.parametrize(
    ("on", "counts"),
    [("2026-05-01", False), ("2026-05-02", True), ("2026-05-31", True), ("2026-06-01", False)],
)
def test_a_window_of_30_days_counts_today(on: str, *, counts: bool) -> None:
    assert in_window(day(on), day("2026-05-31"), 30) is counts


def test_figures_are_those_of_365_days() -> None:
    last_year = Qualified(day("2025-06-30"), Money(9), Growth(9))
    first = Qualified(day("2025-07-01"), Money(100), Growth(1))
    today = Qualified(TODAY, Money(20), Growth(2))
    given_back = Qualified(TODAY, Money(-5), Growth(-1))

    figures = figures_on([last_year, first, today, given_back], TODAY, PROGRAMME)

    assert figures == Figures(Money(115), Growth(2), day("2025-07-01"))


@given(rows, st.randoms(use_true_random=False))
def test_figures_do_not_depend_on_the_order_in_which_they_came(
    known: list[Qualified], chance: object
) -> None:
    shuffled = sorted(known, key=lambda _: chance.random())  # type: ignore[attr-defined]  # a Random
    naive = [row for row in known if TODAY - timedelta(days=364) <= row.on <= TODAY]

    figures = figures_on(shuffled, TODAY, PROGRAMME)

    assert figures.spend.minor == sum(row.spend.minor for row in naive)
    assert figures.growth.minor == sum(row.growth.minor for row in naive)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-11-15", 3, "2027-02-15"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(start: str, months: int, end: str) -> None:
    assert months_later(day(start), months) == day(end)
