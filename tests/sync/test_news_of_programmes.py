"""Programmes in the feed: what may not rule leaves the last good one, what lies ahead is kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pos_app.ledger import inbox, link
from pos_app.ledger.inbox import FeedItem, Page
from pos_hq.programme import publishing
from simulation.till import Till, order_of
from simulation.world import World
from tests.ledger.till_hand import programme_with

AHEAD = programme_with(effective_from='"2098-01-01T00:00:00+08:00"', cash_rounding_unit_fen="100")


def hear(world: World, here: Till, document: bytes) -> None:
    """Let a till read a document that HQ signed, whatever stands in it."""
    told = {"document": document.hex(), "signature": world.hq.signer.sign(document).hex()}
    item = FeedItem(link.link_state(here.ledger).cursor + 1, "programme", "p", told)
    inbox.take_page(here.ledger, Page((item,), item.seq, (), 0, here.ledger.now()))


@pytest.mark.parametrize(
    "figures",
    [
        {"effective_from": '"2020-01-01T00:00:00+08:00"'},
        {"effective_from": '"2098-01-01T00:00:00+08:00"', "named_limit_fen": "500001"},
    ],
    ids=["older", "out of bounds"],
)
def test_a_programme_that_may_not_rule_leaves_the_last_good_one(
    world: World, here: Till, figures: dict[str, str]
) -> None:
    before, ruling = here.ledger.known_programmes(), here.ledger.programme.version

    hear(world, here, programme_with(**figures))

    assert here.ledger.known_programmes() == before
    assert here.ledger.programme.version == ruling


def test_a_published_programme_rules_from_its_moment_and_each_event_names_its_own(
    world: World, here: Till
) -> None:
    ruling = here.ledger.programme.version
    ahead = publishing.publish(world.hq, AHEAD).version
    here.sync()
    here.sync()
    before = (here.ledger.known_programmes()[-1], here.ledger.programme.version)

    world.clock.at = datetime(2097, 12, 31, 16, 0, tzinfo=UTC)
    here.sell(world.members[0], order_of(1_999, 0), world.managers[here.name])

    events = here.ledger.read().execute(
        "SELECT CAST(payload AS TEXT) ->> '$.rules' FROM journal"
        " WHERE kind IN ('PROGRAMME', 'SALE') ORDER BY seq DESC LIMIT 2"
    )
    assert before == (ahead, ruling)
    assert [version for (version,) in events.fetchall()] == [ahead, ruling]
