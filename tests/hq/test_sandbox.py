"""A draft tried out on what really happened: what it would have changed; nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from pos_app.ids import MemberId, new_id
from pos_app.ledger import members
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.rules.basket import Order
from pos_app.ledger.rules.holder import Birthday
from pos_app.money import Money, Points
from pos_hq import persons
from pos_hq.hq import Hq
from pos_hq.programme import publishing
from pos_hq.sandbox.replay import Tried, try_out
from pos_hq.sandbox.report import report
from pos_hq.store.bulk import fetch, run
from tests.fakes import FakeClock
from tests.hq.desk import Author, Till, till
from tests.ledger.till_hand import (
    CASH,
    STORED,
    amount,
    by,
    give_back,
    goods,
    noon,
    programme_with,
    sell,
)
from tests.shop import intent


@pytest.fixture
def counter(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    with till(desk, tmp_path / "till", clock) as one:
        yield one


def born_in_june(one: Till, phone: str) -> MemberId:
    shop = one.shop
    new = NewMember(
        phone=phone, name="李雷", consents=Consents("2026-01"), birthday=Birthday(6, 20)
    )
    return members.register(shop.ledger, new, operator=shop.manager, intent=intent()).id


def points(order: Order, count: int) -> Order:
    return replace(order, points=Points(count))


def busy_month(one: Till) -> MemberId:
    """Sell by every rule: first orders, coupons, points, stored value, member days, returns."""
    shop, clock = one.shop, one.shop.clock
    member, other = shop.member(), born_in_june(one, "13900000002")
    issue(shop.ledger, member, "M300-50", operator=shop.manager, intent=intent())
    issue(shop.ledger, member, "NEW5", operator=shop.manager, intent=intent())
    issue(shop.ledger, member, "G200", operator=shop.manager, intent=intent())
    shop.top_up(member, 50_000)
    shop.top_up(other, 20_000)
    sell(shop, amount(1_999, CASH))
    first = sell(shop, goods((10_000, 3), 5_005), member)
    sell(shop, points(amount(3_333, (STORED, 1_000), CASH), 100), member)
    clock.at = noon("2026-06-20")
    birthday = sell(shop, goods(9_999, 8_888, tenders=by(STORED, CASH)), other)
    sell(shop, amount(1_500_000), other)
    give_back(shop, birthday, frozenset({0}))
    give_back(shop, first)
    clock.at = noon("2026-06-28")
    day = sell(shop, goods(20_001, 9_999), other)
    sell(shop, amount(700_000), member)
    give_back(shop, sell(shop, amount(600_000), member), Money(1_234))
    give_back(shop, day, frozenset({1}))
    give_back(shop, day)
    give_back(shop, sell(shop, amount(900), member), void=True)
    shop.top_up(member, 10_000)
    one.push()
    return member


def draft_of(**figures: str) -> bytes:
    return programme_with(**{"effective_from": '"2026-09-01T00:00:00+08:00"', **figures})


def tried(desk: Hq, document: bytes, days: int = 60) -> Tried:
    return try_out(desk, document, days)


def moved(found: Tried) -> dict[str, tuple[int, int]]:
    """Return what differs, of all stores together."""
    sums: dict[str, tuple[int, int]] = {}
    for store in found.stores.values():
        for name in {*store.was, *store.would}:
            was, would = sums.get(name, (0, 0))
            sums[name] = (was + store.was[name], would + store.would[name])
    return {name: pair for name, pair in sums.items() if pair[0] != pair[1]}


SAME = {
    "word for word": lambda text: text,
    # Every order is priced anew, every tier found anew.
    "in other words": lambda text: text.replace("Asia/Shanghai", "Asia/Chongqing").replace(
        "银卡会员", "白银会员"
    ),
}


@pytest.mark.parametrize("said", SAME.values(), ids=SAME)
def test_the_very_same_programme_changes_nothing_at_all(
    desk: Hq, counter: Till, said: Callable[[str], str]
) -> None:
    busy_month(counter)

    found = tried(desk, said(draft_of().decode()).encode())

    assert found.version != publishing.published(desk)[0].version
    assert (moved(found), found.skipped) == ({}, {})
    assert found.events == 20
    assert found.stores["S001"].was["points"] > 0


def test_nothing_is_written(desk: Hq, counter: Till) -> None:
    busy_month(counter)
    tables = ("event", "balance", "act", "feed", "exception", "programme", "growth")

    def held() -> list[object]:
        with desk.read() as book:
            return [sorted(map(repr, fetch(book, f"SELECT * FROM {name}"))) for name in tables]  # noqa: S608 -- names of this test

    before = held()
    tried(desk, draft_of(redeem_max_pct_bp="1000", per_fen_denominator="250"))

    assert held() == before


def one_sale(one: Till, order: Order, day: str = "2026-06-16") -> MemberId:
    """Let a member of old buy on a day."""
    member = one.shop.member()
    sell(one.shop, amount(1_000), member)
    one.shop.clock.at = noon(day)
    sell(one.shop, order, member)
    one.push()
    return member


def test_cash_is_rounded_by_the_draft(desk: Hq, counter: Till) -> None:
    one_sale(counter, amount(2_099, CASH))

    found = moved(tried(desk, draft_of(cash_rounding_unit_fen="100")))

    assert found == {"rounding": (9, 99), "paid": (3_090, 3_000), "eligible": (3_090, 3_000)}


def test_points_that_the_draft_refuses_are_paid_in_money(desk: Hq, counter: Till) -> None:
    shop = counter.shop
    member = shop.member()
    sell(shop, amount(50_000), member)
    sell(shop, points(amount(5_000), 200), member)
    counter.push()

    found = moved(tried(desk, draft_of(redeem_max_pct_bp="300")))

    assert found["points_value"] == (200, 100)
    assert found["paid"] == (54_800, 54_900)
    assert found["points"] == (548 + 500, 549 + 500)


def test_another_member_day_takes_off_there_and_not_here(desk: Hq, counter: Till) -> None:
    member = one_sale(counter, amount(600_000))
    counter.shop.clock.at = noon("2026-06-20")
    sell(counter.shop, amount(10_000), member)
    counter.shop.clock.at = noon("2026-06-28")
    sell(counter.shop, amount(20_000), member)
    counter.push()

    found = moved(tried(desk, draft_of(day_of_month="20")))

    assert found["item_discount"] == (2_000, 1_000)
    assert found["paid"] == (1_000 + 600_000 + 10_000 + 18_000, 1_000 + 600_000 + 9_000 + 20_000)


def test_a_lower_threshold_lifts_members_and_their_next_member_day(desk: Hq, counter: Till) -> None:
    one_sale(counter, amount(450_000))
    member = counter.shop.member("13900000003")
    sell(counter.shop, amount(450_000), member)
    counter.shop.clock.at = noon("2026-06-28")
    sell(counter.shop, amount(10_000), member)
    counter.push()
    document = draft_of().replace(b"spend_fen = 500000 ", b"spend_fen = 400000 ")

    found = moved(tried(desk, document))

    assert found["tier BASE"] == (2, 0)
    assert found["tier SILVER"] == (0, 2)
    assert found["item_discount"] == (0, 1_000)


def test_what_comes_back_undoes_what_the_draft_gave(desk: Hq, counter: Till) -> None:
    shop = counter.shop
    member = shop.member()
    sale = sell(shop, goods((10_000, 2)), member)
    give_back(shop, sale, frozenset({0}))
    counter.push()
    half = moved(tried(desk, draft_of(per_fen_denominator="250")))
    give_back(shop, sale)
    counter.push()

    whole = moved(tried(desk, draft_of(per_fen_denominator="250")))

    assert (half, whole) == ({"growth": (20, 40)}, {})


def test_a_lift_that_a_return_undoes_is_undone_under_the_draft_too(desk: Hq, counter: Till) -> None:
    shop = counter.shop
    member = shop.member()
    give_back(shop, sell(shop, amount(45_000), member))
    counter.push()
    document = draft_of().replace(b"spend_fen = 500000 ", b"spend_fen = 40000 ")

    assert moved(tried(desk, document)) == {}


def test_top_ups_bring_what_the_draft_promises(desk: Hq, counter: Till) -> None:
    counter.shop.top_up(counter.shop.member(), 50_000)
    counter.push()
    document = draft_of(first_topup_extra_pct_bp="1000")

    found = moved(tried(desk, document.replace(b"bonus_fen = 6000 ", b"bonus_fen = 7000 ")))

    assert found == {"bonus": (8_500, 12_000), "owed": (58_500, 62_000)}


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


def test_older_days_are_not_replayed(desk: Hq, counter: Till) -> None:
    one_sale(counter, amount(2_099, CASH))

    assert tried(desk, draft_of(), days=1).events == 1
    assert tried(desk, draft_of(), days=90).events == 3


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
