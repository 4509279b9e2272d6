"""One hash over all chains a day: every terminal hears it, and HQ cannot change its story."""

import hashlib
from datetime import date

import pytest

from pos_hq import feed, heads, reconciliation
from pos_hq.hq import Hq
from pos_hq.store.bulk import run
from pos_hq.verification import verify
from tests.hq.desk import DAY, Author, opened

TODAY = date.fromisoformat(DAY)


@pytest.fixture(autouse=True)
def traded(home: Author, away: Author) -> None:
    for till in (home, away):
        till.write("NOTE")
        till.push()


def heard(till: Author) -> list[dict[str, object] | None]:
    page = feed.page(till.hq, till.caller, 0, 1_000)
    return [item.body for item in page.items if item.entity == "heads"]


def line(till: Author) -> str:
    return f"{till.caller.node.hex} 1 {till.seq} {till.head.hex()}"


def test_the_hash_is_over_every_chains_head(desk: Hq, home: Author, away: Author) -> None:
    lines = "\n".join(sorted([line(home), line(away)]))

    told = heads.tell(desk, TODAY)

    assert told.digest == hashlib.sha256(lines.encode()).hexdigest()
    body = {"day": DAY, "sha256": told.digest, "chains": 2, "at": desk.now_ms()}
    assert heard(home) == heard(away) == [body]


def test_what_was_told_of_a_day_is_never_told_otherwise(desk: Hq, home: Author) -> None:
    first = heads.tell(desk, TODAY)
    home.write("NOTE")
    home.push()

    again, next_day = heads.tell(desk, TODAY), heads.tell(desk, date(2026, 6, 16))

    assert again == first
    assert next_day.digest != first.digest
    assert len(heard(home)) == 2
    assert verify(desk).fault is None


def test_the_reconciliation_tells_the_heads(desk: Hq, home: Author) -> None:
    report = reconciliation.reconcile(desk, TODAY)

    assert heard(home) == [
        {"day": DAY, "sha256": report.heads.digest, "chains": 2, "at": desk.now_ms()}
    ]
    assert opened(desk) == []


def test_a_story_that_was_changed_is_found(desk: Hq) -> None:
    heads.tell(desk, TODAY)
    with desk.write() as book:
        run(book, "UPDATE feed SET body = ? WHERE entity = 'heads'", '{"sha256": "00"}')

    fault = verify(desk).fault

    assert fault is not None
    assert (fault.check, fault.where) == ("daily heads", DAY)
