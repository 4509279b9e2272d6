"""What HQ finds of a member is seen at the till that sold to them, and survives a rebuild there."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.counter import open_member
from pos_app.ledger.inbox import take_page
from pos_app.ledger.link import Membership, join
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender
from pos_app.ledger.standing import MemberTag
from pos_app.ledger.store.rebuild import rebuild
from pos_app.ledger.store.verify import verify
from pos_app.money import Money
from pos_app.sync import translate
from pos_hq import feed, tagging
from pos_hq.hq import Hq
from tests.fakes import FakeClock
from tests.hq.desk import Till, till
from tests.ledger.till_hand import amount, give_back, noon, sell


@pytest.fixture
def counter(desk: Hq, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    """Return a till of January that hears HQ."""
    clock.at = noon("2026-01-01")
    with till(desk, tmp_path / "till", clock) as one:
        node = one.shop.ledger.node
        join(one.shop.ledger, Membership(node.id, node.epoch, node.store, desk.key, 1))
        yield one


def buy(one: Till, member: MemberId, day: str, *orders: Order) -> None:
    shop = one.shop
    shop.clock.at = noon(day)
    for order in orders or (amount(10_000),):
        sell(shop, order, member)


def heard(one: Till, member: MemberId, day: str) -> list[MemberTag]:
    """Push, let HQ refresh its tags of a day, and hear of them."""
    shop = one.shop
    shop.clock.at = max(shop.clock.at, noon(day))
    one.push()
    tagging.refresh(one.hq, date.fromisoformat(day))
    told = feed.page(one.hq, one.caller, 0, 1_000)
    assert take_page(shop.ledger, translate.page_of(told, shop.ledger.now())) is None
    return list(open_member(shop.ledger, member).standing.tags)


def names(tags: list[MemberTag]) -> list[str]:
    return [f"{tag.name}:{tag.category}" for tag in tags]


def coffee(fen: int = 3_000) -> Order:
    lines = (Line("美式", Money(fen), category="咖啡"), Line("袋子", Money(100)))
    return Order(Basket(lines), tenders=amount(1, Tender.WECHAT).tenders)


def test_a_payment_above_a_thousand_yuan_is_told(counter: Till) -> None:
    exact, above = counter.shop.member(), counter.shop.member("13900000001")
    buy(counter, exact, "2026-01-02", amount(100_000))
    buy(counter, above, "2026-01-02", amount(100_001))

    found = heard(counter, above, "2026-01-02")

    assert heard(counter, exact, "2026-01-02") == []
    assert names(found) == ["high_ticket:"]
    assert found[0].orders == ((date(2026, 1, 2), Money(100_001)),)
    assert found[0].programme == counter.shop.ledger.programme.version


def test_sixty_silent_days_are_told_and_so_is_their_end(counter: Till) -> None:
    member = counter.shop.member()
    buy(counter, member, "2026-01-01")

    before = heard(counter, member, "2026-03-01")
    silent = heard(counter, member, "2026-03-02")
    buy(counter, member, "2026-03-05")
    after = heard(counter, member, "2026-03-05")

    assert (names(before), names(silent), names(after)) == ([], ["dormant:"], [])
    assert (silent[0].since, silent[0].as_of) == (date(2026, 3, 2), date(2026, 3, 2))


@pytest.mark.parametrize(
    ("first", "found"), [("2026-05-02", ["high_frequency:"]), ("2026-05-01", [])]
)
def test_the_window_of_frequent_buyers_is_thirty_days_with_today(
    counter: Till, first: str, found: list[str]
) -> None:
    member = counter.shop.member()
    for day in (first, "2026-05-20", "2026-05-31"):
        buy(counter, member, day)

    assert names(heard(counter, member, "2026-05-31")) == found


def test_goods_of_one_kind_make_a_preference_until_they_come_back(counter: Till) -> None:
    member = counter.shop.member()
    buy(counter, member, "2026-01-02", coffee(), coffee())
    last = sell(counter.shop, coffee(), member)
    fan = heard(counter, member, "2026-02-15")

    give_back(counter.shop, last, frozenset({0}))
    after = heard(counter, member, "2026-02-15")

    assert (names(fan), names(after)) == (["category_fan:咖啡"], [])


def test_a_till_keeps_what_it_heard_through_a_proof_and_a_rebuild(counter: Till) -> None:
    member = counter.shop.member()
    buy(counter, member, "2026-01-02", amount(100_001))
    heard(counter, member, "2026-01-02")
    before = open_member(counter.shop.ledger, member).standing

    with counter.shop.ledger.write() as book:
        faults = [one for one in verify(book) if one.fault is not None]
        assert not any(table.wrong for table in rebuild(book))

    assert faults == []
    assert before.stage == "activated"
    assert before.staged_on == date(2026, 1, 2)
    assert before.band == "CORE"
    assert open_member(counter.shop.ledger, member).standing == before


def test_an_hq_that_says_nothing_of_tags_leaves_the_member_without(counter: Till) -> None:
    member = counter.shop.member()
    counter.push()
    counter.shop.clock.at += timedelta(days=1)
    told = feed.page(counter.hq, counter.caller, 0, 1_000)

    take_page(counter.shop.ledger, translate.page_of(told, counter.shop.ledger.now()))

    seen = open_member(counter.shop.ledger, member)
    assert seen.as_of is not None
    assert (seen.standing.tags, seen.standing.stage, seen.standing.staged_on) == ((), "", None)
