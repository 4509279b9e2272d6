"""Active members are ranked by recency, frequency and money, and cut into bands."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ids import MemberId
from pos_app.ledger.rules.rfm import Buyer, Scored, into_bands, rfm_bands, scores
from pos_app.money import Money
from tests.ledger.rules.till import PROGRAMME, day

SHARES = {"TOP": 5, "GROWTH": 15, "CORE": 30, "BASIC": 30, "EDGE": 20}


def buyer(number: int, ago: int = 0, purchases: int = 1, fen: int = 100) -> Buyer:
    last = day("2026-06-01") - timedelta(days=ago)
    return Buyer(MemberId(UUID(int=number)), last, purchases, Money(fen))


def scored(number: int, score: int, ago: int = 0) -> Scored:
    last = day("2026-06-01") - timedelta(days=ago)
    return Scored(MemberId(UUID(int=number)), last, score, 0, 0)


def sizes(count: int) -> dict[str, int]:
    banded = into_bands([scored(number, 3) for number in range(count)], PROGRAMME)
    return dict(Counter(one.band for one in banded))


@pytest.mark.parametrize(
    ("count", "bands"),
    [
        (0, {}),
        (1, {"CORE": 1}),
        (2, {"CORE": 1, "BASIC": 1}),
        (3, {"CORE": 1, "BASIC": 1, "EDGE": 1}),
        (7, {"GROWTH": 1, "CORE": 2, "BASIC": 2, "EDGE": 2}),
        (10, {"TOP": 1, "GROWTH": 1, "CORE": 3, "BASIC": 3, "EDGE": 2}),
        (100, SHARES),
    ],
)
def test_the_bands_lose_nobody(count: int, bands: dict[str, int]) -> None:
    assert sizes(count) == bands


def test_equal_scores_are_ranked_by_the_more_recent_purchase_then_by_id() -> None:
    members = [scored(3, 9, ago=5), scored(2, 9, ago=1), scored(1, 9, ago=5), scored(4, 15, ago=90)]

    banded = into_bands(members, PROGRAMME)

    assert [one.scored.member.int for one in banded] == [4, 2, 1, 3]
    assert [one.place for one in banded] == [1, 2, 3, 4]


def test_five_different_buyers_have_five_quintiles() -> None:
    buyers = [buyer(number, ago=number, purchases=9 - number, fen=number) for number in range(5)]

    marks = [(one.recency, one.frequency, one.monetary) for one in scores(buyers)]

    assert marks == [(5, 5, 1), (4, 4, 2), (3, 3, 3), (2, 2, 4), (1, 1, 5)]
    assert [one.score for one in scores(buyers)] == [11, 10, 9, 8, 7]


def test_equal_figures_have_equal_quintiles_and_nobody_is_marked_down_alone() -> None:
    assert {(one.recency, one.frequency) for one in scores([buyer(1), buyer(2)])} == {(5, 5)}
    assert scores([buyer(1, fen=1), buyer(2, fen=2)])[0].monetary == 3


def test_who_bought_nothing_takes_no_part() -> None:
    banded = rfm_bands([buyer(1, purchases=0), buyer(2)], PROGRAMME)

    assert [one.scored.member.int for one in banded] == [2]
    assert rfm_bands([], PROGRAMME) == ()


def figures(one: Buyer) -> tuple[int, int, int]:
    return one.last_purchase.toordinal(), one.purchases, one.paid.minor


def naive_bands(buyers: list[Buyer]) -> dict[int, str]:
    """Mark by comparing everybody with everybody, and cut with fractions."""
    count = len(buyers)

    def marks(of: Buyer) -> int:
        total = 0
        for at, mine in enumerate(figures(of)):
            better = [one for one in buyers if figures(one)[at] > mine]
            total += 5 - int(Fraction(5 * len(better), count))
        return total

    order = sorted(buyers, key=lambda one: one.member.int)
    order.sort(key=lambda one: one.last_purchase, reverse=True)
    order.sort(key=marks, reverse=True)
    exact = {name: Fraction(share * count, 100) for name, share in SHARES.items()}
    given_out = {name: int(part) for name, part in exact.items()}
    hungry = sorted(exact, key=lambda name: given_out[name] - exact[name])
    for name in hungry[: count - sum(given_out.values())]:
        given_out[name] += 1
    names = [name for name in SHARES for _ in range(given_out[name])]
    return {one.member.int: name for one, name in zip(order, names, strict=True)}


buyers_ = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 4), st.integers(0, 5)), max_size=30
).map(
    lambda rows: [
        buyer(number, ago, purchases, fen) for number, (ago, purchases, fen) in enumerate(rows)
    ]
)


@given(buyers_, st.randoms(use_true_random=False))
def test_bands_agree_with_comparing_everybody_in_any_order(
    buyers: list[Buyer], chance: object
) -> None:
    shuffled = sorted(buyers, key=lambda _: chance.random())  # type: ignore[attr-defined]  # a Random

    banded = {one.scored.member.int: one.band for one in rfm_bands(shuffled, PROGRAMME)}

    assert banded == naive_bands(buyers)


def test_dates_are_compared_as_days() -> None:
    old = buyer(1, ago=(date(2026, 6, 1) - date(1999, 1, 1)).days)

    assert scores([old, buyer(2)])[0].recency == 3
