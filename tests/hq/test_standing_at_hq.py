"""HQ finds everybody's stage and band, whoever they were before, and from before there were any."""

import importlib.util
import json
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.rules.rfm import Buyer, rfm_bands
from pos_app.money import Money
from pos_hq import persons, tagging
from pos_hq.hq import Hq
from pos_hq.store.bulk import fetch
from tests.fakes import FakeClock
from tests.hq.buying import RULES, buy, day, give_back, tags, told
from tests.hq.desk import Author, author

MIGRATION = Path(__file__).parents[2] / "migrations" / "hq" / "versions" / "0004_tags.py"


@pytest.fixture
def clerk(desk: Hq) -> Author:
    return author(desk)


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
