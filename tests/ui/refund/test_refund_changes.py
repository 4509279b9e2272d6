"""Voids, debts, plans that change, answers that come late."""

from pos_app.ids import MemberId
from pos_app.ledger.receipts import RefundReceipt, SaleReceipt
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk, amount_only
from pos_app.money import Money, Points
from pos_app.ui.kit.work import Inline
from pos_app.ui.refund.presenter import RefundExits, RefundPresenter
from pos_app.ui.refund.state import Mode
from tests.shop import Shop
from tests.ui.parts.at_the_till import CAKE, Late, manager_at, sell
from tests.ui.refund.conftest import Desk


def test_a_void_is_offered_to_the_seller_on_the_same_day(desk: Desk, sale: SaleReceipt) -> None:
    desk.who = manager_at(desk.shop)
    desk.open(sale)

    desk.case.toggle_void()
    desk.fill_in("wrong_item")
    label = desk.state.cta
    desk.case.confirm()

    assert label == "Void ¥106.00"
    assert desk.receipts[0].void


def test_nobody_else_is_offered_a_void(desk: Desk, sale: SaleReceipt) -> None:
    desk.open(sale)

    desk.case.toggle_void()

    assert not desk.state.void
    assert desk.state.void_note == "Only the cashier who sold it can void it."


def test_points_spent_meanwhile_are_announced_as_a_debt(
    desk: Desk, sale: SaleReceipt, member: MemberId
) -> None:
    basket = Basket((Line("燕麦拿铁", Money(100_00)),))
    tenders = (TenderAsk(Tender.STORED_VALUE),)
    sell(desk.shop, member, order=Order(basket, points=Points(100), tenders=tenders))

    desk.open(sale)

    assert desk.state.planned is not None
    assert desk.state.planned.taken


def test_a_plan_that_changed_meanwhile_is_shown_before_it_is_done(
    desk: Desk, sale: SaleReceipt
) -> None:
    desk.who = manager_at(desk.shop)
    desk.open(sale)
    desk.fill_in()
    other = Desk.__new__(Desk)
    other.shop, other.who, other.receipts = desk.shop, desk.who, []
    exits = RefundExits(other.receipts.append, lambda: None, lambda _seq: None)
    other.page = RefundPresenter(desk.shop.ledger, Inline(), lambda: other.who, exits)
    other.case = other.page.case
    other.open(sale)
    other.case.toggle_unit(2)
    other.fill_in()
    other.case.confirm()

    desk.case.confirm()

    assert desk.receipts == []
    assert desk.state.problem
    assert desk.state.planned is not None
    assert desk.state.planned.total == "¥64.00"


def test_a_late_answer_about_one_sale_never_paints_over_another(shop: Shop) -> None:
    first, second = sell(shop, None, CAKE), sell(shop, None, CAKE)
    late = Late()
    who = manager_at(shop)
    exits = RefundExits(lambda _receipt: None, lambda: None, lambda _seq: None)
    page = RefundPresenter(shop.ledger, late, lambda: who, exits)
    page.pick(first.stamp.event_id.hex)

    page.pick(second.stamp.event_id.hex)
    late.let_through()

    assert page.shown.state.slip is not None
    assert page.shown.state.slip.number == second.stamp.slip


def test_going_back_shows_the_list_again(desk: Desk, sale: SaleReceipt) -> None:
    desk.open(sale)

    desk.page.back()

    assert desk.state.slip is None
    assert desk.state.orders


def test_leaving_the_page_is_told(desk: Desk, sale: SaleReceipt) -> None:
    desk.open(sale)

    desk.page.close()

    assert desk.closed == [True]


def test_the_refund_slip_can_be_printed_once_more(desk: Desk, sale: SaleReceipt) -> None:
    desk.who = manager_at(desk.shop)
    desk.page.print_again()
    desk.open(sale)
    desk.fill_in()
    desk.case.confirm()

    desk.page.print_again()

    assert desk.printed == [desk.receipts[0].stamp.seq]


def test_points_used_and_the_coupon_come_back_with_the_whole_order(
    desk: Desk, member: MemberId
) -> None:
    sell(desk.shop, member, Line("燕麦拿铁", Money(30_000)))
    basket = Basket((Line("燕麦拿铁", Money(10_000)),))
    tenders = (TenderAsk(Tender.WECHAT),)
    sale = sell(desk.shop, member, order=Order(basket, points=Points(200), tenders=tenders))
    desk.who = manager_at(desk.shop)
    desk.open(sale)

    planned = desk.state.planned
    desk.fill_in()
    desk.case.confirm()

    assert planned is not None
    assert "Points used come back" in [fact.label for fact in planned.back]
    assert desk.state.outcome is not None
    assert "Points back" in [fact.label for fact in desk.state.outcome.facts]


