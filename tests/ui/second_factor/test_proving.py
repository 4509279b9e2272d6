"""The member's PIN and the manager's consent at the sheet."""

from zoneinfo import ZoneInfo

from pos_app.ui.second_factor.state import SecondFactorState, Step
from pos_app.ui.sentences.here import stand_in
from tests.fakes import FakeClock
from tests.people import SECOND_MANAGER, second_manager
from tests.shop import MANAGER, Shop
from tests.ui.shell.till import SlowLane, Till, till_of


def asked(till: Till) -> SecondFactorState:
    return till.shell.second_factor.shown.state


def paying(shop: Shop, amount: str = "60") -> Till:
    """Return a till at which a regular is about to pay by stored value."""
    till = till_of(shop)
    till.serve(till.regular(), amount)
    till.checkout.pay()
    return till


def paying_much(shop: Shop) -> Till:
    """Return a till at which a regular is about to pay so much that a manager has to agree."""
    till = till_of(shop)
    member = till.regular(200_000)
    shop.top_up(member, 100_000)
    till.serve(member, "2500")
    till.checkout.pay()
    return till


def test_the_sheet_says_who_pays_what_and_what_is_left(shop: Shop) -> None:
    till = paying(shop)

    assert asked(till).step is Step.PIN
    assert asked(till).who == "王** · 138 **** 0217"
    assert (asked(till).amount, asked(till).balance_after) == ("¥60.00", "¥1,140.00")


def test_a_wrong_pin_empties_the_boxes_and_counts_down(shop: Shop) -> None:
    till = paying(shop)
    turn = asked(till).turn

    till.prove("111111")

    assert asked(till).problem == "That is not the PIN. 4 attempts left."
    assert asked(till).wrong
    assert asked(till).turn == turn + 1


def test_the_next_figure_takes_the_reproach_away(shop: Shop) -> None:
    till = paying(shop)
    till.prove("111111")

    till.shell.second_factor.figure_typed()

    assert asked(till).problem == ""


def test_too_many_wrong_pins_lock_and_other_tenders_stay_possible(shop: Shop) -> None:
    stand_in(ZoneInfo("Asia/Shanghai"))
    till = paying(shop)

    for _attempt in range(5):
        till.prove("111111")

    assert asked(till).step is Step.BARRED
    assert asked(till).problem == "The PIN is locked until 12:30. Other tenders can be used."


def test_a_locked_pin_is_said_before_anybody_types(shop: Shop) -> None:
    till = paying(shop)
    for _attempt in range(5):
        till.prove("111111")
    till.shell.second_factor.cancel()

    till.checkout.pay()

    assert asked(till).step is Step.BARRED


def test_a_member_without_a_pin_is_told_how_to_get_one(shop: Shop) -> None:
    till = till_of(shop)
    member = shop.member()
    shop.top_up(member, 10_000)
    till.serve(member, "60")
    till.checkout.choose_tender("stored_value")

    till.checkout.pay()

    assert asked(till).step is Step.BARRED
    assert "no payment PIN yet" in asked(till).problem


def test_without_a_pin_stored_value_is_not_proposed(shop: Shop) -> None:
    till = till_of(shop)
    member = shop.member()
    shop.top_up(member, 10_000)

    till.serve(member, "60")

    assert till.panel.tender == "wechat"


def test_a_very_large_payment_needs_a_manager_as_well(shop: Shop) -> None:
    second_manager(shop)
    till = paying_much(shop)

    till.prove()
    reason = asked(till).reason
    till.shell.second_factor.manager_typed(*SECOND_MANAGER)

    assert reason == "The amount is very large."
    assert asked(till).step is Step.CLOSED
    assert till.panel.finished is not None


def test_nobody_approves_their_own_till(shop: Shop) -> None:
    till = paying_much(shop)
    till.prove()

    till.shell.second_factor.manager_typed(*MANAGER)

    assert asked(till).step is Step.APPROVAL
    assert asked(till).problem == "Nobody approves their own request. Ask another manager."


def test_a_scanned_badge_fills_in_the_managers_number(shop: Shop) -> None:
    till = paying_much(shop)
    till.prove()

    till.shell.scanned("EMP:0002")

    assert asked(till).number == "0002"


def test_a_badge_means_nothing_while_the_pin_is_asked(shop: Shop) -> None:
    till = paying(shop)

    till.shell.scanned("EMP:0002")

    assert asked(till).number == ""


def test_a_scan_does_not_disturb_the_proof(shop: Shop) -> None:
    till = paying(shop)

    till.shell.scanned("13812340217")

    assert till.toasts[-1] == "Not now: finish or cancel the payment first."
    assert asked(till).step is Step.PIN


def test_a_large_payment_names_its_reason(shop: Shop) -> None:
    till = paying(shop, "1100")

    till.prove()

    assert asked(till).reason == "The amount is large."


def test_answers_after_giving_up_change_nothing(shop: Shop) -> None:
    lane = SlowLane()
    till = till_of(shop, lane)
    lane.finish_all()
    till.serve(till.regular(), "60")
    lane.finish_all()
    till.checkout.amount_edited("60")
    lane.finish_all()
    till.checkout.pay()
    lane.finish_all()
    till.prove("111111")
    till.prove("111111")

    till.shell.second_factor.cancel()
    lane.finish_all()
    till.prove()
    till.shell.second_factor.manager_typed(*MANAGER)
    till.shell.second_factor.cancel()

    assert asked(till).step is Step.CLOSED
    assert till.panel.call_ready


def test_a_stale_proof_is_asked_for_again(shop: Shop, clock: FakeClock) -> None:
    lane = SlowLane()
    till = till_of(shop, lane)
    lane.finish_all()
    till.serve(till.regular())
    lane.finish_all()
    till.checkout.amount_edited("60")
    lane.finish_all()
    till.checkout.pay()
    lane.finish_all()
    till.prove()
    lane.finish()
    clock.go(minutes=30)
    lane.finish_all()
    told = till.panel.notice

    till.checkout.pay()
    lane.finish_all()

    assert told is not None
    assert "expired" in told.text
    assert asked(till).step is Step.PIN


def test_a_proof_that_comes_after_giving_up_is_thrown_away(shop: Shop) -> None:
    lane = SlowLane()
    till = till_of(shop, lane)
    lane.finish_all()
    member = till.regular()
    till.serve(member)
    lane.finish_all()
    till.checkout.amount_edited("60")
    lane.finish_all()
    till.checkout.pay()
    lane.finish_all()
    till.prove()

    till.shell.second_factor.cancel()
    lane.finish_all()

    assert asked(till).step is Step.CLOSED
    assert till.panel.finished is None


def test_a_consent_that_comes_after_giving_up_is_thrown_away(shop: Shop) -> None:
    second_manager(shop)
    lane = SlowLane()
    till = till_of(shop, lane)
    lane.finish_all()
    till.serve(till.regular())
    lane.finish_all()
    till.checkout.amount_edited("1100")
    lane.finish_all()
    till.checkout.pay()
    lane.finish_all()
    till.prove()
    lane.finish_all()
    till.shell.second_factor.manager_typed(*SECOND_MANAGER)

    till.shell.second_factor.cancel()
    lane.finish_all()

    assert asked(till).step is Step.CLOSED
    assert till.panel.finished is None
