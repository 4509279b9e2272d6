"""What the sandbox leaves as it was, and how it says what it found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from pos_app.ids import MemberId, new_id
from pos_hq import persons
from pos_hq.hq import Hq
from pos_hq.sandbox.report import report
from pos_hq.store.bulk import fetch, run
from tests.fakes import FakeClock
from tests.hq.busy_month import draft_of, moved, one_sale, tried
from tests.hq.desk import Author, Till, till
from tests.ledger.till_hand import (
    CASH,
    amount,
    noon,
    sell,
)


@pytest.fixture
def counter(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    with till(desk, tmp_path / "till", clock) as one:
        yield one


def test_what_the_draft_would_refuse_is_named(desk: Hq, counter: Till) -> None:
    counter.shop.top_up(counter.shop.member(), 20_000)
    counter.push()

    found = tried(desk, draft_of(min_topup_fen="30000"))

    assert moved(found) == {}
    assert found.skipped["the draft allows no such top-up"].count == 1


def test_an_erased_member_and_an_unknown_version_are_counted_and_named(
    desk: Hq, counter: Till, home: Author
) -> None:
    member = one_sale(counter, amount(2_099, CASH))
    persons.erase(desk, member.hex, by="Lin", reason="asked")
    stranger = home.member("+8613900000007")
    body = {"lines": [], "units": [], "externals": [], "due": 100, "order": {}, "earned": {}}
    home.write("SALE", body, [["tender:S001:cash", "sales:S001", "CNY", 100]], member=stranger)
    home.write("SALE", {"lines": 1}, [], member=new_id().hex)
    home.push()

    found = tried(desk, draft_of(cash_rounding_unit_fen="100"))

    assert moved(found) == {}
    assert {reason: one.count for reason, one in found.skipped.items()} == {
        "of a member who is erased": 3,
        "by a version that HQ does not know: ": 2,
        "of a member whom HQ does not know": 1,
        "cannot be read": 1,
    }
    assert len(found.skipped["of a member who is erased"].named) == 3


def test_a_record_that_its_own_version_does_not_explain_is_left_as_it_was(
    desk: Hq, counter: Till, home: Author
) -> None:
    one_sale(counter, amount(1_999, CASH))
    with desk.read() as book:
        (payload,), *_ = fetch(book, "SELECT payload FROM event WHERE kind = 'SALE' ORDER BY seq")
    value = json.loads(bytes(payload))
    value["body"]["item_discount"] = 7
    home.write("SALE", value["body"], [], rules=value["rules"])
    home.push()

    found = tried(desk, draft_of(daily_earn_cap="1"))

    assert found.skipped["differs from its own version"].count == 1
    assert moved(found)["points"] == (59, 22)


def test_the_tier_of_a_moment_long_ago_is_found_by_what_was_paid(desk: Hq, counter: Till) -> None:
    one_sale(counter, amount(600_000))
    counter.shop.clock.at = noon("2026-06-28")
    found = counter.shop.ledger.read().execute("SELECT id FROM member").fetchone()
    member = MemberId(UUID(bytes=found[0]))
    sell(counter.shop, amount(10_000), member)
    counter.push()
    with desk.write() as book:
        run(book, "UPDATE member SET tier = 'BASE', tier_source = NULL, tier_before = NULL")

    told = tried(desk, draft_of(day_of_month="27"), days=1)

    assert moved(told)["item_discount"] == (1_000, 0)


def test_a_report_tells_each_store_and_all_together(desk: Hq, counter: Till) -> None:
    one_sale(counter, amount(2_099, CASH))
    persons.erase(desk, counter_member(desk), by="Lin", reason="asked")

    lines = list(report(tried(desk, draft_of())))

    assert lines[0].endswith(" on 2026-04-18 to 2026-06-16: 3 events")
    assert [line for line in lines if not line.startswith("  ")][1:3] == ["all stores", "S001"]
    assert "  cash rounding....................... 0.09 -> 0.09 (+0.00)" in lines
    assert "  growth.............................. 6 -> 6 (+0)" in lines
    assert "  members at BASE in the end.......... 1 -> 1 (+0)" in lines
    assert lines[-1].startswith("left as it was, of a member who is erased: 3 (")


def counter_member(desk: Hq) -> str:
    with desk.read() as book:
        return str(bytes(fetch(book, "SELECT id FROM member")[0][0]).hex())
