"""Lost answers, double presses and changed prices: never charged twice, never another sum."""

from dataclasses import replace

from pos_app.ledger.journal_page import JournalFilter, page
from pos_app.ledger.store.event import Kind
from pos_app.money import Money
from pos_app.ui.checkout.charge import Changed
from pos_app.ui.checkout.outcomes import notice_of
from pos_app.ui.second_factor.state import Step
from tests.fakes import FakeClock
from tests.shop import Shop
from tests.ui.shell.till import FailingDisk, SlowLane, till_of


def sales_in_the_book(shop: Shop) -> int:
    return len(page(shop.ledger, JournalFilter(kinds=(Kind.SALE,))))


def test_a_double_press_takes_the_payment_once(shop: Shop) -> None:
    lane = SlowLane()
    till = till_of(shop, lane)
    lane.finish_all()
    till.checkout.amount_edited("10")
    lane.finish_all()

    till.checkout.pay()
    till.checkout.pay()
    lane.finish_all()

    assert sales_in_the_book(shop) == 1


def test_a_lost_answer_is_looked_up_and_never_charged_twice(shop: Shop) -> None:
    disk = FailingDisk()
    till = till_of(shop, disk)
    till.checkout.amount_edited("10")
    disk.fails_after = 1

    till.checkout.pay()

    assert till.panel.finished is not None
    assert sales_in_the_book(shop) == 1


def test_a_payment_that_never_reached_the_book_may_be_taken_again(shop: Shop) -> None:
    disk = FailingDisk()
    till = till_of(shop, disk)
    till.checkout.amount_edited("10")
    disk.fails_before = 1

    till.checkout.pay()
    told = till.panel.notice
    till.checkout.pay()

    assert told is not None
    assert "nothing was taken" in told.text
    assert sales_in_the_book(shop) == 1


def test_while_the_outcome_is_unknown_the_order_is_locked(shop: Shop) -> None:
    disk = FailingDisk()
    till = till_of(shop, disk)
    till.checkout.amount_edited("10")
    disk.fails_before = 2

    till.checkout.pay()
    till.checkout.amount_edited("99")
    till.checkout.clear()

    assert till.panel.locked
    assert till.panel.call == "Check again"
    assert till.panel.amount == "10"


def test_an_unknown_outcome_is_cleared_up_by_checking_again(shop: Shop) -> None:
    disk = FailingDisk()
    till = till_of(shop, disk)
    till.checkout.amount_edited("10")
    disk.fails_before = 2
    till.checkout.pay()

    till.checkout.act("check_again")

    assert not till.panel.locked
    assert till.panel.call_ready


def test_a_changed_price_is_said_in_words_and_asked_again(shop: Shop, clock: FakeClock) -> None:
    till = till_of(shop)
    member = till.regular()
    till.give_coupon(member, "M300-50")
    till.serve(member, "328")
    till.checkout.choose_tender("wechat")
    clock.go(days=60)

    till.checkout.pay()

    assert sales_in_the_book(shop) == 0
    assert till.panel.notice is not None
    assert "¥328.00 instead of ¥278.00" in till.panel.notice.text
    assert till.panel.call == "Take payment ¥328.00"


def test_a_price_made_again_at_the_same_sum_is_only_confirmed(shop: Shop) -> None:
    till = till_of(shop)
    till.checkout.amount_edited("328")
    shown = till.checkout.quote
    assert shown is not None

    same = notice_of(Changed(shown), shown)
    dearer = notice_of(Changed(replace(shown, due=Money(40_000))), shown)

    assert same is not None
    assert same.text == "The order was priced again; the sum stays ¥328.00. Please confirm."
    assert dearer is not None
    assert dearer.text == "The price has changed: ¥400.00 instead of ¥328.00. Please confirm."


def test_a_payment_that_suddenly_needs_a_manager_asks_for_one(shop: Shop) -> None:
    lane = SlowLane()
    till = till_of(shop, lane)
    lane.finish_all()
    member = till.regular()
    till.sell_goods(member, ("可颂", 2_600, 1))
    till.serve(member)
    lane.finish_all()
    till.checkout.amount_edited("60")
    lane.finish_all()
    till.checkout.pay()
    lane.finish_all()
    till.prove()
    lane.finish()
    elsewhere = till_of(shop)
    for _payment in range(3):
        elsewhere.serve(member, "10")
        elsewhere.checkout.pay()
        elsewhere.prove()
    lane.finish_all()
    told = till.panel.notice

    till.checkout.pay()
    lane.finish_all()
    till.prove()
    lane.finish_all()

    assert told is not None
    assert "manager's approval" in told.text
    assert till.shell.second_factor.shown.state.step is Step.APPROVAL
