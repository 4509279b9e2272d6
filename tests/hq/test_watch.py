"""A terminal that nobody has heard for a day is asked about until it speaks again."""

import pytest

from pos_app.sync.seals import session_digest
from pos_app.sync.wire import ChallengeAsk, Place, Session, SessionAsk
from pos_hq import exceptions, reconciliation, sessions, watching
from pos_hq.enrolment import revoke
from pos_hq.hq import Hq
from tests.fakes import FakeClock
from tests.hq.desk import Author, author, opened


@pytest.fixture
def till(desk: Hq) -> Author:
    return author(desk)


def meet(till: Author, acked_seq: int = 0, head: Place | None = None) -> Session:
    """Let a till open a session."""
    node, epoch = till.caller.node.hex, till.caller.epoch
    asked = sessions.challenge(till.hq, ChallengeAsk(node=node)).challenge
    seal = till.signer.sign(session_digest(node, epoch, asked)).hex()
    proof = SessionAsk(
        node=node, epoch=epoch, challenge=asked, signature=seal, acked_seq=acked_seq, head=head
    )
    return sessions.open_session(till.hq, proof)


def test_a_day_without_contact_is_asked_about_once(
    desk: Hq, till: Author, clock: FakeClock
) -> None:
    meet(till)
    clock.go(hours=24)
    in_time = watching.watch(desk)
    clock.go(seconds=1)

    silent, again = watching.watch(desk), watching.watch(desk)

    (case,) = exceptions.open_ones(desk)
    assert (in_time, again) == ((), silent)
    assert [one.node for one in silent] == [till.caller.node.hex]
    assert (case.type, case.epoch, case.who) == ("STALE_NODE", 1, "store manager")
    assert case.here == {"last_seen": silent[0].seen_at, "held": {}}


def test_a_terminal_that_never_came_is_asked_about_too(
    desk: Hq, till: Author, clock: FakeClock
) -> None:
    clock.go(hours=25)

    silent = watching.watch(desk)

    assert [(one.node, one.seen_at) for one in silent] == [(till.caller.node.hex, None)]


def test_it_closes_by_itself_when_the_terminal_speaks(
    desk: Hq, till: Author, clock: FakeClock
) -> None:
    clock.go(hours=25)
    watching.watch(desk)

    meet(till)

    (case,) = exceptions.of_node(desk, till.caller).items
    assert (case.state, case.resolution) == (
        "resolved",
        {"by": "HQ", "decision": "settled", "note": "", "at": desk.now_ms()},
    )
    assert watching.watch(desk) == ()


def test_whoever_ended_in_order_or_was_shut_out_is_not_missed(
    desk: Hq, till: Author, clock: FakeClock
) -> None:
    other = author(desk, "other")
    till.write("NODE_CLOSE")
    till.push()
    revoke(desk, other.caller.node)
    clock.go(days=3)

    assert watching.watch(desk) == ()


def test_the_reconciliation_asks_as_well(desk: Hq, till: Author, clock: FakeClock) -> None:
    clock.go(hours=25)

    reconciliation.reconcile(desk, clock.at.date())

    assert opened(desk) == ["STALE_NODE"]
    assert till.caller.status == "active"


def test_a_till_that_was_acknowledged_more_shows_that_hq_was_restored(
    desk: Hq, till: Author
) -> None:
    till.member()
    till.push()
    meet(till, acked_seq=1)
    before = opened(desk)

    for _ in range(2):
        meet(till, acked_seq=7)

    (case,) = exceptions.open_ones(desk)
    assert before == []
    assert (case.type, case.proposal) == ("RESTORED_UNSAID", "restored")
    assert (case.here, case.there) == ({"acked": 1}, {"acked": 7})
