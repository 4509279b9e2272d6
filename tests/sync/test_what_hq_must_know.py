"""What only a till can notice reaches HQ: sums that differ, an HQ that has forgotten."""

import shutil

import pytest
from sqlalchemy import text

from pos_app.ledger import inbox, link
from pos_app.ledger.inbox import FeedItem, Page
from pos_app.ledger.outbox import HoldingsDiffer
from pos_hq import exceptions
from simulation.till import Till
from simulation.world import World, open_hq


def open_cases(world: World) -> list[str]:
    return [case.type for case in exceptions.open_ones(world.hq)]


def edit_holding(world: World, here: Till, fen: int) -> None:
    """Change at HQ what the till holds, as nobody should."""
    at = f"hold:{here.place.node.hex}.1:P:%"
    with world.hq.write() as book:
        changed = "UPDATE balance SET amount = amount + :fen WHERE account LIKE :at"
        assert book.execute(text(changed), {"fen": fen, "at": at}).rowcount == 1


@pytest.fixture
def differing(world: World, here: Till) -> Till:
    """Let HQ's sum be 700 fen more than the till's."""
    here.top_up(world.members[0], 20_000, world.managers[here.name])
    here.sync(frozenset(world.members))
    edit_holding(world, here, 700)
    for _ in range(3):
        with pytest.raises(HoldingsDiffer):
            here.sync(frozenset(world.members))
    return here


def test_sums_that_differ_are_put_before_a_person_once_with_both_sides(
    world: World, differing: Till
) -> None:
    (case,) = exceptions.open_ones(world.hq)

    assert (case.type, case.node) == ("HOLD_TOTAL_MISMATCH", differing.place.node.hex)
    assert (case.unit, case.amount) == ("CNY", 700)
    assert case.here["CNY"] == case.there["CNY"] + 700  # type: ignore[operator]


def test_sums_that_are_the_same_again_close_it_and_let_the_till_spend(
    world: World, differing: Till
) -> None:
    frozen = link.link_state(differing.ledger).frozen
    edit_holding(world, differing, -700)

    differing.sync(frozenset(world.members))

    assert frozen == "holdings_differ"
    assert open_cases(world) == []
    assert link.link_state(differing.ledger).frozen == ""


def test_an_hq_that_came_back_from_a_backup_in_silence_is_found_out(
    world: World, here: Till
) -> None:
    world.engine.dispose()
    backup = world.folder / "backup"
    backup.mkdir()
    for part in world.folder.glob("hq.db*"):
        shutil.copy(part, backup)
    here.top_up(world.members[0], 20_000, world.managers[here.name])
    here.sync()
    world.engine.dispose()
    for part in world.folder.glob("hq.db*"):
        part.unlink()
    for part in backup.iterdir():
        shutil.copy(part, world.folder)
    world.engine, world.hq = open_hq(world.folder, world.clock)

    here.sync()
    here.sync()

    assert open_cases(world) == ["RESTORED_UNSAID"]


def test_a_till_keeps_the_first_word_on_a_days_heads(here: Till) -> None:
    for number, told in enumerate(("11", "22"), link.link_state(here.ledger).cursor + 1):
        item = FeedItem(number, "heads", "2026-06-15", {"sha256": told})
        inbox.take_page(here.ledger, Page((item,), number, (), 0, here.ledger.now()))

    kept = here.ledger.read().execute("SELECT body FROM inbox WHERE entity = 'heads'").fetchall()
    assert kept == [('{"sha256": "11"}',)]
