"""HQ tells how a tier follows from what all terminals sold, and tills hear of a coming fall."""

import json

import pytest

from pos_hq import tiers
from pos_hq.facts import MemberUnknown
from pos_hq.hq import Hq
from pos_hq.persons import erase, merge
from tests.fakes import FakeClock
from tests.hq.buying import told
from tests.hq.desk import Author
from tests.hq.jobs.hand import done, joined, midnight
from tests.hq.jobs.test_tiers_reviewed_at_hq import reaches
from tests.hq.test_orders_at_hq import ORDER, RULES
from tests.ledger.till_hand import noon


def order(till: Author, member: str, fen: int, day: str) -> bytes:
    earned = {**ORDER["earned"], "points": fen // 100, "growth": fen // 500}
    body = {
        **ORDER,
        "eligible": fen,
        "externals": [{"tender": "wechat", "amount": fen}],
        "earned": earned,
    }
    moves = [
        ["tender:S001:wechat", "sales:S001", "CNY", fen],
        ["pts_issued", f"hold:PTS:{member}:2027-06-30", "PTS", fen // 100],
    ]
    return till.write("SALE", body, moves, member=member, rules=RULES.version, day=day)


def test_the_orders_of_all_terminals_add_up_to_the_figures(
    desk: Hq, home: Author, away: Author, clock: FakeClock
) -> None:
    clock.at = noon("2026-06-15")
    member = reaches(home, 500_000, "2026-06-14")
    event = order(away, member, 20_000, "2026-06-15")
    away.push()

    view = tiers.tier_of(desk, member)

    assert (view.tier, view.reason, view.reached) == ("SILVER", "spend_and_growth", "SILVER")
    assert (view.first_day, view.on) == ("2025-06-16", "2026-06-15")
    assert sum(one.spend for one in view.orders) == view.spend == 520_000
    assert sum(one.growth for one in view.orders) == view.growth == 1_040
    assert (view.orders[0].node, view.orders[0].event) == (away.caller.node.hex, event.hex())
    assert (view.held, view.held_since, view.protected_until) == (
        "SILVER",
        "2026-06-14",
        "2027-06-14",
    )
    assert view.next is not None
    assert (view.next.tier, view.next.spend_missing) == ("GOLD", 1_480_000)
    assert view.falls is None


def test_the_notice_of_a_fall_is_told_to_tills_and_kept_up_to_date(
    desk: Hq, home: Author, clock: FakeClock
) -> None:
    midnight(clock, "2025-06-15")
    member = reaches(home, 2_000_000, "2025-06-15")
    midnight(clock, "2026-05-16")
    assert done(desk, "tier-review") == 1
    first = json.loads(str(told(desk, member)["tier_notice"]))
    order(home, member, 300_000, "2026-05-16")
    home.push()
    clock.at = noon("2026-05-16")

    notice = json.loads(str(told(desk, member)["tier_notice"]))
    falls = tiers.tier_of(desk, member).falls

    assert (first["to"], first["on"], first["spend_missing"]) == ("SILVER", "2026-06-15", 2_000_000)
    assert falls is not None
    assert (falls.tier, falls.on) == (notice["to"], notice["on"])
    assert falls.spend_missing == notice["spend_missing"] == 1_700_000
    assert falls.growth_missing == notice["growth_missing"] == 4_400
    midnight(clock, "2026-06-15")
    assert done(desk, "tier-review") == 1
    assert told(desk, member)["tier_notice"] is None


def test_a_merged_member_is_asked_for_by_either_name(
    desk: Hq, home: Author, clock: FakeClock
) -> None:
    midnight(clock, "2026-06-15")
    kept, gone = joined(home), reaches(home, 500_000, "2026-06-14")
    home.push()
    merge(desk, kept, gone, by="HQ")

    assert tiers.tier_of(desk, gone) == tiers.tier_of(desk, kept)
    assert tiers.tier_of(desk, gone).spend == 500_000


def test_nobody_knows_of_a_stranger_or_of_whom_hq_forgot(desk: Hq, home: Author) -> None:
    member = joined(home)
    home.push()
    erase(desk, member, by="HQ", reason="wish")

    for asked in (member, "1" * 32):
        with pytest.raises(MemberUnknown):
            tiers.tier_of(desk, asked)
