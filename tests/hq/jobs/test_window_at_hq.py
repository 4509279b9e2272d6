"""An order that is too old to count towards a tier counts no more at the terminals either."""

from pathlib import Path

from pos_hq import feed
from pos_hq.hq import Hq
from tests.fakes import FakeClock
from tests.hq.desk import Author, till
from tests.hq.jobs.hand import done, midnight
from tests.hq.jobs.test_tiers_reviewed_at_hq import reaches
from tests.ledger.till_hand import amount, give_back, noon, sell

JOB = "window"


def spend_told(hq: Hq, till: Author, member: str) -> object:
    told = {item.id: item.body for item in feed.page(hq, till.caller, 0, 100).items}[member]
    assert told is not None
    return told["spend"]


def test_a_terminal_hears_when_an_order_leaves_the_window(
    desk: Hq, home: Author, clock: FakeClock
) -> None:
    midnight(clock, "2025-06-15")
    member = reaches(home, 40_000, "2025-06-15")

    counts = []
    for day in ("2026-06-14", "2026-06-15", "2026-06-16"):
        midnight(clock, day)
        counts.append(done(desk, JOB))

    assert counts == [0, 1, 0]
    assert spend_told(desk, home, member) == 0


def test_a_missed_night_is_made_up_for(desk: Hq, home: Author, clock: FakeClock) -> None:
    midnight(clock, "2025-06-15")
    member = reaches(home, 40_000, "2025-06-15")
    midnight(clock, "2026-06-20")

    assert (done(desk, JOB), spend_told(desk, home, member)) == (1, 0)


def test_an_order_that_comes_back_when_it_counts_no_more_takes_nothing(
    desk: Hq, tmp_path: Path, clock: FakeClock
) -> None:
    clock.at = noon("2026-01-05")
    with till(desk, tmp_path / "till", clock) as one:
        member = one.shop.member()
        old = sell(one.shop, amount(8_000), member)
        clock.at = noon("2027-02-01")
        sell(one.shop, amount(5_000), member)
        one.push()
        give_back(one.shop, old)
        one.push()
        page = feed.page(desk, one.caller, 0, 99).items

    (told,) = [item.body for item in page if item.entity == "member"]
    assert told is not None
    assert told["spend"] == 5_000
