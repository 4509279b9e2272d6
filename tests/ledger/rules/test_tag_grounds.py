"""A tag names the purchases that made it."""

import pytest

from pos_app.ledger.rules.rfm import band_at, band_ends, cut_places, quintile
from pos_app.ledger.rules.tags import Purchase, grounds_of, tags_of
from pos_app.money import Money
from tests.ledger.rules.till import PROGRAMME, day

COFFEE = frozenset({"coffee"})
BOUGHT = (
    Purchase(day("2026-01-01"), Money(100_001), COFFEE),
    Purchase(day("2026-05-02"), Money(100_001)),
    Purchase(day("2026-05-20"), Money(300), COFFEE),
    Purchase(day("2026-05-31"), Money(200), COFFEE),
    Purchase(day("2026-05-31"), Money(500), COFFEE),
    Purchase(day("2026-06-01"), Money(900_000)),
)


@pytest.mark.parametrize(
    ("name", "today", "made_by"),
    [
        ("high_ticket", "2026-05-31", [1]),  # the latest of the largest, and nothing of tomorrow
        ("dormant", "2026-03-02", [0]),
        ("high_frequency", "2026-05-31", [4, 3, 2, 1]),
        ("category_fan", "2026-05-31", [4, 3, 2]),
    ],
)
def test_the_grounds_are_the_purchases_that_the_rule_counted(
    name: str, today: str, made_by: list[int]
) -> None:
    found = {tag.name: tag for tag in tags_of(BOUGHT, day(today), PROGRAMME)}

    grounds = grounds_of(found[name], BOUGHT, day(today))

    assert grounds == tuple(BOUGHT[place] for place in made_by)


@pytest.mark.parametrize(
    ("members", "places"), [(1, (0, 0, 0, 0)), (4, (0, 1, 2, 3)), (10, (1, 3, 5, 7))]
)
def test_the_cuts_stand_at_the_fifths(members: int, places: tuple[int, ...]) -> None:
    assert cut_places(members) == places


def test_a_figure_has_the_quintile_of_its_cut() -> None:
    assert [quintile(figure, (50, 40, 30, 20)) for figure in (50, 49, 30, 20, 19)] == [
        5,
        4,
        3,
        2,
        1,
    ]


def test_who_comes_behind_the_last_place_belongs_to_the_last_band() -> None:
    ends = band_ends(20, PROGRAMME)

    assert ends == (("TOP", 1), ("GROWTH", 4), ("CORE", 10), ("BASIC", 16), ("EDGE", 20))
    assert [band_at(place, ends) for place in (1, 2, 20, 21)] == ["TOP", "GROWTH", "EDGE", "EDGE"]
