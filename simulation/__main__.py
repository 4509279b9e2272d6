"""Plays many seeds: `python -m simulation --seeds 2000`."""

from __future__ import annotations

import logging
import sys
from argparse import ArgumentParser

from simulation.mutations import MUTATIONS, Mutation
from simulation.oracle import Broken
from simulation.play import Game, game
from simulation.schedule import STEPS, Trouble


def main() -> int:
    """Play the seeds that were asked for; say which one broke a promise."""
    parser = ArgumentParser("python -m simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many seeds to play")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--steps", type=int, default=STEPS, help="steps of each seed")
    parser.add_argument("--trouble", choices=[one.value for one in Trouble], help="what goes wrong")
    parser.add_argument("--mutations", action="store_true", help="play the protocol with faults")
    parser.add_argument("--credit", action="store_true", help="tills lend while HQ is away")
    asked = parser.parse_args()
    logging.getLogger().setLevel(logging.ERROR)
    if asked.mutations:
        return _mutations()
    trouble = Trouble(asked.trouble) if asked.trouble else None
    broken = 0
    with game(lends=asked.credit) as played:
        for seed in range(asked.first, asked.first + asked.seeds):
            try:
                played.play(seed, steps=asked.steps, trouble=trouble)
            except Broken as fault:
                broken += 1
                sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{asked.seeds} seeds, {broken} broken\n")
    return 1 if broken else 0


def _mutations() -> int:
    """Play each faulty protocol until somebody notices; say who never did."""
    unnoticed = 0
    with game() as played:
        for mutation in MUTATIONS:
            noticed = _noticed(played, mutation)
            unnoticed += noticed is None
            sys.stdout.write(f"{mutation.name}: {noticed or 'NOT NOTICED'}\n")
    return 1 if unnoticed else 0


def _noticed(played: Game, mutation: Mutation) -> str | None:
    for seed in range(mutation.seeds):
        try:
            with mutation.wrong():
                played.play(seed, trouble=mutation.trouble)
        except Broken as fault:
            return str(fault)[:160]
    return None


if __name__ == "__main__":
    sys.exit(main())
