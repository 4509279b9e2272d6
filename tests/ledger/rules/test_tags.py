"""Tags follow from purchases, by the rules that the programme writes down."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.programme import parse_programme
from pos_app.ledger.rules.tag_expressions import TagExpression, read_rule
from pos_app.ledger.rules.tags import Purchase, Tag, tags_of
from pos_app.money import Money
from tests.ledger.rules.shipped_programme import changed, refusal
from tests.ledger.rules.till import PROGRAMME, day

TODAY = day("2026-05-31")


def bought(on: str | date, fen: int = 1_000, *categories: str) -> Purchase:
    return Purchase(day(on) if isinstance(on, str) else on, Money(fen), frozenset(categories))


def names(purchases: Sequence[Purchase], today: date | str = TODAY) -> list[str]:
    on = day(today) if isinstance(today, str) else today
    return [tag.name for tag in tags_of(purchases, on, PROGRAMME)]


@pytest.mark.parametrize(("fen", "tags"), [(100_000, []), (100_001, ["high_ticket"])])
def test_d16_a_high_ticket_is_strictly_more_than_1000_yuan(fen: int, tags: list[str]) -> None:
    assert names([bought(TODAY, fen)]) == tags


def test_d16_sixty_days_without_a_purchase_are_dormant_until_the_next() -> None:
    last = bought("2026-01-01")

    assert names([last], "2026-03-01") == []
    assert names([last], "2026-03-02") == ["dormant"]
    assert names([last, bought("2026-03-02")], "2026-03-02") == []


def test_d16_three_purchases_within_30_days_are_frequent() -> None:
    later = [bought("2026-05-20"), bought("2026-05-31")]

    assert names([bought("2026-05-02"), *later]) == ["high_frequency"]
    assert names([bought("2026-05-01"), *later]) == []


def test_three_purchases_of_a_category_within_90_days_are_a_preference() -> None:
    purchases = [
        bought("2026-03-03", 1_000, "tea", "cake"),
        bought("2026-04-15", 1_000, "tea", "cake"),
        bought("2026-05-31", 1_000, "tea", "bread"),
        bought("2026-03-02", 1_000, "cake"),
    ]

    (tag,) = tags_of(purchases, TODAY, PROGRAMME)

    assert tag == Tag("category_fan", "tea", 3, "same_category_purchases_in_90d >= 3")


def test_the_most_bought_category_comes_first_and_equals_by_name() -> None:
    purchases = [bought("2026-05-0" + str(place), 1, "b", "a") for place in range(1, 4)]
    purchases += [bought("2026-03-15", 1, "c") for _ in range(4)]

    fans = [tag.category for tag in tags_of(purchases, TODAY, PROGRAMME) if tag.category]

    assert fans == ["c", "a", "b"]


def test_a_tag_carries_its_figure_and_its_rule() -> None:
    assert tags_of([bought("2026-03-01")], TODAY, PROGRAMME) == (
        Tag("dormant", "", 91, "days_since_last_purchase >= 60"),
    )


def test_who_never_bought_has_no_tag_and_tomorrow_is_not_seen() -> None:
    assert names([]) == []
    assert names([bought("2026-06-01", 500_000)]) == []


@pytest.mark.parametrize(
    ("rule", "expression"),
    [
        ("single_paid_fen > 100000", TagExpression("single_paid_fen", 0, 100_001)),
        ("days_since_last_purchase >= 60", TagExpression("days_since_last_purchase", 0, 60)),
        ("purchases_in_30d >= 3", TagExpression("purchases", 30, 3)),
        ("same_category_purchases_in_9999d > 0", TagExpression("same_category_purchases", 9999, 1)),
        ("purchases_in_0d >= 3", None),
        ("purchases_in_10000d >= 3", None),
        ("purchases_in_30d == 3", None),
        ("purchases_in_30d >= -3", None),
        ("purchases_in_30d>=3", None),
        ("__import__('os') > 1", None),
        ("visits >= 3", None),
        ("single_paid_fen >= 1 or 1", None),
        ("", None),
    ],
)
def test_a_rule_is_read_or_it_is_no_rule(rule: str, expression: TagExpression | None) -> None:
    assert read_rule(rule) == expression


@given(st.text(max_size=60))
def test_no_text_is_executed(text: str) -> None:
    read = read_rule(text)

    assert read is None or text.partition(" ")[0].startswith(read.figure.split("_", maxsplit=1)[0])


def test_a_programme_may_move_the_threshold() -> None:
    rules = parse_programme(changed("tags.high_frequency", '{ rule = "purchases_in_7d > 1" }'))
    purchases = [bought("2026-05-25"), bought("2026-05-31")]

    assert [tag.name for tag in tags_of(purchases, TODAY, rules)] == ["high_frequency"]


@pytest.mark.parametrize("tag", ["high_ticket", "dormant", "high_frequency", "category_fan"])
def test_a_programme_with_a_figure_that_nobody_knows_is_refused(tag: str) -> None:
    refused = refusal(changed(f"tags.{tag}", '{ rule = "mood >= 3" }'))

    assert (refused.key, refused.rule) == (f"tags.{tag}.rule", "unknown_tag_figure")


def naive_tags(purchases: Sequence[Purchase], today: date) -> set[tuple[str, str]]:
    """Work the shipped rules out by counting day by day."""
    found: set[tuple[str, str]] = set()
    past = [one for one in purchases if one.on <= today]
    if any(one.paid.minor > 100_000 for one in past):
        found.add(("high_ticket", ""))
    quiet = [today - timedelta(days=ago) for ago in range(60)]
    if past and not any(one.on in quiet for one in past):
        found.add(("dormant", ""))
    month = {today - timedelta(days=ago) for ago in range(30)}
    if len([one for one in past if one.on in month]) >= 3:
        found.add(("high_frequency", ""))
    quarter = {today - timedelta(days=ago) for ago in range(90)}
    counts: dict[str, int] = defaultdict(int)
    for one in past:
        for category in one.categories:
            counts[category] += one.on in quarter
    return found | {("category_fan", name) for name, count in counts.items() if count >= 3}


purchases_of_a_year = st.lists(
    st.builds(
        Purchase,
        on=st.dates(date(2026, 1, 1), date(2026, 6, 10)),
        paid=st.sampled_from([1, 100_000, 100_001]).map(Money),
        categories=st.frozensets(st.sampled_from(["tea", "cake", "bread"])),
    ),
    max_size=12,
)


@given(purchases_of_a_year, st.dates(date(2026, 4, 1), date(2026, 6, 10)))
def test_tags_agree_with_counting_day_by_day(purchases: list[Purchase], today: date) -> None:
    tags = {(tag.name, tag.category) for tag in tags_of(purchases, today, PROGRAMME)}

    assert tags == naive_tags(purchases, today)
