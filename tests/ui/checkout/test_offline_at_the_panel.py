"""The panel while HQ cannot be reached: what is here can be used, and every limit is explained."""

from pos_app.ids import MemberId
from pos_app.ledger.store import link_rows
from pos_app.ledger.store.driver import DiskFull
from pos_app.money import Points
from pos_app.ui.second_factor.state import Step
from tests.fakes import FakeClock
from tests.shop import MEMBER_PIN, Shop
from tests.ui.checkout.far_hq import (
    belongs_to_hq,
    coupon,
    hq_tells,
    linked_till,
    points,
    value,
)
from tests.ui.shell.till import SlowLane, Till, till_of


def cut_off(shop: Shop, here: int = 30_000, there: int = 90_000) -> tuple[Till, MemberId]:
    """Return an offline till, and a member with stored value here and at HQ."""
    belongs_to_hq(shop)
    member = shop.member(pin=MEMBER_PIN)
    if here:
        shop.top_up(member, here)
    hq_tells(shop, member, *value(there))
    return till_of(shop), member


def test_offline_the_tender_says_how_far_it_goes(shop: Shop) -> None:
    till, member = cut_off(shop)

    till.serve(member, "100")

    stored = till.panel.tenders[0]
    assert (stored.reason, stored.hint) == ("", "Offline: at most ¥345.00 here")
    assert till.panel.due_note.startswith("Offline: at most ¥345.00 here")
    assert till.panel.call == "Take payment ¥100.00"


def test_offline_more_than_is_here_is_explained_and_the_rest_paid_otherwise(shop: Shop) -> None:
    till, member = cut_off(shop)
    till.serve(member, "800")
    call, notice = till.panel.call, till.panel.notice

    till.checkout.act("split")
    till.checkout.pay()
    till.prove()

    assert call == "Offline: at most ¥345.00 here"
    assert notice is not None
    assert notice.text == "¥345.00 can be used here without HQ, ¥455.00 is missing."
    assert [one.text for one in notice.actions] == ["Rest by WeChat"]
    assert till.panel.finished is not None


def test_offline_with_nothing_here_stored_value_says_where_it_is(shop: Shop) -> None:
    till, member = cut_off(shop, here=0)

    till.serve(member, "100")

    assert till.panel.tenders[0].reason == "Offline: the ¥900.00 at HQ cannot be used here."
    assert till.panel.tender == "wechat"


def test_offline_with_everything_here_nothing_is_limited(shop: Shop) -> None:
    till, member = cut_off(shop, there=0)

    till.serve(member, "100")

    assert till.panel.tenders[0].hint == ""
    assert till.panel.due_note.startswith("earns")


def test_a_price_that_counted_on_hq_is_shown_anew_when_hq_is_gone(shop: Shop) -> None:
    till, hq = linked_till(shop)
    member = shop.member(pin=MEMBER_PIN)
    shop.top_up(member, 30_000)
    hq_tells(shop, member, *value(90_000))
    till.serve(member, "800")
    shop.ledger.online = False

    till.checkout.pay()

    assert hq.asked == []
    assert till.panel.call == "Offline: at most ¥345.00 here"
    assert till.shell.second_factor.shown.state.step is Step.CLOSED


def test_points_that_lie_at_hq_are_taken_off_when_hq_is_gone(shop: Shop) -> None:
    till, _hq = linked_till(shop)
    member = shop.member(pin=MEMBER_PIN)
    hq_tells(shop, member, points(2_000))
    till.serve(member, "100")
    till.checkout.use_points(Points(1_000))
    shop.ledger.online = False

    till.checkout.pay()

    assert till.toasts[-1].startswith("Points taken off")
    assert till.panel.call == "Take payment ¥100.00"


def test_rights_that_are_due_go_back_by_themselves_before_anybody_types_a_pin(
    shop: Shop, clock: FakeClock
) -> None:
    till, hq = linked_till(shop)
    member = shop.member(pin=MEMBER_PIN)
    hq_tells(shop, member, *value(90_000))
    till.serve(member, "80")
    till.checkout.pay()
    till.shell.second_factor.cancel()
    clock.go(minutes=11)

    till.checkout.pay()
    till.prove()

    assert len(hq.asked) == 2
    assert till.panel.finished is not None


