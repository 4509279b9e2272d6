"""Points run out at the end of their month, and members hear of it before (D-15)."""

import pytest

from pos_app.sync.wire import Want
from pos_hq.hq import Hq
from tests.fakes import FakeClock
from tests.hq.asking import lines, wanted
from tests.hq.desk import Author, author, balance
from tests.hq.jobs.hand import at_hq, done, joined, messages, midnight, points

EXPIRY, REMINDER = "points-expiry", "points-reminder"


@pytest.fixture
def scenario(desk: Hq, clock: FakeClock) -> tuple[Author, str]:
    """Return a member with 300, 500 and 800 points on 20 February 2026."""
    midnight(clock, "2026-02-20")
    till = author(desk, "till")
    member = joined(till)
    for amount, last in ((300, "2026-02-28"), (500, "2026-03-31"), (800, "2027-12-31")):
        points(till, member, amount, last)
    till.push()
    return till, member


def redeem(till: Author, member: str, amount: int) -> None:
    grant = wanted(till, member, Want(unit="PTS", want=amount, least=amount))
    till.got(grant.grant, member, *lines(grant))
    for pocket, ref, some in lines(grant):
        moves = [[f"hold:{pocket}:{member}:{ref}", "pts_redeemed", "PTS", some]]
        till.write("NOTE", {}, moves, member=member)
    till.push()


def test_what_redemptions_left_runs_out_at_the_end_of_its_month(
    desk: Hq, clock: FakeClock, scenario: tuple[Author, str]
) -> None:
    till, member = scenario
    redeem(till, member, 600)
    assert at_hq(desk, member) == {"2026-03-31": 200, "2027-12-31": 800}

    midnight(clock, "2026-03-01")
    in_march = done(desk, EXPIRY)
    midnight(clock, "2026-04-01")
    clock.go(seconds=-1)
    at_the_last_second = done(desk, EXPIRY)
    clock.go(seconds=1)
    at_midnight = done(desk, EXPIRY)

    assert (in_march, at_the_last_second, at_midnight) == (0, 0, 1)
    assert at_hq(desk, member) == {"2027-12-31": 800}
    assert balance(desk, "pts_expired", "PTS") == 200
    assert messages(desk, "points_expired") == [(member, "points_expired", "waiting")]
    assert done(desk, EXPIRY) == 0


def test_members_hear_of_the_200_on_three_days(
    desk: Hq, clock: FakeClock, scenario: tuple[Author, str]
) -> None:
    till, member = scenario
    redeem(till, member, 600)
    days = ["2026-02-28", "2026-03-01", "2026-03-02", "2026-03-24", "2026-03-30", "2026-03-31"]

    heard = []
    for day in days:
        midnight(clock, day)
        heard.append(done(desk, REMINDER) + done(desk, REMINDER))

    assert heard == [0, 1, 0, 1, 1, 0]


def test_what_a_terminal_holds_runs_out_when_it_is_back(
    desk: Hq, clock: FakeClock, scenario: tuple[Author, str]
) -> None:
    till, member = scenario
    points(till, member, 70, "2026-03-31", back=False)
    till.push()
    midnight(clock, "2026-04-01")

    first = done(desk, EXPIRY)
    till.give_back(member, ("PTS", "2026-03-31", 70))
    till.push()
    second = done(desk, EXPIRY)

    assert (first, second) == (1, 1)
    assert balance(desk, "pts_expired", "PTS") == 300 + 500 + 70
    assert at_hq(desk, member) == {"2027-12-31": 800}


def test_who_is_reminded_is_also_reminded_of_what_a_terminal_holds(
    desk: Hq, clock: FakeClock
) -> None:
    till = author(desk, "till")
    points(till, joined(till), 70, "2026-07-15", back=False)
    till.push()
    midnight(clock, "2026-06-15")

    assert done(desk, REMINDER) == 1
