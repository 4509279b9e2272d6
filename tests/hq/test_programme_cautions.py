"""What a lawful programme is warned about before it is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.ledger.rules.programme import parse_programme
from pos_hq.hq import Hq
from pos_hq.programme.cautions import Reached, cautions
from pos_hq.programme.publishing import doubts, publish, published
from tests.fakes import FakeClock
from tests.hq.desk import till
from tests.ledger.till_hand import amount, programme_with, sell

LATER = '"2026-07-01T00:00:00+08:00"'
NOBODY = Reached(0, 0, 0)


def warned(clock: FakeClock, old: str = "", new: str = "", **figures: str) -> list[str]:
    document = programme_with(**{"effective_from": LATER, **figures}).decode()
    assert old in document
    rules = parse_programme(document.replace(old, new, 1).encode())
    return [told.split(":")[0] for told in cautions(rules, NOBODY, clock.at)]


def test_the_shipped_programme_raises_no_doubt(clock: FakeClock) -> None:
    assert warned(clock) == []


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("effective_from", "2026-07-01", "2026-05-01"),
        ("stored_value.ladder.100000", "named_limit_fen   = 500000", "named_limit_fen = 100000"),
        (
            "second_factor.manager_approval_from_fen",
            "manager_approval_from_fen = 200000",
            "manager_approval_from_fen = 600000",
        ),
        ("points.redeem_min", "redeem_min               = 100", "redeem_min = 150"),
        ("coupon.template.M300-50", "face_fen = 5000 ", "face_fen = 30000 "),
    ],
)
def test_each_doubt_names_its_key(clock: FakeClock, key: str, old: str, new: str) -> None:
    assert key in warned(clock, old, new)


def test_a_mix_of_ladder_and_campaigns_under_which_splitting_pays_is_named(
    clock: FakeClock,
) -> None:
    document = programme_with(effective_from=LATER).decode()
    document = document.replace(
        "flash_double = { enabled = false, multiplier_bp = 20000",
        "flash_double = { enabled = true, multiplier_bp = 15000",
    )
    document = document.replace(
        "big_1000_300 = { enabled = false", "big_1000_300 = { enabled = true"
    )

    told = list(cautions(parse_programme(document.encode()), NOBODY, clock.at))

    (only,) = told
    assert only == (
        "stored_value.campaigns: for any member, 100.00 and 1,000.00 bring 315.00 on top,"
        " but 1,100.00 at once bring 310.00: splitting the top-up pays."
    )


def test_thresholds_that_nobody_reaches_are_named(
    desk: Hq, tmp_path: Path, clock: FakeClock
) -> None:
    before = doubts(desk, programme_with(effective_from=LATER))
    with till(desk, tmp_path / "till", clock) as one:
        sell(one.shop, amount(45_000), one.shop.member())
        one.push()

    told = doubts(desk, programme_with(effective_from=LATER))

    assert before == ()
    assert [line.split(":")[0] for line in told] == [
        "tier.SILVER",
        "tier.GOLD",
        "tier.DIAMOND",
        "coupon.template.M500-100",
    ]
    assert told[0].endswith("the most was 450.00 and 90.")
    assert told[3].endswith("the largest was 450.00.")


def test_versions_are_told_in_the_order_in_which_they_rule(desk: Hq, clock: FakeClock) -> None:
    publish(desk, programme_with(effective_from='"2026-09-01T00:00:00+08:00"'))
    publish(desk, programme_with(effective_from=LATER))

    clock.go(days=60)

    assert [one.state for one in published(desk)] == ["past", "in_force", "ahead"]
