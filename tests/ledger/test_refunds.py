"""Returns: where every fen goes, once, and who may let it go."""

from dataclasses import replace

import pytest

from pos_app.ids import EventId, OperatorId, new_id
from pos_app.ledger.counter import open_member
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.member_edit import StatusChange, set_status
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.refunds import (
    NoVoid,
    PlanChanged,
    ReasonWanted,
    Refund,
    SaleUnknown,
    plan,
    refund,
)
from pos_app.ledger.rights import NeedsApproval
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.basket import TenderShare
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.refund_selection import (
    NothingToRefund,
    RefundExceedsRest,
    UnitAlreadyReturned,
)
from pos_app.ledger.store.event import Kind
from pos_app.money import Money, Points
from pos_app.security.evidence import NotProved
from tests.fakes import FakeClock
from tests.ledger.till_hand import (
    CASH,
    STORED,
    WECHAT,
    Consent,
    amount,
    approval,
    by,
    give_back,
    goods,
    head,
    sell,
)
from tests.people import cashier
from tests.shop import Shop, intent


def wish(shop: Shop, sale: SaleReceipt, **otherwise: object) -> Refund:
    event = sale.stamp.event_id
    shown = plan(shop.ledger, event, None)
    whole = Refund(event, None, shown, "quality", shop.manager, intent())
    return replace(whole, **otherwise)  # type: ignore[arg-type]  # any wish of a refund


