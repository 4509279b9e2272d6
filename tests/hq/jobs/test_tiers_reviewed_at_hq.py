"""Tiers fall one level at most, after a notice, and every terminal hears of it."""

from pos_hq import feed
from pos_hq.hq import Hq
from tests.fakes import FakeClock
from tests.hq.desk import Author
from tests.hq.jobs.hand import done, joined, messages, midnight, tier_of
from tests.hq.test_orders_at_hq import ORDER, RULES

JOB = "tier-review"


def reaches(till: Author, fen: int, day: str) -> str:
    """Let a member reach a tier by one order."""
    member, figures = joined(till, day=day), {"eligible": fen, "externals": []}
    earned = {**ORDER["earned"], "points": fen // 100, "growth": fen // 500}
    body = {**ORDER, **figures, "externals": [{"tender": "wechat", "amount": fen}]}
    moves = [
        ["tender:S001:wechat", "sales:S001", "CNY", fen],
        ["pts_issued", f"hold:PTS:{member}:2027-06-30", "PTS", fen // 100],
    ]
    sale = {**body, "earned": earned}
    till.write("SALE", sale, moves, member=member, rules=RULES.version, day=day)
    till.push()
    return member


def test_a_tier_falls_one_level_thirty_days_after_its_notice(
    desk: Hq, home: Author, clock: FakeClock
) -> None:
    midnight(clock, "2025-06-15")
    member = reaches(home, 2_000_000, "2025-06-15")
    assert tier_of(desk, member) == "GOLD"

    counts = []
    for day in ("2026-05-15", "2026-05-16", "2026-05-17", "2026-06-14", "2026-06-15", "2026-06-16"):
        midnight(clock, day)
        counts.append(done(desk, JOB))

    assert counts == [0, 1, 0, 0, 1, 0]
    assert tier_of(desk, member) == "SILVER"
    assert [kind for _, kind, _ in messages(desk, "tier_review", "tier_fell")] == [
        "tier_review",
        "tier_fell",
    ]
    told = {item.id: item.body for item in feed.page(desk, home.caller, 0, 100).items}[member]
    assert told is not None
    assert (told["tier"], told["tier_protected_until"]) == ("SILVER", "2027-06-15")


def test_a_tier_that_still_holds_is_confirmed_without_a_word(
    desk: Hq, home: Author, clock: FakeClock
) -> None:
    midnight(clock, "2025-06-15")
    member = reaches(home, 2_000_000, "2025-06-15")
    sale = {**ORDER, "eligible": 2_000_000, "earned": {**ORDER["earned"], "growth": 4_000}}
    sale["externals"] = [{"tender": "wechat", "amount": 2_000_000}]
    moves = [["tender:S001:wechat", "sales:S001", "CNY", 2_000_000]]
    home.write("SALE", sale, moves, member=member, day="2026-01-05")
    home.push()

    midnight(clock, "2026-06-15")

    assert [done(desk, JOB), done(desk, JOB)] == [1, 0]
    assert tier_of(desk, member) == "GOLD"
    assert messages(desk, "tier_review", "tier_fell") == []


def test_a_notice_that_came_late_puts_the_fall_off(
    desk: Hq, home: Author, clock: FakeClock
) -> None:
    midnight(clock, "2025-06-15")
    member = reaches(home, 2_000_000, "2025-06-15")

    counts = []
    for day in ("2026-07-01", "2026-07-30", "2026-07-31"):
        midnight(clock, day)
        counts.append(done(desk, JOB))

    assert counts == [1, 0, 1]
    assert tier_of(desk, member) == "SILVER"
