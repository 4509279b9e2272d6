"""Points above the daily cap wait for a person, and are credited once."""

import copy

import pytest

from pos_app.ids import new_id
from pos_app.sync.wire import GrantAsk, Want
from pos_hq import grants, persons, points_review
from pos_hq.facts import MemberUnknown
from pos_hq.hq import Hq
from pos_hq.points_review import Waiting
from pos_hq.verification import verify
from tests.hq.desk import Author, balance
from tests.hq.jobs.hand import at_hq, joined, messages, points
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


def take_out(hq: Hq, till: Author, member: str, points: int) -> int:
    """Let a till have points of a member; return how many it was granted."""
    wants = (Want(unit="PTS", want=points, least=points),)
    asked = GrantAsk(grant=new_id().hex, member=member, purpose="jit", wants=wants)
    told = grants.ask(hq, till.caller, asked)
    return sum(line.amount for line in told.lines)


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


def give_back(till: Author, member: str, sale: bytes, fen: int, points: int, pending: int) -> None:
    """Write the return of an order, or of a part; `points` leave the till's holding."""
    legs = {"external": [{"tender": "wechat", "amount": fen}], "principal": 0, "bonus": 0}
    body = {
        "legs": legs, "points": 0, "coupons_back": [], "sold_on": DAY,
        "taken_back": {"spend": fen, "points": points, "pending": pending, "growth": fen // 500},
    }  # fmt: skip
    moves: list[list[object]] = [["sales:S001", "tender:S001:wechat", "CNY", fen]]
    if points:
        moves.append([f"hold:PTS:{member}:{EXPIRY}", "pts_issued", "PTS", points])
    rules = RULES.version
    till.write("REFUND", body, moves, member=member, of=sale, rules=rules)


def test_what_was_returned_waits_no_more(desk: Hq, home: Author) -> None:
    member = joined(home)
    sale = above_the_cap(home, member)
    give_back(home, member, sale, 10_000, 30, 70)
    home.push()

    assert points_review.waiting(desk) == ()
    assert points_review.release(desk, member, by="林") == 0


def test_points_let_go_are_taken_back_with_their_order(desk: Hq, home: Author) -> None:
    member = joined(home)
    sale = above_the_cap(home, member)
    home.push()
    points_review.release(desk, member, by="林")

    give_back(home, member, sale, 10_000, 30, 70)
    home.push()

    assert at_hq(desk, member) == {}
    assert balance(desk, f"debt:PTS:{member}", "PTS") == 0
    assert balance(desk, "pts_issued", "PTS") == 0
    assert points_review.release(desk, member, by="林") == 0
    assert [kind for _, kind, _ in messages(desk)] == ["points_released", "points_taken_back"]
    assert verify(desk).fault is None


def test_points_let_go_and_spent_are_owed(desk: Hq, home: Author) -> None:
    member = joined(home)
    sale = above_the_cap(home, member)
    home.push()
    points_review.release(desk, member, by="林")
    grant = take_out(desk, home, member, 60)

    give_back(home, member, sale, 10_000, 30, 70)
    home.push()

    assert grant == 60
    assert at_hq(desk, member) == {}
    assert balance(desk, f"debt:PTS:{member}", "PTS") == -60
    assert verify(desk).fault is None


def test_of_what_was_let_go_only_what_was_returned_is_taken_back(desk: Hq, home: Author) -> None:
    member = joined(home)
    sale = above_the_cap(home, member)
    home.push()
    points_review.release(desk, member, by="林")

    counts = []
    for own, pending in ((0, 25), (0, 25), (5, 20)):
        give_back(home, member, sale, 2_500, own, pending)
        home.push()
        counts.append(at_hq(desk, member).get(EXPIRY, 0))

    assert counts == [45, 20, 0]
    assert verify(desk).fault is None


def test_a_part_returned_before_the_review_is_not_let_go(desk: Hq, home: Author) -> None:
    member = joined(home)
    sale = above_the_cap(home, member)
    give_back(home, member, sale, 2_500, 0, 25)
    home.push()

    assert points_review.release(desk, member, by="林") == 45
    give_back(home, member, sale, 7_500, 30, 45)
    home.push()

    assert at_hq(desk, member) == {}
    assert points_review.waiting(desk) == ()


def test_what_still_waits_is_given_up_before_what_was_let_go(desk: Hq, home: Author) -> None:
    member = joined(home)
    above_the_cap(home, member)
    home.push()
    points_review.release(desk, member, by="林")
    later = above_the_cap(home, member)
    give_back(home, member, later, 10_000, 30, 70)
    home.push()

    assert at_hq(desk, member) == {EXPIRY: 70}
    assert points_review.waiting(desk) == ()


def test_without_the_rules_the_first_to_run_out_are_taken_back(desk: Hq, home: Author) -> None:
    member = joined(home)
    points(home, member, 50, "2027-01-31")
    sale = above_the_cap(home, member)
    home.push()
    points_review.release(desk, member, by="林")

    body = {"legs": {"external": []}, "sold_on": DAY, "taken_back": {"pending": 70}}
    home.write("REFUND", body, [], member=member, of=sale)
    home.push()

    assert at_hq(desk, member) == {EXPIRY: 50}


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
