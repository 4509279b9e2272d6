"""Only HQ can say what came back of another till's sale, and whose a phone number is."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from pos_app.ids import IntentId, MemberId, new_id
from pos_app.ledger import refund_lookup, refunds
from pos_app.ledger.counter import open_member
from pos_app.ledger.elsewhere import OrderElsewhere
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.member_profile import profile
from pos_app.ledger.offline import OnlineOnly
from pos_app.ledger.phone_change import PhoneWish
from pos_app.ledger.refunds import ClaimOver, NoVoid, PlanChanged, Refund, SaleUnknown
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk
from pos_app.ledger.rules.refund_selection import NothingToRefund, Selection, UnitAlreadyReturned
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.journal import latest_of
from pos_app.money import Money, Points
from pos_app.sync.errands import Errands
from pos_app.sync.facts import HqRefused, HqUnreachable, Outage
from pos_app.sync.transport import Reply, Request
from pos_hq import exceptions
from simulation.network import answer
from simulation.till import Till, order_of
from simulation.world import World
from tests.sync.test_snapshot import is_sound

TWO_TEAS = Basket((Line("茉莉花茶", Money(2_000), 2),))


def errands(till: Till) -> Errands:
    return Errands(till.at, till.hq)


def member_of(world: World) -> MemberId:
    return world.members[0]


def sold(world: World, till: Till, order: Order | None = None) -> refund_lookup.SaleSummary:
    """Sell to a member and let HQ hear of it."""
    cash = Order(TWO_TEAS, coupons=(), tenders=(TenderAsk(Tender.CASH, None),))
    till.sell(member_of(world), order or cash, world.managers[till.name])
    till.sync()
    return refund_lookup.sales_of(till.ledger, None)[0]


def found(till: Till, sale: refund_lookup.SaleSummary) -> OrderElsewhere:
    orders = errands(till).of_slip(sale.slip)
    told = next(one for one in orders if one.sale.id == sale.event_id)
    errands(till).fetch_points(told)
    return told


def wish(world: World, till: Till, told: OrderElsewhere, selection: Selection = None) -> Refund:
    shown = refunds.plan(till.ledger, told.sale.id, selection, told)
    by, intent = world.managers[till.name], IntentId(new_id())
    return Refund(told.sale.id, selection, shown, "other", by, intent)


def own_wish(
    world: World, till: Till, sale: refund_lookup.SaleSummary, selection: Selection = None
) -> Refund:
    shown = refunds.plan(till.ledger, sale.event_id, selection)
    by, intent = world.managers[till.name], IntentId(new_id())
    return Refund(sale.event_id, selection, shown, "other", by, intent)


def deaf(till: Till, world: World, path: str) -> None:
    """Let HQ do what is asked at a door, and its answer be lost."""

    class Lossy:
        def send(self, request: Request) -> Reply:
            reply = answer(world.hq, request)
            if request.path.startswith(path):
                raise HqUnreachable(Outage.TIMEOUT)
            return reply

    till.hq._transport = Lossy()  # noqa: SLF001 -- the way to HQ is what goes wrong


def cases(world: World) -> list[str]:
    return [case.type for case in exceptions.open_ones(world.hq)]


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
        refunds.plan(there.ledger, sale.event_id, None, found(there, sale))


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


def phone_wish(world: World, till: Till, phone: str) -> PhoneWish:
    by = world.managers[till.name]
    return PhoneWish(member_of(world), phone, by, IntentId(new_id()))


def phone_at(till: Till, member: MemberId) -> str | None:
    row = till.ledger.read().execute("SELECT phone FROM member WHERE id = ?", (member.bytes,))
    return str(row.fetchone()[0])


def test_a_new_phone_number_is_known_everywhere(world: World, here: Till, there: Till) -> None:
    here.ledger.online = True

    errands(here).change_phone(phone_wish(world, here, "139 1234 5678"))
    here.sync()
    there.sync()

    told = latest_of(here.ledger.read(), (Kind.MEMBER_EDIT,))
    assert told is not None
    assert told.body["fields"] == ["phone"]
    assert "13912345678" not in str(told.body)
    assert phone_at(here, member_of(world)) == phone_at(there, member_of(world)) == "+8613912345678"
    assert cases(world) == []
    assert is_sound(here)


def test_a_number_of_another_member_is_refused(world: World, here: Till, there: Till) -> None:
    there.register("13900000099", world.managers[there.name])
    there.sync()
    here.ledger.online = True

    with pytest.raises(HqRefused) as refused:
        errands(here).change_phone(phone_wish(world, here, "13900000099"))

    assert refused.value.code == "phone_taken"
    assert phone_at(here, member_of(world)) == "+8613812340217"


def test_a_till_that_has_not_heard_of_the_last_change_is_refused(
    world: World, here: Till, there: Till
) -> None:
    here.ledger.online = there.ledger.online = True
    errands(here).change_phone(phone_wish(world, here, "13912345678"))

    with pytest.raises(HqRefused) as refused:
        errands(there).change_phone(phone_wish(world, there, "13987654321"))

    assert refused.value.code == "member_stale"


def test_an_answer_lost_after_hq_took_the_number_down_leaves_both_the_same(
    world: World, here: Till, there: Till
) -> None:
    here.ledger.online = True
    asked = phone_wish(world, here, "13912345678")
    deaf(here, world, "/v1/phones")
    with pytest.raises(OnlineOnly):
        errands(here).change_phone(asked)
    here.restart()
    here.sync()
    there.sync()
    healed = phone_at(here, member_of(world)), phone_at(there, member_of(world))

    kept = errands(here).change_phone(asked)
    here.sync()

    assert healed == ("+8613912345678", "+8613912345678")
    assert kept == profile(here.ledger, member_of(world))
    assert cases(world) == []
    assert is_sound(here)


def test_an_old_wish_that_comes_late_changes_nothing(world: World, here: Till) -> None:
    here.ledger.online = True
    first = phone_wish(world, here, "13912345678")
    errands(here).change_phone(first)
    errands(here).change_phone(phone_wish(world, here, "13812340217"))

    errands(here).change_phone(first)
    here.sync()

    with world.hq.read() as book:
        asked = "SELECT phone FROM member WHERE id = ?"
        ((phone,),) = book.exec_driver_sql(asked, (member_of(world).bytes,)).fetchall()
    assert phone == phone_at(here, member_of(world)) == "+8613812340217"


def test_without_hq_a_phone_number_stays_as_it_is(world: World, here: Till) -> None:
    here.ledger.online = False

    with pytest.raises(OnlineOnly) as refused:
        errands(here).change_phone(phone_wish(world, here, "13912345678"))

    assert refused.value.act is Act.CHANGE_PHONE
