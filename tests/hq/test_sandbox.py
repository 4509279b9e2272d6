"""A draft tried out on what really happened: what it would have changed; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos_hq.hq import Hq
from pos_hq.programme import publishing
from pos_hq.store.bulk import fetch
from tests.fakes import FakeClock
from tests.hq.busy_month import busy_month, draft_of, moved, one_sale, points, tried
from tests.hq.desk import Till, till
from tests.ledger.till_hand import (
    CASH,
    amount,
    give_back,
    goods,
    noon,
    sell,
)


@pytest.fixture
def counter(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    with till(desk, tmp_path / "till", clock) as one:
        yield one


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


def test_older_days_are_not_replayed(desk: Hq, counter: Till) -> None:
    one_sale(counter, amount(2_099, CASH))

    assert tried(desk, draft_of(), days=1).events == 1
    assert tried(desk, draft_of(), days=90).events == 3


def test_a_shorter_window_lifts_nobody_and_takes_off_nothing(desk: Hq, counter: Till) -> None:
    member = one_sale(counter, amount(300_000))
    counter.shop.clock.at = noon("2026-06-20")
    sell(counter.shop, amount(300_000), member)
    counter.shop.clock.at = noon("2026-06-28")
    sell(counter.shop, amount(10_000), member)
    counter.push()

    found = moved(tried(desk, draft_of(window_days="2")))

    assert found["tier SILVER"] == (1, 0)
    assert found["item_discount"] == (1_000, 0)
