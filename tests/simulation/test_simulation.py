"""No schedule of faults spends money twice, loses a payment, or books one twice."""

from collections.abc import Iterator

import pytest

from simulation.mutations import MUTATIONS, Mutation
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


def _play_all(chain: Game, mutation: Mutation) -> None:
    for seed in range(mutation.seeds):
        chain.play(seed, trouble=mutation.trouble)