def test_points_already_spent_are_owed_and_said_so(desk: Desk, member: MemberId) -> None:
    sale = sell(desk.shop, member, Line("钻戒", Money(40_000)))
    basket = Basket((Line("燕麦拿铁", Money(100_000)),))
    tenders = (TenderAsk(Tender.WECHAT),)
    spent = Order(basket, points=Points(700), tenders=tenders)
    later = sell(desk.shop, member, order=spent)
    desk.who = manager_at(desk.shop)
    give_back(desk, later)
    desk.open(sale)
    planned = desk.state.planned

    desk.fill_in()
    desk.case.confirm()

    assert planned is not None
    assert desk.state.outcome is not None


def give_back(desk: Desk, sale: SaleReceipt) -> None:
    """Refund a whole sale."""
    desk.open(sale)
    desk.fill_in()
    desk.case.confirm()


def test_an_answer_for_a_sale_that_was_left_still_prints_its_slip(shop: Shop) -> None:
    sale = sell(shop, None, CAKE)
    late = Late()
    who = manager_at(shop)
    receipts: list[RefundReceipt] = []
    exits = RefundExits(receipts.append, lambda: None, lambda _seq: None)
    page = RefundPresenter(shop.ledger, late, lambda: who, exits)
    page.pick(sale.stamp.event_id.hex)
    late.let_through()
    page.case.choose_reason("quality")
    page.case.type_tail(sale.stamp.slip[-4:])
    page.case.confirm()

    page.open()
    late.let_through()

    assert len(receipts) == 1
    assert page.shown.state.outcome is None


def test_a_list_that_comes_after_a_sale_was_opened_is_dropped(shop: Shop) -> None:
    sale = sell(shop, None, CAKE)
    late = Late()
    who = manager_at(shop)
    exits = RefundExits(lambda _receipt: None, lambda: None, lambda _seq: None)
    page = RefundPresenter(shop.ledger, late, lambda: who, exits)
    page.open()

    page.pick(sale.stamp.event_id.hex)
    late.let_through()

    assert page.shown.state.slip is not None
    assert page.shown.state.orders == ()


def test_a_refusal_of_the_ledger_is_said_and_the_button_stays(
    desk: Desk, sale: SaleReceipt
) -> None:
    desk.who = manager_at(desk.shop)
    desk.open(sale)
    desk.case.choose_reason("no such reason")
    desk.case.type_tail(sale.stamp.slip[-4:])

    desk.case.confirm()

    assert desk.receipts == []
    assert desk.state.problem
    assert desk.state.blocked == ""


def test_a_slip_found_after_the_page_was_opened_anew_is_dropped(shop: Shop) -> None:
    sale = sell(shop, None, CAKE)
    late = Late()
    who = manager_at(shop)
    exits = RefundExits(lambda _receipt: None, lambda: None, lambda _seq: None)
    page = RefundPresenter(shop.ledger, late, lambda: who, exits)
    page.find(sale.stamp.slip)

    page.open()
    late.let_through()

    assert page.shown.state.slip is None
    assert page.shown.state.orders


def test_a_refusal_for_a_sale_that_was_left_is_dropped(shop: Shop) -> None:
    sale = sell(shop, None, CAKE)
    late = Late()
    who = manager_at(shop)
    exits = RefundExits(lambda _receipt: None, lambda: None, lambda _seq: None)
    page = RefundPresenter(shop.ledger, late, lambda: who, exits)
    page.pick(sale.stamp.event_id.hex)
    late.let_through()
    page.case.choose_reason("no such reason")
    page.case.type_tail(sale.stamp.slip[-4:])
    page.case.confirm()

    page.open()
    late.let_through()

    assert page.shown.state.problem == ""


def test_plans_of_an_older_choice_are_dropped(shop: Shop) -> None:
    sale = sell(shop, None)
    late = Late()
    who = manager_at(shop)
    exits = RefundExits(lambda _receipt: None, lambda: None, lambda _seq: None)
    page = RefundPresenter(shop.ledger, late, lambda: who, exits)
    page.pick(sale.stamp.event_id.hex)
    late.let_through()
    page.case.toggle_unit(0)

    page.case.toggle_unit(2)
    late.let_through()

    assert page.shown.state.planned is not None
    assert page.shown.state.planned.total == "¥74.00"


def test_a_refused_plan_of_an_older_sum_is_dropped(shop: Shop) -> None:
    wechat = (TenderAsk(Tender.WECHAT),)
    sale = sell(shop, None, order=Order(amount_only(Money(8_600)), tenders=wechat))
    late = Late()
    who = manager_at(shop)
    exits = RefundExits(lambda _receipt: None, lambda: None, lambda _seq: None)
    page = RefundPresenter(shop.ledger, late, lambda: who, exits)
    page.pick(sale.stamp.event_id.hex)
    late.let_through()
    page.case.choose_mode(Mode.SUM.value)
    page.case.type_sum("90")

    page.case.type_sum("9")
    late.let_through()

    assert page.shown.state.problem == ""


def test_without_a_sale_the_button_says_so(desk: Desk) -> None:
    desk.page.open()

    desk.case.confirm()
    desk.case.toggle_unit(0)
    desk.case.show_cta()

    assert desk.state.blocked == "Find the sale first"
