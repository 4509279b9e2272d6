"""The top-up ladder: the largest rung first, again and again."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pos_app.ledger.rules.programme_limits import BigTopUp, LadderRung


def climb(ladder: Sequence[LadderRung], topup_fen: int) -> Iterator[tuple[LadderRung, int]]:
    """Yield each rung that the top-up reaches and how many times, the largest rung first."""
    for rung in reversed(ladder):
        times, topup_fen = divmod(topup_fen, rung.topup_fen)
        if times:
            yield rung, times


def ladder_bonus(ladder: Sequence[LadderRung], topup_fen: int) -> int:
    """Return the bonus in fen."""
    return sum(rung.bonus_fen * times for rung, times in climb(ladder, topup_fen))


def with_big_rung(ladder: Sequence[LadderRung], big: BigTopUp) -> tuple[LadderRung, ...]:
    """Return the ladder in which the campaign's rung stands instead of the ordinary one."""
    rung = LadderRung(topup_fen=big.topup_fen, bonus_fen=big.bonus_fen)
    others = tuple(one for one in ladder if one.topup_fen != rung.topup_fen)
    return tuple(sorted((*others, rung), key=lambda one: one.topup_fen))


def splitting_pays(ladder: Sequence[LadderRung]) -> bool:
    """Tell whether two top-ups can earn more than one of their sum (invariant I8).

    The bonus only steps up where the greedy remainder is nothing, repeats above the largest rung,
    and any top-up is a sum of rungs; so trying every such step with every rung proves it for all.
    """
    return any(
        ladder_bonus(ladder, step) + rung.bonus_fen > ladder_bonus(ladder, step + rung.topup_fen)
        for step in _steps(ladder)
        for rung in ladder
    )


def _steps(ladder: Sequence[LadderRung]) -> set[int]:
    steps = {0}
    for rung, above in pairwise(ladder):
        steps = {
            amount for step in steps for amount in range(step, above.topup_fen, rung.topup_fen)
        }
    return steps
