"""Orders put aside: they move nothing, survive a restart, and are taken up once."""

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.ids import new_id
from pos_app.ledger.held_orders import MOST_HELD, HeldOrderGone, TooManyHeld, held, hold, take
from pos_app.money import Money, Points
from tests.fakes import FakeClock
from tests.ledger.till_hand import CASH, STORED, amount, by, goods, head, sell
from tests.shop import Shop, open_ledger


def test_an_order_comes_back_as_it_was_put_aside(shop: Shop) -> None:
    member = shop.member()
    order = replace(
        goods(1_990, (4_300, 3), tenders=by((STORED, 1_000), CASH)),
        points=Points(300),
        coupons=(),
        member_day=False,
    )

    aside = hold(shop.ledger, order, member)
    taken = take(shop.ledger, aside.id)

    assert taken.order == order
    assert (taken.member, taken.member_masked) == (member, "王**")
    assert taken.amount == Money(14_890)


def test_putting_aside_writes_no_event(shop: Shop) -> None:
    before = head(shop)

    take(shop.ledger, hold(shop.ledger, amount(1_000), None).id)

    assert head(shop) == before


def test_it_survives_a_restart(shop: Shop, tmp_path: Path, clock: FakeClock) -> None:
    aside = hold(shop.ledger, amount(1_000), None)
    shop.ledger.close()

    shop.ledger = open_ledger(tmp_path, clock)

    assert held(shop.ledger) == (aside,)


def test_it_is_taken_up_once(shop: Shop) -> None:
    aside = hold(shop.ledger, amount(1_000), None)
    take(shop.ledger, aside.id)

    with pytest.raises(HeldOrderGone):
        take(shop.ledger, aside.id)
    with pytest.raises(HeldOrderGone):
        take(shop.ledger, new_id())

    assert held(shop.ledger) == ()


def test_there_is_room_for_six(shop: Shop, clock: FakeClock) -> None:
    for fen in range(1, MOST_HELD + 1):
        clock.go(seconds=1)
        hold(shop.ledger, amount(fen), None)

    with pytest.raises(TooManyHeld) as full:
        hold(shop.ledger, amount(7), None)

    assert full.value.most == MOST_HELD
    assert [aside.amount.minor for aside in held(shop.ledger)] == [1, 2, 3, 4, 5, 6]


def test_a_held_order_of_last_week_is_priced_anew(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    aside = hold(shop.ledger, amount(10_000), member)
    sell(shop, amount(500), member)
    clock.go(days=7)

    receipt = sell(shop, take(shop.ledger, aside.id).order, member)

    assert receipt.earned == Points(100)
