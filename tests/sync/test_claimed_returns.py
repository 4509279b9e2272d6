"""Two tills never give one thing back between them, whatever breaks."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from pos_app.ids import IntentId, new_id
from pos_app.ledger import refunds
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.offline import OnlineOnly
from pos_app.ledger.refunds import ClaimOver, NoVoid, Refund, SaleUnknown
from pos_app.ledger.rules.access import Act
from pos_app.money import Money
from pos_app.sync.errands import Errands
from pos_app.sync.facts import HqRefused
from pos_hq import exceptions
from simulation.till import Till
from simulation.world import World
from tests.sync.errand_hand import cases, deaf, errands, found, own_wish, sold, wish


def test_while_one_till_returns_a_sale_no_other_can(world: World, here: Till, there: Till) -> None:
    sale = sold(world, here)
    there.sync()
    asked = wish(world, there, found(there, sale))
    deaf(there, world, "/v1/orders/claims")
    with pytest.raises(OnlineOnly):
        errands(there).refund(asked)

    with pytest.raises(HqRefused) as refused:
        errands(here).refund(own_wish(world, here, sale))
    assert refused.value.code == "sale_claimed"


def test_a_claim_outlives_its_time_until_its_till_has_told_all(
    world: World, here: Till, there: Till
) -> None:
    sale = sold(world, here)
    there.sync()
    asked = wish(world, there, found(there, sale))
    deaf(there, world, "/v1/orders/claims")
    with pytest.raises(OnlineOnly):
        errands(there).refund(asked)
    world.clock.at += timedelta(minutes=10)

    with pytest.raises(HqRefused):
        errands(here).refund(own_wish(world, here, sale))
    there.hq = there._client(there.place)  # noqa: SLF001 -- the way to HQ is well again
    there.sync()
    receipt = errands(here).refund(own_wish(world, here, sale))

    assert receipt.money == Money(4_000)
    assert cases(world) == []


def test_a_claim_is_not_used_after_its_time(world: World, here: Till, there: Till) -> None:
    sale = sold(world, here)
    there.sync()
    told = found(there, sale)
    asked = wish(world, there, told)
    run = there.at

    def late(task: Callable[[Ledger], object], /) -> object:
        world.clock.at += timedelta(minutes=2)
        return run(task)

    slow = Errands(late, there.hq)  # type: ignore[arg-type]

    with pytest.raises(ClaimOver):
        slow.refund(asked)


def test_the_origin_refunding_offline_meanwhile_is_an_exception_with_both_events(
    world: World, here: Till, there: Till
) -> None:
    sale = sold(world, here)
    there.sync()
    here.ledger.online = False
    ours = refunds.refund(here.ledger, own_wish(world, here, sale, frozenset({0})))
    theirs = errands(there).refund(wish(world, there, found(there, sale), frozenset({0})))

    here.sync()

    (case,) = [one for one in exceptions.open_ones(world.hq) if one.type == "REFUND_EXCESS"]
    assert case.amount == 2_000
    assert case.here == {"event": theirs.stamp.event_id.hex}
    assert case.there == {"event": ours.stamp.event_id.hex}


def test_a_sale_of_another_till_waits_for_hq(world: World, here: Till, there: Till) -> None:
    sale = sold(world, here)
    there.sync()
    asked = wish(world, there, found(there, sale))
    there.ledger.online = False

    with pytest.raises(OnlineOnly) as looked:
        errands(there).of_slip(sale.slip)
    with pytest.raises(OnlineOnly) as wanted:
        errands(there).refund(asked)
    with pytest.raises(SaleUnknown):
        refunds.plan(there.ledger, sale.event_id, None)

    assert {looked.value.act, wanted.value.act} == {Act.REFUND_ELSEWHERE}


def test_a_lost_line_while_looking_is_said_as_what_it_means(
    world: World, here: Till, there: Till
) -> None:
    sale = sold(world, here)
    there.sync()
    deaf(there, world, "/v1/orders")

    with pytest.raises(OnlineOnly):
        errands(there).of_slip(sale.slip)


def test_a_sale_of_this_till_is_refunded_without_hq(world: World, here: Till) -> None:
    sale = sold(world, here)
    deaf(here, world, "/v1/")

    receipt = errands(here).refund(own_wish(world, here, sale))

    assert receipt.money == Money(4_000)


def test_only_the_till_that_sold_can_void(world: World, here: Till, there: Till) -> None:
    sale = sold(world, here)
    there.sync()
    asked = wish(world, there, found(there, sale))
    void = Refund(
        asked.sale, None, asked.shown, "other", asked.operator, IntentId(new_id()), void=True
    )

    with pytest.raises(NoVoid) as refused:
        errands(there).refund(void)

    assert refused.value.reason == "till"


def test_a_repeated_refund_elsewhere_gives_back_once(world: World, here: Till, there: Till) -> None:
    sale = sold(world, here)
    there.sync()
    asked = wish(world, there, found(there, sale))

    first = errands(there).refund(asked)
    again = errands(there).refund(asked)

    assert first == again
