"""Points above the daily cap wait for a person, and are credited once."""

import copy

import pytest

from pos_app.ids import new_id
from pos_hq import persons, points_review
from pos_hq.facts import MemberUnknown
from pos_hq.hq import Hq
from pos_hq.points_review import Waiting
from pos_hq.verification import verify
from tests.hq.desk import Author, balance
from tests.hq.jobs.hand import at_hq, joined, messages
from tests.hq.test_orders_at_hq import EXPIRY, ORDER, RULES

DAY = "2026-06-15"


def above_the_cap(till: Author, member: str, credited: int = 30) -> bytes:
    """Write an order of which 100 points are earned and only some are credited."""
    body = copy.deepcopy(ORDER)
    body["earned"].update({"points": credited, "pending": 100 - credited})
    moves = [
        ["tender:S001:wechat", "sales:S001", "CNY", 10_000],
        ["pts_issued", f"hold:PTS:{member}:{EXPIRY}", "PTS", credited],
    ]
    return till.write("SALE", body, moves, member=member, rules=RULES.version)


def test_points_that_wait_are_credited_once(desk: Hq, home: Author) -> None:
    member = joined(home)
    above_the_cap(home, member)
    home.push()
    assert points_review.waiting(desk) == (Waiting(member, DAY, 70),)

    counts = [points_review.release(desk, member, by="林") for _ in range(2)]

    assert counts == [70, 0]
    assert at_hq(desk, member) == {EXPIRY: 70}
    assert points_review.waiting(desk) == ()
    assert [kind for _, kind, _ in messages(desk)] == ["points_released"]
    assert verify(desk).fault is None


def test_points_that_wait_repay_a_debt_first(desk: Hq, home: Author) -> None:
    member = joined(home)
    above_the_cap(home, member)
    home.write("NOTE", {}, [[f"debt:PTS:{member}", "pts_redeemed", "PTS", 50]], member=member)
    home.push()

    points_review.release(desk, member, by="林")

    assert balance(desk, f"debt:PTS:{member}", "PTS") == 0
    assert at_hq(desk, member) == {EXPIRY: 20}


def test_a_debt_may_take_all_of_them(desk: Hq, home: Author) -> None:
    member = joined(home)
    above_the_cap(home, member)
    home.write("NOTE", {}, [[f"debt:PTS:{member}", "pts_redeemed", "PTS", 90]], member=member)
    home.push()

    assert points_review.release(desk, member, by="林") == 70
    assert balance(desk, f"debt:PTS:{member}", "PTS") == -20


def test_what_was_returned_waits_no_more(desk: Hq, home: Author) -> None:
    member = joined(home)
    sale = above_the_cap(home, member)
    legs = {"external": [{"tender": "wechat", "amount": 10_000}], "principal": 0, "bonus": 0}
    body = {
        "legs": legs, "points": 0, "coupons_back": [], "sold_on": DAY,
        "taken_back": {"spend": 10_000, "points": 30, "pending": 70, "growth": 20},
    }  # fmt: skip
    moves = [
        ["sales:S001", "tender:S001:wechat", "CNY", 10_000],
        [f"hold:PTS:{member}:{EXPIRY}", "pts_issued", "PTS", 30],
    ]
    home.write("REFUND", body, moves, member=member, of=sale)
    home.push()

    assert points_review.waiting(desk) == ()
    assert points_review.release(desk, member, by="林") == 0


def test_what_waits_follows_a_merge_and_is_not_credited_anew(desk: Hq, home: Author) -> None:
    kept, gone = joined(home), joined(home)
    above_the_cap(home, gone)
    home.push()
    points_review.release(desk, gone, by="林")
    above_the_cap(home, gone)
    home.push()

    persons.merge(desk, kept, gone, by="林")

    assert points_review.waiting(desk) == (Waiting(kept, DAY, 70),)
    assert points_review.release(desk, gone, by="林") == 70
    assert at_hq(desk, kept) == {EXPIRY: 140}


def test_nobody_is_credited_nothing(desk: Hq) -> None:
    with pytest.raises(MemberUnknown):
        points_review.release(desk, new_id().hex, by="林")
