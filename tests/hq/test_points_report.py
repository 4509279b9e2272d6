"""Whether points come back in step with those that go out, and what is still owed for them."""

from pathlib import Path

import pytest

from pos_hq import points_report
from pos_hq.hq import Hq
from pos_hq.integration_shapes import PointsFigure
from pos_hq.jobs import running
from tests.fakes import FakeClock
from tests.hq.command_line import answered, command
from tests.hq.desk import Author, author, opened
from tests.hq.jobs.hand import Heard
from tests.hq.test_orders_at_hq import RULES

EXPIRY = "2028-06-30"


@pytest.fixture
def till(desk: Hq) -> Author:
    return author(desk)


def buy(till: Author, member: str, day: str, points: int) -> None:
    """Write an order that earns a point for each yuan."""
    fen = points * 100
    earned = {"points": points, "expires_on": EXPIRY, "growth": fen // 500, "pending": 0}
    body = {"externals": [{"tender": "wechat", "amount": fen}], "eligible": fen, "earned": earned}
    moves = [
        ["tender:S001:wechat", "sales:S001", "CNY", fen],
        ["pts_issued", f"hold:PTS:{member}:{EXPIRY}", "PTS", points],
    ]
    till.write("SALE", body, moves, member=member, day=day, rules=RULES.version)


def redeem(till: Author, member: str, day: str, points: int) -> None:
    moves = [[f"hold:PTS:{member}:{EXPIRY}", "pts_redeemed", "PTS", points]]
    till.write("NOTE", {}, moves, member=member, day=day)


def figures(hq: Hq) -> dict[str, PointsFigure]:
    return {one.name: one for one in points_report.report(hq).figures}


def test_every_figure_comes_with_what_it_was_worked_out_from(desk: Hq, till: Author) -> None:
    member = till.member()
    buy(till, member, "2026-05-10", 1_000)
    redeem(till, member, "2026-05-20", 300)
    buy(till, member, "2026-06-10", 2_000)
    redeem(till, member, "2026-06-12", 600)
    till.push()

    told = figures(desk)

    rate = told["redemption_rate_12_months"]
    assert (rate.amount, rate.unit, rate.count) == (3_000, "bp", 4)
    assert rate.base == {"issued": 3_000, "redeemed": 900, "band_low": 2_800, "band_high": 3_200}
    moved = {name: told[name].amount for name in ("opening", "earned", "redeemed", "closing")}
    assert moved == {"opening": 700, "earned": 2_000, "redeemed": 600, "closing": 2_100}
    assert told["held_by_members"].amount == told["closing"].amount
    # 2,000 points at 30 % are worth 6 yuan beside 2,000 yuan of goods.
    assert told["standalone_value_of_points"].amount == 600
    assert told["deferred_this_month"].amount == 200_000 * 600 // 200_600
    assert told["deferred_this_month"].base["chance_bp"] == 3_000
    both = 299 + 598
    assert told["contract_liability"].base["deferred"] == both
    assert told["contract_liability"].amount == 0  # all that is expected back has come back
    assert told["revenue_recognised_this_month"].amount == both - 299


def test_what_is_expected_and_not_redeemed_is_owed(desk: Hq, till: Author) -> None:
    member = till.member()
    buy(till, member, "2025-05-10", 1_000)
    redeem(till, member, "2025-05-20", 100)
    buy(till, member, "2026-06-10", 1_000)
    redeem(till, member, "2026-06-12", 300)
    till.push()

    told = figures(desk)

    assert told["redemption_rate_12_months"].base["issued"] == 1_000
    assert told["contract_liability"].base["expected"] == 600
    assert told["contract_liability"].base["redeemed"] == 400
    deferred = told["contract_liability"].base["deferred"]
    assert told["contract_liability"].amount == deferred - deferred * 400 // 600


def test_without_a_point_there_is_no_rate(desk: Hq) -> None:
    told = figures(desk)

    assert told["redemption_rate_12_months"].amount is None
    assert told["contract_liability"].amount == 0


def test_what_hq_gives_and_lets_expire_is_counted_on_its_business_day(
    desk: Hq, till: Author, clock: FakeClock
) -> None:
    member = till.member()
    buy(till, member, "2026-06-10", 100)
    till.give_back(member, ("PTS", EXPIRY, 100))
    till.push()
    clock.go(days=800)
    running.run(desk, only="points-expiry", dry=False, tell=Heard())

    told = figures(desk)

    assert (told["opening"].amount, told["expired"].amount, told["closing"].amount) == (100, 100, 0)
    assert told["expired"].count == 1


def test_the_alarm_asks_once_on_each_side_and_closes_by_itself(
    desk: Hq, till: Author, clock: FakeClock
) -> None:
    member = till.member()
    buy(till, member, "2026-07-10", 1_000)
    redeem(till, member, "2026-07-12", 279)
    till.push()

    young = [(alarm(desk), opened(desk))]
    clock.go(days=366)
    seen = [(alarm(desk), opened(desk))]
    seen.append((alarm(desk), opened(desk)))
    redeem(till, member, "2026-07-12", 21)
    till.push()
    seen.append((alarm(desk), opened(desk)))
    redeem(till, member, "2026-07-12", 21)
    till.push()
    seen.append((alarm(desk, dry=True), opened(desk)))
    seen.append((alarm(desk), opened(desk)))

    rate = ["POINTS_RATE"]
    assert young == [(0, [])]
    assert seen == [(1, rate), (0, rate), (0, []), (1, []), (1, rate)]
    assert points_report.report(desk).alarm == "HIGH"


def alarm(hq: Hq, *, dry: bool = False) -> int:
    (told,) = running.run(hq, only="points-rate", dry=dry, tell=Heard())
    return told.done


def test_the_report_is_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HQ_DATA_DIR", str(tmp_path / "hq"))
    command("init")

    told = command("points-report", "--month", "2026-05").output
    wrong = answered(monkeypatch, "points-report", "--month", "May")

    assert told.startswith("2026-05 until 2026-05-31 alarm none\n")
    assert "redemption_rate_12_months" in told
    assert wrong == 2
