"""What falls due by the calendar alone."""

import pytest

from pos_app.ledger.rules.programme import parse_programme
from pos_app.ledger.rules.triggers import anniversary, last_day, member_day_ahead, newcomer_due
from tests.ledger.rules.shipped_programme import changed, refusal
from tests.ledger.rules.till import PROGRAMME, day


def test_a_coupon_of_thirty_days_counts_the_day_of_issue() -> None:
    template = PROGRAMME.template("NEW5")

    assert template is not None
    assert last_day(template, day("2026-06-15")) == day("2026-07-14")


@pytest.mark.parametrize(
    ("today", "due"),
    [("2026-06-14", False), ("2026-06-15", True), ("2026-06-21", True), ("2026-06-22", False)],
)
def test_a_newcomer_is_one_for_a_week(today: str, due: bool) -> None:  # noqa: FBT001 -- a table
    assert newcomer_due(day("2026-06-15"), day(today)) is due


@pytest.mark.parametrize(
    ("joined_on", "today", "years", "on"),
    [
        ("2024-06-20", "2026-06-20", 2, "2026-06-20"),
        ("2024-06-20", "2026-06-26", 2, "2026-06-20"),
        ("2024-02-29", "2025-02-28", 1, "2025-02-28"),
        ("2024-12-30", "2026-01-05", 1, "2025-12-30"),
    ],
)
def test_an_anniversary_is_told_for_a_week(joined_on: str, today: str, years: int, on: str) -> None:
    assert anniversary(day(joined_on), day(today)) == (years, day(on))


@pytest.mark.parametrize(
    ("joined_on", "today"),
    [
        ("2024-06-20", "2026-06-19"),
        ("2024-06-20", "2026-06-27"),
        ("2026-06-20", "2026-06-20"),
        ("2026-12-30", "2027-01-02"),
    ],
)
def test_other_days_are_no_anniversary(joined_on: str, today: str) -> None:
    assert anniversary(day(joined_on), day(today)) is None


@pytest.mark.parametrize(
    ("today", "ahead"),
    [
        ("2026-06-24", None),
        ("2026-06-25", "2026-06-28"),
        ("2026-06-27", "2026-06-28"),
        ("2026-06-28", None),
    ],
)
def test_a_member_day_is_told_from_three_days_before(today: str, ahead: str | None) -> None:
    assert member_day_ahead(day(today), PROGRAMME) == (None if ahead is None else day(ahead))


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        ("coupon.newcomer_template", "unknown_newcomer_coupon"),
        ("birthday.coupon_template", "unknown_birthday_coupon"),
        ("churn.coupon_template", "unknown_wake_up_coupon"),
    ],
)
def test_a_gift_of_a_template_that_nobody_knows_is_refused(key: str, rule: str) -> None:
    refused = refusal(changed(key, '"NEW50"'))

    assert refused.rule == rule


def test_a_programme_may_give_none_of_these_coupons() -> None:
    lines = changed("points.register_points", "100").decode().splitlines()
    without = [
        line for line in lines if not line.startswith(("coupon_template", "newcomer_template"))
    ]

    rules = parse_programme("\n".join(without).encode())

    gifts = (rules.coupon.newcomer_template, rules.birthday.coupon_template)
    assert (*gifts, rules.churn.coupon_template) == (None, None, None)
