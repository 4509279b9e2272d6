"""What members do beside buying is rewarded once, under the caps, and told to the tills."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count

import pytest

from pos_app.ids import new_id
from pos_app.ledger.rules.behaviours import Behaviour
from pos_hq import behaviours, integrations, persons, points_review
from pos_hq.facts import MemberBlocked, MemberUnknown, NotInTime, ReferenceTaken
from pos_hq.hq import Hq
from pos_hq.integration_shapes import BehaviourAsk, Rewarded
from pos_hq.integrations import Scope
from pos_hq.points_review import Waiting
from pos_hq.store.bulk import fetch
from pos_hq.verification import verify
from tests.fakes import FakeClock
from tests.hq.buying import told
from tests.hq.desk import Author, author, balance
from tests.hq.jobs.hand import at_hq
from tests.hq.test_orders_at_hq import RULES

EXPIRY = "2028-06-30"
NUMBERS = count()


@pytest.fixture
def till(desk: Hq) -> Author:
    return author(desk)


@pytest.fixture
def member(till: Author) -> str:
    made = till.member()
    till.push()
    return made


def does(hq: Hq, member: str, what: Behaviour, reference: str = "", at: int = 0) -> Rewarded:
    """Let the mini-program tell of something."""
    if not integrations.listed(hq):
        integrations.create(hq, "mini-program", [Scope.BEHAVIOURS])
    (who,) = integrations.listed(hq)
    ask = BehaviourAsk(
        member=member,
        behaviour=what,
        at=at or hq.now_ms(),
        reference=reference or f"r{next(NUMBERS)}",
    )
    return behaviours.record(hq, who, ask)


def test_a_review_is_given_points_and_growth(desk: Hq, member: str) -> None:
    given = does(desk, member, Behaviour.REVIEW)

    assert (given.points, given.pending, given.growth) == (20, 0, 5)
    assert at_hq(desk, member) == {EXPIRY: 20}
    assert told(desk, member)["growth"] == 5
    assert told(desk, member)["rewards"] == [[desk.now_ms(), "review", 20, 0, 5]]
    assert verify(desk).fault is None


def test_told_again_it_is_answered_again_and_given_nothing(desk: Hq, member: str) -> None:
    now = desk.now_ms()

    answers = [does(desk, member, Behaviour.REVIEW, "88213", now) for _ in range(2)]

    assert answers[0] == answers[1]
    assert at_hq(desk, member) == {EXPIRY: 20}


def test_one_reference_means_one_thing(desk: Hq, till: Author, member: str) -> None:
    does(desk, member, Behaviour.REVIEW, "88213")
    other = till.member("+8613900000001")
    till.push()

    for whom, what in ((other, Behaviour.REVIEW), (member, Behaviour.SHARE)):
        with pytest.raises(ReferenceTaken):
            does(desk, whom, what, "88213")

    assert at_hq(desk, other) == {}


def test_told_many_times_at_once_it_is_given_once(desk: Hq, till: Author, member: str) -> None:
    others = [till.member(f"+861390000000{n}") for n in range(3)]
    till.push()
    does(desk, member, Behaviour.SHARE)
    now = desk.now_ms()

    def tell(whom: str) -> str:
        try:
            does(desk, whom, Behaviour.REVIEW, "88213", now)
        except ReferenceTaken:
            return ""
        return whom

    with ThreadPoolExecutor(4) as pool:
        given = set(pool.map(tell, [*others, *others])) - {""}

    assert len(given) == 1
    assert sum(at_hq(desk, one).get(EXPIRY, 0) for one in others) == 20
    assert verify(desk).fault is None


def test_signing_in_climbs_the_ladder_and_falls_with_a_gap(
    desk: Hq, member: str, clock: FakeClock
) -> None:
    given = []
    for days in (1, 1, 1, 1, 1, 1, 1, 2):
        given.append(does(desk, member, Behaviour.SIGN_IN))
        clock.at += timedelta(days=days)
    given += [does(desk, member, Behaviour.SIGN_IN) for _ in range(2)]

    assert [one.points for one in given] == [1, 1, 2, 2, 3, 3, 5, 1, 1, 0]
    assert [one.streak for one in given[-3:]] == [8, 1, 1]


def test_what_is_given_once_ever_is_given_once(desk: Hq, member: str, clock: FakeClock) -> None:
    first = does(desk, member, Behaviour.COMPLETE_PROFILE)
    clock.at += timedelta(days=400)
    again = does(desk, member, Behaviour.COMPLETE_PROFILE)

    assert (first.points, again.points, again.worth) == (50, 0, 0)


def test_the_caps_of_the_day_cut_what_is_given(desk: Hq, member: str) -> None:
    given = [does(desk, member, Behaviour.REVIEW) for _ in range(14)]

    assert sum(one.points for one in given) == RULES.points.daily_behaviour_cap
    assert sum(one.growth for one in given) == RULES.growth.daily_behaviour_cap
    assert (given[-1].worth, given[-1].points, given[-1].growth) == (20, 0, 0)
    assert len(told(desk, member)["rewards"]) == 12


def test_above_the_cap_of_all_points_it_waits_for_a_review(
    desk: Hq, till: Author, member: str
) -> None:
    body = {
        "externals": [{"tender": "wechat", "amount": 1_000_000}], "eligible": 1_000_000,
        "earned": {"points": 9_990, "expires_on": EXPIRY, "growth": 2_000, "pending": 10},
    }  # fmt: skip
    moves = [
        ["tender:S001:wechat", "sales:S001", "CNY", 1_000_000],
        ["pts_issued", f"hold:PTS:{member}:{EXPIRY}", "PTS", 9_990],
    ]
    till.write("SALE", body, moves, member=member, rules=RULES.version)
    till.push()

    given = does(desk, member, Behaviour.REVIEW)

    assert (given.points, given.pending) == (10, 10)
    assert points_review.waiting(desk) == (Waiting(member, "2026-06-15", 20),)
    assert points_review.release(desk, member, by="林") == 20


def test_points_repay_a_debt_first(desk: Hq, till: Author, member: str) -> None:
    till.write("NOTE", {}, [[f"debt:PTS:{member}", "pts_redeemed", "PTS", 15]], member=member)
    till.push()

    does(desk, member, Behaviour.REVIEW)

    assert balance(desk, f"debt:PTS:{member}", "PTS") == 0
    assert at_hq(desk, member) == {EXPIRY: 5}


def test_growth_lifts_the_tier_at_once(desk: Hq, till: Author, member: str) -> None:
    body = {
        "externals": [{"tender": "wechat", "amount": 498_000}], "eligible": 498_000,
        "earned": {"points": 4_980, "expires_on": EXPIRY, "growth": 996},
    }  # fmt: skip
    moves = [
        ["tender:S001:wechat", "sales:S001", "CNY", 498_000],
        ["pts_issued", f"hold:PTS:{member}:{EXPIRY}", "PTS", 4_980],
    ]
    till.write("SALE", body, moves, member=member, rules=RULES.version)
    till.push()

    does(desk, member, Behaviour.REVIEW)

    assert told(desk, member)["tier"] == "SILVER"


def test_a_friend_brings_growth_and_no_points(desk: Hq, member: str) -> None:
    given = does(desk, member, Behaviour.REFER_FRIEND)

    assert (given.points, given.growth) == (0, 50)
    assert at_hq(desk, member) == {}


@pytest.mark.parametrize("minutes", [6, -7 * 24 * 60 - 1])
def test_it_is_told_in_time_or_not_at_all(desk: Hq, member: str, minutes: int) -> None:
    with pytest.raises(NotInTime):
        does(desk, member, Behaviour.REVIEW, at=desk.now_ms() + minutes * 60_000)


def test_the_day_is_that_of_the_deed(desk: Hq, member: str) -> None:
    given = does(desk, member, Behaviour.REVIEW, at=desk.now_ms() - 3 * 24 * 3_600_000)

    assert given.on_day == "2026-06-12"


def test_nobody_is_given_nothing(desk: Hq, till: Author, member: str) -> None:
    till.write("MEMBER_STATUS", {"status": "frozen", "reason": "lost"}, member=member)
    till.push()
    with pytest.raises(MemberBlocked):
        does(desk, member, Behaviour.REVIEW)

    persons.erase(desk, member, by="HQ", reason="asked")

    for whom in (member, new_id().hex):
        with pytest.raises(MemberUnknown):
            does(desk, whom, Behaviour.REVIEW)


def test_two_members_who_are_one_did_it_once(desk: Hq, till: Author, member: str) -> None:
    other = till.member("+8613900000001")
    till.push()
    now = desk.now_ms()
    first = does(desk, other, Behaviour.COMPLETE_PROFILE, "88213", now)

    persons.merge(desk, member, other, by="HQ")

    assert does(desk, other, Behaviour.COMPLETE_PROFILE, "88213", now) == first
    assert does(desk, other, Behaviour.COMPLETE_PROFILE).points == 0
    assert at_hq(desk, member) == {EXPIRY: 50}
    assert [one[1] for one in told(desk, member)["rewards"]] == ["complete_profile"]


def test_who_is_erased_is_told_nothing_of(desk: Hq, member: str) -> None:
    does(desk, member, Behaviour.REVIEW)

    persons.erase(desk, member, by="HQ", reason="asked")

    assert "rewards" not in told(desk, member)


def test_the_deed_says_who_told_it(desk: Hq, member: str) -> None:
    does(desk, member, Behaviour.REVIEW)

    with desk.read() as book:
        deeds = fetch(book, "SELECT reason, who FROM act WHERE kind = 'REWARD'")
    assert [tuple(deed) for deed in deeds] == [("review", "mini-program")]
