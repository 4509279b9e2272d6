"""Grants that HQ refuses, and whom it answers nothing."""

import pytest

from pos_app.ids import new_id
from pos_app.sync.wire import Want
from pos_hq import enrolment, orphans
from pos_hq.facts import GrantIdTaken, MemberUnknown
from pos_hq.hq import Hq
from tests.hq.asking import at_hq, fen, wanted
from tests.hq.desk import Author


def test_a_blocked_member_gets_nothing_anywhere(home: Author, away: Author) -> None:
    member, _ = at_hq(home, (1_000, 0))
    home.write("MEMBER_STATUS", {"status": "frozen"}, member=member, private={"reason": "lost"})
    home.push()

    assert wanted(away, member, fen(100)).reason == "blocked"


def test_the_stored_value_of_a_blacklisted_member_stays_their_own(
    home: Author, away: Author
) -> None:
    member, _ = at_hq(home, (1_000, 0))
    home.write("MEMBER_STATUS", {"status": "blacklisted"}, member=member, private={"reason": "x"})
    home.push()

    assert wanted(away, member, fen(100)).state == "granted"
    assert wanted(away, member, Want(unit="PTS", want=1, least=1)).reason == "blocked"


def test_a_dead_epoch_gets_nothing(desk: Hq, home: Author, away: Author) -> None:
    member, _ = at_hq(home, (1_000, 0))
    orphans.release(desk, away.caller.node, 1, by="HQ", reason="stolen")

    assert wanted(away, member, fen(100)).reason == "orphaned"


def test_a_terminal_that_was_shut_out_gets_nothing(desk: Hq, home: Author, away: Author) -> None:
    member, _ = at_hq(home, (1_000, 0))
    enrolment.revoke(desk, away.caller.node)

    assert wanted(away, member, fen(100)).reason == "revoked"


def test_a_member_hq_never_heard_of_is_no_answer(away: Author) -> None:
    with pytest.raises(MemberUnknown):
        wanted(away, new_id().hex, fen(100))


def test_nobody_hears_the_answer_to_another_ones_question(home: Author, away: Author) -> None:
    member, _ = at_hq(home, (1_000, 0))
    first = wanted(home, member, fen(100))

    with pytest.raises(GrantIdTaken):
        wanted(away, member, fen(100), grant=first.grant)
