"""Only HQ can say what came back of another till's sale."""

import pytest

from pos_app.ledger import refund_lookup, refunds
from pos_app.ledger.counter import open_member
from pos_app.ledger.refunds import PlanChanged
from pos_app.ledger.rules.refund_selection import NothingToRefund, UnitAlreadyReturned
from pos_app.money import Money, Points
from simulation.till import Till, order_of
from simulation.world import World
from tests.sync.errand_hand import cases, errands, found, member_of, own_wish, sold, wish
from tests.sync.test_snapshot import is_sound


def test_a_sale_of_another_till_is_found_with_store_and_till(
    world: World, here: Till, there: Till
) -> None:
    sale = sold(world, here)
    there.sync()

    by_slip = errands(there).of_slip(sale.slip)
    by_member = errands(there).of_member(member_of(world))
    line = refund_lookup.summary_told(there.ledger, by_member[0])
    opened = refund_lookup.open_told(there.ledger, by_member[0])

    assert [one.sale.id for one in by_slip] == [one.sale.id for one in by_member]
    assert (line.slip, line.store, line.terminal) == (sale.slip, "徐家汇店", "till0")
    assert (line.paid, line.units, line.returned) == (Money(4_000), 2, "no")
    assert (opened.rest, opened.can_void, opened.void_refusal) == (Money(4_000), False, "till")


def test_a_slip_that_nobody_printed_finds_nothing(world: World, here: Till) -> None:
    here.sync()

    assert errands(here).of_slip("S20269915-000001") == ()
    assert errands(here).of_slip("S20260615-000001") == ()
    assert errands(here).of_slip(sold(world, here).slip) == ()  # it is this till's own


def test_stored_value_comes_back_at_another_till_and_can_be_spent_there(
    world: World, here: Till, there: Till
) -> None:
    member = member_of(world)
    here.top_up(member, 20_000, world.managers[here.name])
    sale = sold(world, here, order_of(6_000, None))
    there.sync()
    before, earned = open_member(there.ledger, member), Points(104)

    told = found(there, sale)
    receipt = errands(there).refund(wish(world, there, told))
    there.sync()
    here.sync()

    assert receipt.original_slip == sale.slip
    assert receipt.principal + receipt.bonus == Money(6_000)
    assert open_member(there.ledger, member).balance == before.balance + Money(6_000)
    assert (receipt.clawback, receipt.debt) == (earned, Points())
    for till in (here, there):
        assert open_member(till.ledger, member).points == before.points - earned
    assert cases(world) == []
    assert is_sound(there)
    assert is_sound(here)


def test_the_till_that_sold_hears_what_came_back_elsewhere(
    world: World, here: Till, there: Till
) -> None:
    sale = sold(world, here)
    there.sync()
    errands(there).refund(wish(world, there, found(there, sale), frozenset({0})))

    here.sync()

    here.ledger.online = False
    with pytest.raises(UnitAlreadyReturned):
        refunds.plan(here.ledger, sale.event_id, frozenset({0}))
    rest = refunds.refund(here.ledger, own_wish(world, here, sale))
    assert rest.money == Money(2_000)
    here.sync()
    assert cases(world) == []
    assert is_sound(here)


def test_one_unit_never_comes_back_at_two_tills_that_ask_hq(
    world: World, here: Till, there: Till
) -> None:
    sale = sold(world, here)
    there.sync()
    shown = own_wish(world, here, sale)
    errands(there).refund(wish(world, there, found(there, sale)))

    with pytest.raises(NothingToRefund):
        errands(here).refund(shown)
    with pytest.raises(NothingToRefund):
        refunds.plan(there.ledger, sale.event_id, None, told=found(there, sale))


def test_a_part_that_went_back_elsewhere_meanwhile_is_shown_first(
    world: World, here: Till, there: Till
) -> None:
    sale = sold(world, here)
    there.sync()
    shown = own_wish(world, here, sale)
    errands(there).refund(wish(world, there, found(there, sale), frozenset({0})))

    with pytest.raises(PlanChanged) as changed:
        errands(here).refund(shown)

    assert changed.value.fresh.money == Money(2_000)
