"""HQ finds tags, stages and bands from what its events tell, and says what made them."""

import importlib.util
import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.rules.programme import parse_programme
from pos_app.ledger.rules.rfm import Buyer, rfm_bands
from pos_app.money import Money
from pos_hq import persons, tagging
from pos_hq.hq import Hq
from pos_hq.store import feed_rows
from pos_hq.store.bulk import fetch
from pos_hq.verification import verify
from tests.fakes import FakeClock
from tests.hq.desk import Author, author, opened
from tests.shop import DEFAULT_PROGRAMME

RULES = parse_programme(DEFAULT_PROGRAMME.read_bytes())
MIGRATION = Path(__file__).parents[2] / "migrations" / "hq" / "versions" / "0005_tags.py"


@pytest.fixture
def clerk(desk: Hq) -> Author:
    return author(desk)


def day(text: str) -> date:
    return date.fromisoformat(text)


def buy(till: Author, member: str, on: str, fen: int = 10_000, *kinds: str) -> bytes:
    """Write an order of a business day; each kind of goods is one unit."""
    body = {
        "externals": [{"tender": "wechat", "amount": fen}],
        "eligible": 0,
        "earned": {"expires_on": "2028-06-30"},
        "lines": [{"title": kind, "category": kind} for kind in kinds],
        "units": [{"line": n, "listed": 1} for n, _kind in enumerate(kinds)],
    }
    moves = [["tender:S001:wechat", "sales:S001", "CNY", fen]]
    return till.write("SALE", body, moves, member=member, day=on, rules=RULES.version)


def give_back(till: Author, member: str, of: bytes, fen: int, *units: int) -> None:
    legs = {"external": [{"tender": "wechat", "amount": fen}]}
    body = {"legs": legs, "sold_on": "2026-06-15", "taken_back": {}, "units": list(units)}
    moves = [["sales:S001", "tender:S001:wechat", "CNY", fen]]
    till.write("REFUND", body, moves, member=member, of=of)


def told(hq: Hq, member: str) -> Mapping[str, Any]:
    """Return what terminals are told of a member."""
    with hq.read() as book:
        return feed_rows.bodies(book, "member")[member]


def tags(hq: Hq, member: str) -> set[tuple[str, str]]:
    return {(tag, category) for tag, category, *_ in told(hq, member).get("tags", ())}


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


def test_the_stage_follows_the_member_through_their_life(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    clerk.push()

    found = []
    for on, buys in (
        ("2026-06-15", 0), ("2026-06-15", 1), ("2026-06-16", 1), ("2026-06-17", 1),
        ("2026-07-17", 0), ("2026-08-17", 0), ("2026-08-18", 1),
    ):  # fmt: skip
        for _ in range(buys):
            buy(clerk, member, on)
            clerk.push()
        tagging.refresh(desk, day(on))
        found.append(told(desk, member)["stage"])

    assert found == [
        "acquired", "activated", "growing", "mature", "declining", "lost", "recalled",
    ]  # fmt: skip


def test_a_top_up_is_a_sign_of_life(desk: Hq, clerk: Author, clock: FakeClock) -> None:
    member, silent = clerk.member(), clerk.member("+8613900000001")
    clock.go(days=40)
    clerk.at = desk.now_ms()
    clerk.top_up(member, 10_000)
    clerk.push()

    tagging.refresh(desk, day("2026-07-26"))

    assert told(desk, member)["stage"] == "acquired"
    assert told(desk, silent)["stage"] == "declining"


@pytest.mark.parametrize("size", [1, 7, 53])
def test_bands_are_those_of_a_ranking_of_everybody_at_once(
    desk: Hq, clerk: Author, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(tagging, "AT_ONCE", 10)
    chance, today = Random(size), day("2026-06-15")  # noqa: S311 -- no secret
    buyers = {}
    for n in range(size):
        member = clerk.member(f"+8613900000{n:03}")
        orders = [
            (today - timedelta(days=chance.choice((0, 1, 30, 364))), chance.choice((100, 900)))
            for _ in range(chance.randint(1, 4))
        ]
        for on, fen in [*orders, (today - timedelta(days=365), 1_000_000)]:
            buy(clerk, member, on.isoformat(), fen)
        last, paid = max(on for on, _ in orders), Money(sum(fen for _, fen in orders))
        buyers[member] = Buyer(MemberId(UUID(member)), last, len(orders), paid)
    idle = clerk.member()
    clerk.push()

    tagging.refresh(desk, today)

    found = {
        member: (told(desk, member)["band"], told(desk, member)["scores"]) for member in buyers
    }
    assert found == {
        one.scored.member.hex: (
            one.band, [one.scored.recency, one.scored.frequency, one.scored.monetary],
        )
        for one in rfm_bands(buyers.values(), RULES)
    }  # fmt: skip
    assert told(desk, idle)["band"] == ""


def test_who_is_erased_has_no_tags_and_gets_none(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    buy(clerk, member, "2026-06-15", 100_001)
    clerk.push()
    tagging.refresh(desk, day("2026-06-15"))

    persons.erase(desk, member, by="HQ", reason="asked")
    report = tagging.refresh(desk, day("2026-06-15"))

    assert report.members == 0
    assert not {"tags", "stage"} & told(desk, member).keys()
    with desk.read() as book:
        kept = fetch(book, "SELECT member FROM member_tag UNION SELECT member FROM member_stage")
    assert kept == []


def test_two_members_who_are_one_have_one_history(desk: Hq, clerk: Author) -> None:
    kept, gone = clerk.member(), clerk.member("+8613900000001")
    for member, on in ((kept, "2026-06-01"), (gone, "2026-06-02"), (gone, "2026-06-03")):
        buy(clerk, member, on)
    clerk.push()
    tagging.refresh(desk, day("2026-06-15"))

    persons.merge(desk, kept, gone, by="HQ")
    tagging.refresh(desk, day("2026-06-15"))

    assert tags(desk, kept) == {("high_frequency", "")}
    assert not {"tags", "stage"} & told(desk, gone).keys()


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


def test_orders_from_before_there_were_tags_are_read_from_their_events(
    desk: Hq, clerk: Author
) -> None:
    member, other = clerk.member(), clerk.member("+8613900000001")
    order = buy(clerk, member, "2026-06-01", 100, "coffee", "bread")
    buy(clerk, other, "2026-06-02")
    give_back(clerk, member, order, 50, 0)
    clerk.push()
    asked = "SELECT event_id, member, on_day, goods FROM sale ORDER BY event_id"
    with desk.write() as book:
        before = [tuple(row) for row in fetch(book, asked)]
        empty = "UPDATE sale SET member = NULL, on_day = '', goods = '[]' RETURNING goods"
        fetch(book, empty)

        _migration().read_orders(book)

        assert [tuple(row) for row in fetch(book, asked)] == before
    assert json.loads(before[0][3]) == ["", "bread"]


def _migration() -> Any:  # noqa: ANN401 -- a module of Alembic's, which no import finds
    spec = importlib.util.spec_from_file_location("tags_migration", MIGRATION)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