def test_a_whole_return_leaves_the_member_as_before_the_sale(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    sell(shop, amount(30_000), member)
    issue(shop.ledger, member, "M300-50", operator=shop.manager, intent=intent())
    before = open_member(shop.ledger, member)
    order = goods(19_900, (4_300, 3), 5_990, tenders=by((STORED, 20_000), WECHAT))
    sale = sell(shop, replace(order, points=Points(500)), member)

    receipt = give_back(shop, sale)

    after = open_member(shop.ledger, member)
    assert (after.wallet, after.coupons, after.points) == (
        before.wallet,
        before.coupons,
        before.points,
    )
    assert (after.spend, after.growth) == (before.spend, before.growth)
    assert receipt.money + Money(500) == sale.payable + sale.points_value
    assert [card.template for card in receipt.coupons_back] == ["M300-50"]


def test_returns_in_parts_give_exactly_what_was_taken(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    order = goods(1_999, (333, 3), tenders=by((STORED, 1_000), CASH))
    sale = sell(shop, order, member)

    backs = [give_back(shop, sale, frozenset({unit})) for unit in range(4)]

    assert sum(back.money.minor for back in backs) == sale.payable.minor
    assert sum(back.principal.minor for back in backs) == sale.principal.minor
    assert sum(back.bonus.minor for back in backs) == sale.bonus.minor
    assert sum(back.clawback.minor for back in backs) == sale.earned.minor


def test_a_second_press_gives_back_once(shop: Shop) -> None:
    sale = sell(shop, amount(5_000))
    once = wish(shop, sale)
    first = refund(shop.ledger, once)
    before = head(shop)

    again = refund(shop.ledger, once)

    assert again == first
    assert head(shop) == before


def test_what_came_back_does_not_come_back_again(shop: Shop) -> None:
    sale = sell(shop, goods(1_000, 2_000))
    give_back(shop, sale, frozenset({0}))

    with pytest.raises(UnitAlreadyReturned):
        plan(shop.ledger, sale.stamp.event_id, frozenset({0}))

    give_back(shop, sale)
    with pytest.raises(NothingToRefund):
        plan(shop.ledger, sale.stamp.event_id, None)


def test_an_amount_comes_back_up_to_the_rest(shop: Shop) -> None:
    sale = sell(shop, amount(10_000))
    give_back(shop, sale, Money(6_000))

    with pytest.raises(RefundExceedsRest) as exceeds:
        plan(shop.ledger, sale.stamp.event_id, Money(4_001))

    assert exceeds.value.rest == Money(4_000)
    assert give_back(shop, sale, Money(4_000)).money == Money(4_000)


def test_the_plan_that_was_shown_is_the_one_that_is_done(shop: Shop) -> None:
    sale = sell(shop, goods(1_000, 2_000))
    late = wish(shop, sale)
    give_back(shop, sale, frozenset({0}))
    before = head(shop)

    with pytest.raises(PlanChanged) as changed:
        refund(shop.ledger, late)

    assert changed.value.fresh.money == Money(2_000)
    assert head(shop) == before


def test_a_return_has_a_reason(shop: Shop) -> None:
    with pytest.raises(ReasonWanted):
        refund(shop.ledger, wish(shop, sell(shop, amount(5_000)), reason="because"))


def test_what_was_never_sold_here_is_unknown(shop: Shop) -> None:
    with pytest.raises(SaleUnknown):
        plan(shop.ledger, EventId(new_id()), None)


def test_a_cashier_gives_back_with_a_manager(shop: Shop) -> None:
    at_the_till = cashier(shop)
    asked = wish(shop, sell(shop, amount(5_000)), operator=at_the_till)
    before = head(shop)

    with pytest.raises(NeedsApproval):
        refund(shop.ledger, asked)

    assert head(shop) == before
    consent = Consent(Act.REFUND, Money(5_000), asked.intent, at_the_till, shop.manager)
    given = replace(asked, approval=approval(shop, consent))
    assert refund(shop.ledger, given).money == Money(5_000)


def test_nobody_approves_a_return_of_their_own(shop: Shop) -> None:
    asked = wish(shop, sell(shop, amount(200_000)))
    consent = Consent(Act.REFUND, Money(200_000), asked.intent, shop.manager, shop.manager)

    with pytest.raises(NeedsApproval):
        refund(shop.ledger, asked)
    with pytest.raises(NotProved) as own:
        refund(shop.ledger, replace(asked, approval=approval(shop, consent)))

    assert own.value.reason == "own_approval"


def test_a_sale_of_this_day_and_operator_is_voided_as_a_whole(shop: Shop) -> None:
    sale = sell(shop, goods(1_000, 2_000, tenders=by(CASH)))

    receipt = give_back(shop, sale, void=True)

    assert receipt.void
    assert receipt.externals == (TenderShare(CASH, Money(3_000)),)


def test_a_void_is_never_partial(shop: Shop) -> None:
    sale = sell(shop, goods(1_000, 2_000))
    event = sale.stamp.event_id
    some = plan(shop.ledger, event, frozenset({0}))
    wanted = Refund(event, frozenset({0}), some, "quality", shop.manager, intent(), void=True)
    before = head(shop)

    with pytest.raises(NoVoid) as refused:
        refund(shop.ledger, wanted)

    assert refused.value.reason == "part"
    assert head(shop) == before


def test_what_has_come_back_in_part_is_not_voided(shop: Shop) -> None:
    sale = sell(shop, goods(1_000, 2_000))
    give_back(shop, sale, frozenset({0}))

    with pytest.raises(NoVoid) as refused:
        give_back(shop, sale, void=True)

    assert refused.value.reason == "part"


def test_yesterdays_sale_is_refunded_not_voided(shop: Shop, clock: FakeClock) -> None:
    sale = sell(shop, amount(1_000))
    clock.go(days=1)

    with pytest.raises(NoVoid) as refused:
        give_back(shop, sale, void=True)

    assert refused.value.reason == "day"
    assert give_back(shop, sale).money == Money(1_000)


def test_another_operators_sale_is_refunded_not_voided(shop: Shop) -> None:
    sale = sell(shop, amount(1_000))
    other = wish(shop, sale, operator=cashier(shop), void=True)

    with pytest.raises(NoVoid) as refused:
        refund(shop.ledger, other)

    assert refused.value.reason == "operator"


def test_a_frozen_members_goods_still_come_home(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)
    sale = sell(shop, amount(10_000, STORED), member)
    lost = StatusChange(member, Status.FROZEN, "card lost", intent())
    set_status(shop.ledger, lost, operator=shop.manager)

    assert give_back(shop, sale).money == Money(10_000)


def test_a_refund_pays_stored_value_to_its_own_lots(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    shop.top_up(member, 10_000)
    clock.go(minutes=1)
    shop.top_up(member, 20_000)
    sale = sell(shop, goods(11_500, 5_000, tenders=by(STORED)), member)

    give_back(shop, sale, frozenset({1}))

    older, younger = open_member(shop.ledger, member).wallet.lots
    assert older.principal + older.bonus + younger.principal + younger.bonus == Money(22_000)
    give_back(shop, sale)
    assert open_member(shop.ledger, member).balance == Money(33_500)


def test_a_return_is_in_the_journal_with_what_it_answers(shop: Shop) -> None:
    sale = sell(shop, amount(1_000))

    receipt = give_back(shop, sale)

    assert receipt.original_slip == sale.stamp.slip
    kept = shop.ledger.read().execute(
        'SELECT kind, "of" FROM journal WHERE seq = ?', (receipt.stamp.seq,)
    )
    assert kept.fetchone() == (Kind.REFUND.value, sale.stamp.event_id.bytes)


def test_approval_of_one_return_is_no_approval_of_another(shop: Shop) -> None:
    at_the_till = cashier(shop)
    one = wish(shop, sell(shop, amount(5_000)), operator=at_the_till)
    other = wish(shop, sell(shop, amount(5_000)), operator=at_the_till)
    consent = Consent(Act.REFUND, Money(5_000), one.intent, at_the_till, OperatorId(new_id()))

    with pytest.raises(NotProved) as bound:
        refund(shop.ledger, replace(other, approval=approval(shop, consent)))

    assert bound.value.reason == "other_act"
