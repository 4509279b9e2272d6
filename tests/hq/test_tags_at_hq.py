"""HQ finds tags from what its events tell, and says what made them."""

import pytest

from pos_hq import tagging
from pos_hq.hq import Hq
from pos_hq.store import feed_rows
from pos_hq.store.bulk import fetch
from pos_hq.verification import verify
from tests.hq.buying import RULES, buy, day, give_back, tags, told
from tests.hq.desk import Author, author, opened


@pytest.fixture
def clerk(desk: Hq) -> Author:
    return author(desk)


def test_more_than_a_thousand_yuan_at_once_is_a_high_ticket(desk: Hq, clerk: Author) -> None:
    exact, above = clerk.member(), clerk.member("+8613900000001")
    buy(clerk, exact, "2026-06-15", 100_000)
    buy(clerk, above, "2026-06-15", 100_001)

    clerk.push()
    at_once = (tags(desk, exact), tags(desk, above))
    tagging.refresh(desk, day("2026-06-15"))

    assert at_once == (set(), {("high_ticket", "")})
    assert (tags(desk, exact), tags(desk, above)) == at_once
    ((_, _, since, as_of, rule, version, count, orders),) = told(desk, above)["tags"]
    assert (since, as_of, count, orders) == (
        "2026-06-15",
        "2026-06-15",
        1,
        [["2026-06-15", 100001]],
    )
    assert (rule, version) == ("single_paid_fen > 100000", RULES.version)


def test_sixty_days_without_a_purchase_are_a_silence_that_the_next_purchase_ends(
    desk: Hq, clerk: Author
) -> None:
    member = clerk.member()
    buy(clerk, member, "2026-01-01")
    clerk.push()

    found = []
    for on in ("2026-03-01", "2026-03-02"):
        tagging.refresh(desk, day(on))
        found.append(tags(desk, member))
    buy(clerk, member, "2026-06-15")
    clerk.push()

    assert found == [set(), {("dormant", "")}]
    assert tags(desk, member) == set()


def test_a_purchase_that_comes_late_does_not_end_a_silence(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    buy(clerk, member, "2026-01-01")
    clerk.push()
    tagging.refresh(desk, day("2026-06-15"))

    buy(clerk, member, "2026-01-05")
    clerk.push()

    assert tags(desk, member) == {("dormant", "")}


@pytest.mark.parametrize(
    ("first", "found"), [("2026-05-02", {("high_frequency", "")}), ("2026-05-01", set())]
)
def test_three_purchases_within_thirty_days_are_frequent(
    desk: Hq, clerk: Author, first: str, found: set[tuple[str, str]]
) -> None:
    member = clerk.member()
    for on in (first, "2026-05-20", "2026-05-31"):
        buy(clerk, member, on)
    clerk.push()

    tagging.refresh(desk, day("2026-05-31"))

    assert tags(desk, member) == found
    days = [[on for on, _fen in orders] for *_, orders in told(desk, member).get("tags", ())]
    assert days == [["2026-05-31", "2026-05-20", "2026-05-02"]][: len(found)]


def test_goods_that_came_back_make_no_preference(desk: Hq, clerk: Author) -> None:
    fan, back = clerk.member(), clerk.member("+8613900000001")
    for one in (fan, back):
        last = [buy(clerk, one, f"2026-06-{n}", 100, "coffee", "bread") for n in ("01", "02", "03")]
    give_back(clerk, back, last[-1], 50, 0)
    clerk.push()

    tagging.refresh(desk, day("2026-07-15"))

    assert tags(desk, fan) == {("category_fan", "bread"), ("category_fan", "coffee")}
    assert tags(desk, back) == {("category_fan", "bread")}


def test_an_order_that_was_returned_is_no_purchase(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    order = buy(clerk, member, "2026-06-15", 100_001)
    clerk.push()
    tagging.refresh(desk, day("2026-06-15"))

    give_back(clerk, member, order, 100_001)
    clerk.push()
    tagging.refresh(desk, day("2026-06-15"))

    assert tags(desk, member) == set()
    assert (told(desk, member)["stage"], told(desk, member)["band"]) == ("acquired", "")


def test_a_tag_keeps_its_beginning_while_what_makes_it_changes(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    for on in ("2026-05-02", "2026-05-20", "2026-05-31", "2026-06-02"):
        buy(clerk, member, on)
    clerk.push()

    for on in ("2026-05-31", "2026-06-02", "2026-06-03"):
        tagging.refresh(desk, day(on))

    ((_, _, since, as_of, *_, orders),) = told(desk, member)["tags"]
    assert (since, as_of) == ("2026-05-31", "2026-06-02")
    assert [on for on, _fen in orders] == ["2026-06-02", "2026-05-31", "2026-05-20"]


def test_a_second_refresh_of_a_day_tells_nobody_anything(desk: Hq, clerk: Author) -> None:
    for n in range(7):
        buy(clerk, clerk.member(f"+861390000000{n}"), "2026-06-15", 100 + n)
    clerk.push()

    first = tagging.refresh(desk, day("2026-06-15"))
    with desk.read() as book:
        head = feed_rows.head(book)
    again = tagging.refresh(desk, day("2026-06-15"))

    assert (first.members, first.told, again.told) == (7, 7, 0)
    with desk.read() as book:
        assert feed_rows.head(book) == head
    assert verify(desk).fault is None


def test_a_refresh_that_was_cut_off_is_told_by_the_next(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    buy(clerk, member, "2026-06-15")
    clerk.push()
    tagging.refresh(desk, day("2026-06-15"))
    with desk.write() as book:
        fetch(book, "UPDATE member_stage SET due = 1 RETURNING due")

    again = tagging.refresh(desk, day("2026-06-15"))

    assert again.told == 1
    assert tagging.refresh(desk, day("2026-06-15")).told == 0


def test_goods_that_cannot_be_read_do_not_hold_up_an_order(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    body = {
        "externals": [{"tender": "wechat", "amount": 100_001}], "eligible": 0,
        "earned": {"expires_on": "2028-06-30"}, "lines": [7], "units": [{"line": 9}],
    }  # fmt: skip
    clerk.write("SALE", body, member=member, rules=RULES.version)
    clerk.push()

    tagging.refresh(desk, day("2026-06-15"))

    assert tags(desk, member) == {("high_ticket", "")}
    assert opened(desk) == []
