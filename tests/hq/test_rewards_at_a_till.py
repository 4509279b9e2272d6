"""What HQ gave for a deed stands in the member's points statement at a till, with its reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.ledger.counter import open_member
from pos_app.ledger.inbox import take_page
from pos_app.ledger.link import Membership, join
from pos_app.ledger.rules.behaviours import Behaviour
from pos_app.ledger.standing import Rewarded
from pos_app.ledger.store.rebuild import rebuild
from pos_app.ledger.store.verify import verify
from pos_app.money import Growth, Points
from pos_app.sync import translate
from pos_hq import feed
from pos_hq.hq import Hq
from tests.fakes import FakeClock
from tests.hq.desk import Till, till
from tests.hq.test_behaviours_at_hq import does


@pytest.fixture
def counter(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    """Return a till that hears HQ."""
    with till(desk, tmp_path / "till", clock) as one:
        node = one.shop.ledger.node
        join(one.shop.ledger, Membership(node.id, node.epoch, node.store, desk.key, 1))
        yield one


def hear(one: Till) -> None:
    one.push()
    told = feed.page(one.hq, one.caller, 0, 1_000)
    assert take_page(one.shop.ledger, translate.page_of(told, one.shop.ledger.now())) is None


def test_a_reward_is_heard_with_its_reason_and_survives_a_rebuild(counter: Till) -> None:
    shop = counter.shop
    member = shop.member()
    counter.push()
    does(counter.hq, member.hex, Behaviour.REVIEW)
    hear(counter)

    seen = open_member(shop.ledger, member)
    with shop.ledger.write() as book:
        faults = [one for one in verify(book) if one.fault is not None]
        wrong = [table for table in rebuild(book) if table.wrong]

    expected = Rewarded(shop.clock.at, "review", Points(20), Points(0), Growth(5))
    assert seen.standing.rewards == (expected,)
    assert seen.growth == Growth(5)
    assert open_member(shop.ledger, member).standing.rewards == (expected,)
    assert (faults, wrong) == ([], [])
