"""No schedule of faults spends money twice, loses a payment, or books one twice."""

from collections.abc import Iterator

import pytest

from pos_app.ledger.store import credit_rows
from pos_hq.fold import credit
from pos_hq.fold.credit import owed_by
from pos_hq.fold.sheet import Sheet
from simulation.mutations import MUTATIONS, Mutation, swapped
from simulation.oracle import Broken
from simulation.play import Game, game
from simulation.schedule import Trouble

GROUPS = 8
SEEDS = 200
STEPS = 40
# These are caught by one seed in dozens: `python -m simulation --mutations` plays them all.
RARE = {"late return to the member", "no freeze after a restore", "no outstanding grants"}


@pytest.fixture(scope="module")
def chain() -> Iterator[Game]:
    with game() as played:
        yield played


@pytest.mark.parametrize("group", range(GROUPS))
def test_whatever_breaks_every_promise_is_kept(chain: Game, group: int) -> None:
    for seed in range(group, SEEDS, GROUPS):
        chain.play(seed, steps=STEPS)


@pytest.mark.parametrize("trouble", list(Trouble))
def test_a_long_day_of_every_trouble_ends_well(chain: Game, trouble: Trouble) -> None:
    chain.play(4711, trouble=trouble)


@pytest.mark.parametrize(
    "mutation", [one for one in MUTATIONS if one.name not in RARE], ids=lambda one: one.name
)
def test_a_protocol_with_one_thing_wrong_is_found_out(chain: Game, mutation: Mutation) -> None:
    with mutation.wrong(), pytest.raises(Broken):
        _play_all(chain, mutation)


@pytest.fixture(scope="module")
def lending_chain() -> Iterator[Game]:
    with game(lends=True) as played:
        yield played


@pytest.mark.parametrize("group", range(2))
def test_with_credit_no_more_is_lost_than_was_said(lending_chain: Game, group: int) -> None:
    for seed in range(group, 24, 2):
        lending_chain.play(seed)


def test_a_till_that_does_not_count_its_credit_is_found_out(lending_chain: Game) -> None:
    uncounted = [
        (credit_rows, name, lambda *_asked: 0)
        for name in ("open_amount", "given_in_a_row", "owed_by")
    ]
    with swapped(*uncounted), pytest.raises(Broken):
        _play_some(lending_chain)


def test_credit_that_hq_settles_twice_is_found_out(lending_chain: Game) -> None:
    def twice(sheet: Sheet, member: str) -> int:
        return 2 * owed_by(sheet, member)

    with swapped((credit, "owed_by", twice)), pytest.raises(Broken):
        _play_some(lending_chain)


def _play_some(chain: Game) -> None:
    for seed in range(24, 48):
        chain.play(seed)


def _play_all(chain: Game, mutation: Mutation) -> None:
    for seed in range(mutation.seeds):
        chain.play(seed, trouble=mutation.trouble)
