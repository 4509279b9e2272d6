"""Taking two measurements in turns, so that a noisy machine is noisy to both."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

# Does the thing once, and returns the seconds that it took, without its preparation.
Trial = Callable[[], float]
Samples = tuple[float, ...]
Pick = Callable[[Sequence[float]], float]


@dataclass(frozen=True, slots=True)
class Paired:
    """Rounds of two trials that took turns; a ratio is only ever formed within one round."""

    ours: tuple[Samples, ...]
    reference: tuple[Samples, ...]

    def ratios(self, pick: Pick = median) -> Samples:
        """Return one ratio a round, of what `pick` makes of either side's samples."""
        rounds = zip(self.ours, self.reference, strict=True)
        return tuple(pick(ours) / pick(reference) for ours, reference in rounds)

    @property
    def all_ours(self) -> Samples:
        """Every sample of ours."""
        return _flat(self.ours)

    @property
    def all_reference(self) -> Samples:
        """Every sample of the reference."""
        return _flat(self.reference)


def interleaved(ours: Trial, reference: Trial, *, rounds: int, times: int) -> Paired:
    """Run both in turns, `times` pairs a round; who goes first changes with every pair."""
    done = [_round(ours, reference, times) for _ in range(rounds)]
    return Paired(tuple(mine for mine, _ in done), tuple(bare for _, bare in done))


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that the work took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def p99(values: Sequence[float]) -> float:
    """Return the value that 99 % do not exceed."""
    return percentile(values, 99)


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest value that `percent` of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _round(ours: Trial, reference: Trial, times: int) -> tuple[Samples, Samples]:
    mine, bare = [], []
    for turn in range(times):
        if turn % 2:
            bare.append(reference())
            mine.append(ours())
        else:
            mine.append(ours())
            bare.append(reference())
    return tuple(mine), tuple(bare)


def _flat(rounds: Iterable[Samples]) -> Samples:
    return tuple(value for samples in rounds for value in samples)
