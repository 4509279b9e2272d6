"""Paying with rights that lie at HQ: fetched first, proved once, and never twice."""

import pytest

from pos_app.ledger import returns
from pos_app.ledger.store import right_rows
from pos_app.ledger.store.event import Kind
from pos_app.money import Points
from pos_app.sync.facts import HqUnreachable, Outage
from pos_app.ui.checkout.state import Detail
from pos_app.ui.second_factor.state import Step
from tests.fakes import FakeClock
from tests.shop import MEMBER_PIN, Shop
from tests.ui.checkout.far_hq import (
    actions,
    at_the_till,
    coupon,
    events,
    hq_tells,
    linked_till,
    points,
    value,
    verifier_of,
)
from tests.ui.shell.till import SlowLane, till_of

UNREACHABLE = HqUnreachable(Outage.NETWORK)


def test_what_is_missing_here_is_granted_and_paid_with_one_pin(shop: Shop) -> None:
    till, hq, member = at_the_till(shop)
    till.serve(member, "800")

    till.checkout.pay()
    till.prove()

    assert [(want.unit, want.want) for want in hq.asked[0]] == [("CNY", 45_500)]
    assert till.panel.finished is not None
    assert events(shop, Kind.SALE) == events(shop, Kind.GOT) == 1


def test_principal_and_bonus_come_as_they_were_counted_so_one_press_is_enough(shop: Shop) -> None:
    till, hq, member = at_the_till(shop)
    hq_tells(shop, member, *value(80_000, 12_350))
    till.serve(member, "500")

    till.checkout.pay()
    till.prove()

    assert len(hq.asked) == 1
    assert till.panel.finished is not None


def test_what_is_held_here_is_paid_without_asking_hq(shop: Shop) -> None:
    till, hq, member = at_the_till(shop)
    till.serve(member, "100")

    till.checkout.pay()
    till.prove()

    assert hq.asked == []
    assert till.panel.finished is not None


def test_while_hq_is_asked_the_button_says_so_and_a_second_press_does_nothing(shop: Shop) -> None:
    till, hq, member = at_the_till(shop)
    till.serve(member, "800")
    hq.late = True

    till.checkout.pay()
    till.checkout.pay()
    till.checkout.enter()

    assert len(hq.asked) == 1
    assert (till.panel.call, till.panel.call_ready, till.panel.locked) == (
        "Asking HQ…",
        False,
        True,
    )
    assert till.panel.detail is Detail.NOTICE
    assert till.panel.notice is not None
    assert "¥455.00" in till.panel.notice.text
    assert "cash first" in till.panel.notice.slow
    assert actions(till) == {"cancel": "Cancel", "cash_first": "Cash first"}


def test_points_and_coupons_are_fetched_with_the_money(shop: Shop) -> None:
    till, hq, member = at_the_till(shop, here=0)
    hq_tells(shop, member, *value(50_000), points(2_000), coupon())
    till.serve(member, "400")
    till.checkout.use_points(Points(1_000))
    hq.late = True

    till.checkout.pay()
    said = till.panel.notice.text if till.panel.notice else ""
    hq.answer()
    till.prove()

    assert {want.unit[:3] for want in hq.asked[0]} == {"CNY", "PTS", "CPN"}
    assert "1,000 pts, 1 coupon" in said
    assert till.panel.finished is not None


def test_a_coupon_alone_is_fetched_and_needs_no_pin(shop: Shop) -> None:
    till, hq, member = at_the_till(shop, here=0, there=0)
    hq_tells(shop, member, coupon())
    till.serve(member, "328")

    till.checkout.pay()

    assert len(hq.asked) == 1
    assert till.panel.finished is not None
    assert till.panel.finished.amount == "¥278.00"


@pytest.mark.parametrize("way", ["act", "escape"])
def test_the_cashier_may_stop_waiting_and_the_late_answer_changes_nothing(
    shop: Shop, way: str
) -> None:
    till, hq, member = at_the_till(shop)
    till.serve(member, "800")
    hq.late = True
    till.checkout.pay()

    if way == "act":
        till.checkout.act("cancel")
    else:
        till.checkout.escape()
    hq.answer()

    assert till.toasts[-1] == "Stopped. Nothing was taken."
    assert (till.panel.call, till.panel.call_ready) == ("Take payment ¥800.00", True)
    assert till.shell.second_factor.shown.state.step is Step.CLOSED
    assert events(shop, Kind.SALE) == 0


def test_stopping_when_nothing_is_asked_says_nothing(shop: Shop) -> None:
    till, _hq, member = at_the_till(shop)
    till.serve(member, "800")
    before = till.toasts

    till.checkout.act("cancel")

    assert till.toasts == before