def test_rights_that_fall_due_while_the_pin_is_typed_go_back_and_the_price_is_shown_anew(
    shop: Shop, clock: FakeClock
) -> None:
    till, hq = linked_till(shop)
    member = shop.member(pin=MEMBER_PIN)
    hq_tells(shop, member, *value(90_000))
    till.serve(member, "80")
    till.checkout.pay()
    clock.go(minutes=9, seconds=59)
    clock.go(seconds=2)

    till.prove()
    said = till.panel.notice.text if till.panel.notice else ""
    till.checkout.pay()
    till.prove()

    assert said.startswith("The time of HQ's grant was over.")
    assert len(hq.asked) == 2
    assert till.panel.finished is not None


def test_frozen_rights_are_said_before_the_pin_is_asked_for(shop: Shop) -> None:
    till, member = cut_off(shop)
    with shop.ledger.write() as book:
        link_rows.freeze(book, "holdings_differ")
    till.serve(member, "100")

    till.checkout.pay()

    assert till.panel.notice is not None
    assert till.panel.notice.text.startswith("HQ counts other balances than this till.")
    assert till.shell.second_factor.shown.state.step is Step.CLOSED


def test_a_stand_alone_terminal_pays_as_ever(shop: Shop) -> None:
    till = till_of(shop)
    member = till.regular()
    till.serve(member, "100")

    till.checkout.pay()
    till.prove()

    assert till.panel.finished is not None


def test_news_of_the_member_prices_the_order_again_and_leaves_it_alone_otherwise(
    shop: Shop,
) -> None:
    till, member = cut_off(shop)
    till.serve(member, "800")
    before = till.panel.cursor

    shop.ledger.online = True
    till.counter.look_again(till.checkout.know)

    assert till.panel.call == "Take payment ¥800.00"
    assert till.panel.cursor == before


def test_news_of_somebody_else_does_not_touch_the_order(shop: Shop) -> None:
    till, member = cut_off(shop)
    other = shop.member("13900000001", name="李静")
    till.serve(member, "100")
    seen = till.checkout.member
    till.counter.open(other)
    changed = till.checkout.member

    assert seen is not None
    till.checkout.know(seen)

    assert till.checkout.member is changed


def test_a_coupon_at_hq_is_not_used_offline(shop: Shop) -> None:
    till, member = cut_off(shop)
    hq_tells(shop, member, *value(90_000), coupon())

    till.serve(member, "328")

    assert till.checkout.quote is not None
    assert till.checkout.quote.coupons == ()


def test_after_a_refusal_the_order_can_still_be_paid_from_here_at_its_limit(shop: Shop) -> None:
    till, hq = linked_till(shop)
    member = shop.member(pin=MEMBER_PIN)
    shop.top_up(member, 30_000)
    hq_tells(shop, member, *value(90_000))
    till.serve(member, "800")
    hq.refuses = "not_covered"
    till.checkout.pay()
    till.checkout.act("held_only")

    till.checkout.split()

    assert till.panel.notice is not None
    assert till.panel.notice.text == "¥345.00 can be used here without HQ, ¥455.00 is missing."
    assert till.panel.call == "¥455.00 still missing"


def falling_due(shop: Shop, clock: FakeClock, lane: SlowLane) -> Till:
    """Return a till where the rights fall due between the PIN and the payment."""
    online, hq = linked_till(shop)
    member = shop.member(pin=MEMBER_PIN)
    hq_tells(shop, member, *value(90_000))
    online.serve(member, "80")
    online.checkout.pay()
    online.shell.second_factor.cancel()
    till = till_of(shop, lane)
    till.checkout.cover_by(hq)
    till.counter.open(member)
    lane.finish_all()
    till.checkout.amount_edited("80")
    till.checkout.choose_tender("stored_value")
    lane.finish_all()
    till.checkout.pay()
    lane.finish_all()
    clock.go(minutes=9, seconds=59)
    till.prove()
    lane.finish()
    clock.go(seconds=2)
    lane.finish()
    return till


def test_whoever_leaves_before_the_rights_are_back_is_not_called_again(
    shop: Shop, clock: FakeClock
) -> None:
    lane = SlowLane()
    till = falling_due(shop, clock, lane)

    till.counter.drop()
    lane.finish_all()

    assert till.checkout.member is None
    assert till.page.loaded is None


def test_rights_that_cannot_go_back_now_are_said(shop: Shop, clock: FakeClock) -> None:
    lane = SlowLane()
    till = falling_due(shop, clock, lane)

    lane.break_next(DiskFull())

    assert till.panel.notice is not None
    assert till.panel.notice.text.startswith("The disk")
