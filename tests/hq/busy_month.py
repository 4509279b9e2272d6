"""A month at a till in which every rule has its say, for the sandbox."""

from __future__ import annotations

from dataclasses import replace

from pos_app.ids import MemberId
from pos_app.ledger import members
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.rules.basket import Order
from pos_app.ledger.rules.holder import Birthday
from pos_app.money import Money, Points
from pos_hq.hq import Hq
from pos_hq.sandbox.replay import Tried, try_out
from tests.hq.desk import Till
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


def one_sale(one: Till, order: Order, day: str = "2026-06-16") -> MemberId:
    """Let a member of old buy on a day."""
    member = one.shop.member()
    sell(one.shop, amount(1_000), member)
    one.shop.clock.at = noon(day)
    sell(one.shop, order, member)
    one.push()
    return member