@pytest.mark.parametrize("fails", [False, True])
def test_a_late_answer_for_another_member_opens_no_sheet(shop: Shop, *, fails: bool) -> None:
    till, hq, member = at_the_till(shop)
    other = shop.member("13900000001", name="李静", pin=MEMBER_PIN)
    till.serve(member, "800")
    hq.late = True
    till.checkout.pay()

    till.counter.open(other)
    hq.fails = UNREACHABLE if fails else None
    hq.answer()

    assert till.checkout.member is not None
    assert till.checkout.member.id == other
    assert till.panel.notice is None
    assert till.shell.second_factor.shown.state.step is Step.CLOSED


def test_another_sum_is_another_order_and_the_late_answer_is_not_for_it(shop: Shop) -> None:
    till, hq, member = at_the_till(shop)
    till.serve(member, "800")
    hq.late = True
    till.checkout.pay()

    till.checkout.amount_edited("900")
    hq.answer()

    assert till.panel.call == "Take payment ¥900.00"
    assert till.shell.second_factor.shown.state.step is Step.CLOSED


def test_news_of_the_same_member_does_not_break_off_the_asking(shop: Shop) -> None:
    till, hq, member = at_the_till(shop)
    till.serve(member, "800")
    hq.late = True
    till.checkout.pay()

    till.counter.refresh()
    hq.answer()
    till.prove()

    assert till.panel.finished is not None


def test_a_lost_answer_costs_a_retry_and_no_double_payment(shop: Shop) -> None:
    till, hq, member = at_the_till(shop)
    till.serve(member, "800")
    hq.lose_answers = 1
    till.checkout.pay()

    hq.heal()
    till.checkout.pay()
    till.prove()

    assert len(hq.asked) == 1
    assert events(shop, Kind.SALE) == events(shop, Kind.GOT) == 1


def test_a_pin_that_comes_with_the_grant_works_for_a_member_who_never_set_one_here(
    shop: Shop,
) -> None:
    till, hq = linked_till(shop)
    hq.pin = verifier_of(shop, shop.member("13900000001", name="李静", pin=MEMBER_PIN))
    member = shop.member()
    hq_tells(shop, member, *value(90_000))
    till.serve(member, "800")

    tender = till.panel.tender
    till.checkout.pay()
    till.prove()

    assert tender == "stored_value"
    assert till.panel.finished is not None


def test_a_dropped_sheet_after_the_grant_asks_hq_only_once(shop: Shop) -> None:
    till, hq, member = at_the_till(shop)
    till.serve(member, "800")
    till.checkout.pay()
    till.shell.second_factor.cancel()

    till.checkout.pay()
    till.prove()

    assert len(hq.asked) == 1
    assert till.panel.finished is not None


def test_what_is_left_of_a_grant_goes_back_when_the_order_is_done(shop: Shop) -> None:
    till, _hq, member = at_the_till(shop, here=0)
    till.serve(member, "800")
    till.checkout.pay()
    till.checkout.act("cancel")
    till.shell.second_factor.cancel()

    kept = returns.return_excess(shop.ledger, but={member})
    till.counter.drop()
    returns.return_excess(shop.ledger)

    assert kept == 0
    assert till.checkout.member is None
    assert right_rows.held(shop.ledger.read(), member) == ()


def test_another_price_after_the_grant_is_shown_before_anybody_pays(
    shop: Shop, clock: FakeClock
) -> None:
    till, hq, member = at_the_till(shop, here=0)
    hq_tells(shop, member, *value(90_000), coupon())
    till.serve(member, "400")
    hq.late = True
    till.checkout.pay()

    clock.go(days=40)
    hq.answer()

    assert till.panel.notice is not None
    assert "¥400.00 instead of ¥350.00" in till.panel.notice.text
    assert till.shell.second_factor.shown.state.step is Step.CLOSED


def test_an_answer_after_the_cashier_went_on_is_dropped_even_half_way(shop: Shop) -> None:
    _till, hq, member = at_the_till(shop)
    lane = SlowLane()
    till = till_of(shop, lane)
    till.checkout.cover_by(hq)
    lane.finish_all()
    till.serve(member)
    lane.finish_all()
    till.checkout.amount_edited("800")
    lane.finish_all()
    till.checkout.pay()
    lane.finish()
    assert hq.asked

    till.checkout.act("cancel")
    lane.finish_all()

    assert till.shell.second_factor.shown.state.step is Step.CLOSED
    assert till.panel.call_ready
