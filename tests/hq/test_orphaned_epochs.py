"""A till that never speaks again, and one that does after all."""

import pytest

from pos_app.security.signing import Signer
from pos_app.sync.wire import EnrolAsk
from pos_hq import enrolment, feed, orphans
from pos_hq.facts import NotReleased
from pos_hq.hq import Hq
from tests.hq.desk import Author, author, balance, opened


@pytest.fixture
def till(desk: Hq) -> Author:
    return author(desk)


def test_members_get_back_what_a_lost_till_held(desk: Hq, till: Author) -> None:
    member = till.member()
    lot = till.top_up(member, 10_000)
    till.push()

    loss = orphans.release(desk, till.caller.node, 1, by="HQ", reason="burnt")
    again = orphans.release(desk, till.caller.node, 1, by="HQ", reason="burnt")

    assert (loss, again) == ({"CNY": 10_000}, {})
    assert balance(desk, f"avail:P:{member}:{lot}") == 10_000
    assert balance(desk, "loss:orphan") == -10_000


def test_the_loss_is_what_was_spent_unseen_and_nothing_else(desk: Hq, till: Author) -> None:
    member = till.member()
    lot = till.top_up(member, 10_000)
    till.push()
    orphans.release(desk, till.caller.node, 1, by="HQ", reason="lost")
    till.spend(member, lot, 3_000)
    till.give_back(member, ("P", lot, 7_000))

    till.push()

    assert balance(desk, "loss:orphan") == -3_000
    assert balance(desk, f"avail:P:{member}:{lot}") == 10_000
    assert opened(desk) == []


def test_a_top_up_that_nobody_had_seen_is_the_members(desk: Hq, till: Author) -> None:
    member = till.member()
    lot = till.top_up(member, 10_000)
    till.push()
    orphans.release(desk, till.caller.node, 1, by="HQ", reason="lost")
    late = till.top_up(member, 5_000)
    till.give_back(member, ("P", lot, 10_000), ("P", late, 5_000))

    till.push()

    assert balance(desk, "loss:orphan") == 0
    assert balance(desk, f"avail:P:{member}:{lot}") == 10_000
    assert balance(desk, f"avail:P:{member}:{late}") == 5_000


def test_sealing_takes_what_is_left_off_the_loss(desk: Hq, till: Author) -> None:
    member = till.member()
    lot = till.top_up(member, 10_000)
    till.push()
    orphans.release(desk, till.caller.node, 1, by="HQ", reason="lost")
    till.spend(member, lot, 3_000)
    till.top_up(member, 500, lot="d" * 32)
    till.push()

    orphans.seal(desk, till.caller.node, 1, by="HQ")
    orphans.seal(desk, till.caller.node, 1, by="HQ")

    assert balance(desk, "loss:orphan") == -3_000
    assert balance(desk, f"hold:{till.place}:P:{member}:{lot}") == 0
    assert balance(desk, f"avail:P:{member}:{'d' * 32}") == 500


def test_only_a_released_epoch_is_sealed(desk: Hq, till: Author) -> None:
    with pytest.raises(NotReleased):
        orphans.seal(desk, till.caller.node, 1, by="HQ")


def test_an_epoch_that_was_replaced_waits_for_its_release(desk: Hq, till: Author) -> None:
    member = till.member()
    till.top_up(member, 10_000)
    till.push()
    before = orphans.waiting(desk)
    code = enrolment.make_code(desk, "S001", "3 号机", till.caller.node)
    key = Signer(b"z" * 32).public_key
    enrolment.enrol(desk, EnrolAsk(code=code, node=till.caller.node.hex, public_key=key.hex()))

    (orphan,) = orphans.waiting(desk)

    assert before == ()
    assert (orphan.epoch, orphan.state, orphan.totals) == (1, "open", {"CNY": 10_000})


def test_what_a_member_has_again_is_not_told_as_held_elsewhere_too(desk: Hq, till: Author) -> None:
    """The legal cap on a top-up is counted by what the feed tells."""
    member = till.member()
    lot = till.top_up(member, 10_000)
    till.push()
    before = held(desk, till, member)

    orphans.release(desk, till.caller.node, 1, by="HQ", reason="lost")
    released = held(desk, till, member)
    late = till.top_up(member, 5_000)
    till.spend(member, lot, 4_000)
    till.push()

    assert before == {till.place: {"CNY": 10_000}}
    assert released == {}
    assert held(desk, till, member) == {till.place: {"CNY": 5_000}}
    assert balance(desk, f"hold:{till.place}:P:{member}:{late}") == 5_000


def held(hq: Hq, till: Author, member: str) -> object:
    """Return what the feed says that terminals hold of a member."""
    items = feed.page(hq, till.caller, 0, 1_000).items
    (body,) = [one.body for one in items if one.id == member and one.entity == "member"]
    return None if body is None else body["held"]
