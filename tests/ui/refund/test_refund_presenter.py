"""Refunds at the counter: every fen is named, and nothing goes back by accident."""

from pos_app.ids import MemberId
from pos_app.ledger import counter
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.basket import Order, Tender, TenderAsk, amount_only
from pos_app.money import Money
from pos_app.ui.refund.state import Mode
from tests.shop import MANAGER
from tests.ui.parts.at_the_till import manager_at, sell
from tests.ui.refund.conftest import Desk


def test_a_day_without_orders_says_so(desk: Desk) -> None:
    desk.page.open()

    assert desk.state.empty == "No order today. Scan the slip of an earlier one."


def test_a_member_without_orders_is_said_to_have_none(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)

    assert desk.state.empty == "This member has no order yet."


def test_todays_orders_stand_in_the_list(desk: Desk, sale: SaleReceipt) -> None:
    desk.page.open()

    row = desk.state.orders[0]
    assert row.title == "燕麦拿铁 and 2 more"
    assert sale.stamp.slip in row.subtitle
    assert row.amount == "¥106.00"


def test_a_scanned_slip_opens_its_sale(desk: Desk, sale: SaleReceipt) -> None:
    desk.page.open()

    taken = desk.page.scanned(f"RCP:{sale.stamp.slip}")

    assert taken
    assert desk.state.slip is not None
    assert desk.state.slip.number == sale.stamp.slip


def test_a_scan_that_is_no_slip_is_left_to_others(desk: Desk) -> None:
    desk.page.open()

    assert not desk.page.scanned("13812340217")


def test_an_unknown_slip_is_named(desk: Desk) -> None:
    desk.page.open()

    desk.page.find("S19990101-000001")

    assert desk.state.problem == "No sale of this terminal has the slip “S19990101-000001”."


def test_an_empty_field_finds_nothing(desk: Desk) -> None:
    desk.page.open()

    desk.page.find("   ")

    assert desk.state.query == ""


def test_the_plan_of_a_whole_return_names_every_pocket(desk: Desk, sale: SaleReceipt) -> None:
    desk.open(sale)

    planned = desk.state.planned
    assert planned is not None
    assert planned.total == "¥106.00"
    assert [fact.label for fact in planned.back] == ["Principal, to its lots", "Bonus, to its lot"]
    assert planned.taken[0].label == "Points earned are taken back"


def test_chosen_articles_are_planned_alone(desk: Desk, sale: SaleReceipt) -> None:
    desk.open(sale)

    desk.case.toggle_unit(2)

    assert desk.state.mode == Mode.UNITS.value
    assert desk.state.units[2].chosen
    assert desk.state.planned is not None
    assert desk.state.planned.total == "¥42.00"


def test_no_article_chosen_is_no_plan(desk: Desk, sale: SaleReceipt) -> None:
    desk.open(sale)

    desk.case.choose_mode(Mode.UNITS.value)

    assert desk.state.planned is None
    assert desk.state.blocked == "Choose what comes back"


def test_the_button_wants_a_reason_and_the_last_digits(desk: Desk, sale: SaleReceipt) -> None:
    desk.open(sale)
    asked = [desk.state.blocked]

    desk.case.choose_reason("quality")
    asked.append(desk.state.blocked)
    desk.case.type_tail("9999")
    asked.append(desk.state.blocked)
    desk.case.type_tail(sale.stamp.slip[-4:])

    assert asked == ["Choose a reason", *["Type the last four digits of the slip"] * 2]
    assert desk.state.blocked == ""
    assert desk.state.cta == "Refund ¥106.00"


def test_nothing_goes_back_while_the_button_is_shut(desk: Desk, sale: SaleReceipt) -> None:
    desk.open(sale)

    desk.case.confirm()

    assert desk.receipts == []


def test_a_cashier_needs_a_manager_for_a_refund(desk: Desk, sale: SaleReceipt) -> None:
    desk.open(sale)
    desk.fill_in()

    desk.case.confirm()

    assert desk.receipts == []
    assert sale.stamp.slip in desk.page.approval.shown.state.what


def test_a_refund_that_a_manager_agreed_to_fills_the_wallet_again(
    desk: Desk, sale: SaleReceipt, member: MemberId
) -> None:
    desk.open(sale)
    desk.fill_in()
    desk.case.confirm()

    desk.page.approval.submit(*MANAGER)

    assert desk.receipts[0].money == Money(10_600)
    assert counter.open_member(desk.shop.ledger, member).balance == Money(58_500)
    assert desk.state.outcome is not None
    assert desk.state.outcome.title == "Refunded"


def test_a_manager_refunds_alone(desk: Desk, sale: SaleReceipt) -> None:
    desk.who = manager_at(desk.shop)
    desk.open(sale)
    desk.fill_in()

    desk.case.confirm()
    desk.case.confirm()

    assert len(desk.receipts) == 1


def test_what_has_come_back_cannot_be_chosen_again(desk: Desk, sale: SaleReceipt) -> None:
    desk.who = manager_at(desk.shop)
    desk.open(sale)
    desk.case.toggle_unit(2)
    desk.fill_in()
    desk.case.confirm()

    desk.open(sale)
    desk.case.toggle_unit(2)

    assert desk.state.units[2].returned
    assert not desk.state.units[2].chosen
    assert desk.state.slip is not None
    assert desk.state.slip.partly
    assert desk.state.slip.rest == "¥64.00"


def test_an_order_that_came_back_wholly_says_so_in_the_list(
    desk: Desk, sale: SaleReceipt, member: MemberId
) -> None:
    desk.who = manager_at(desk.shop)
    desk.open(sale)
    desk.fill_in()
    desk.case.confirm()

    desk.page.open(member)

    assert desk.state.orders[0].reason == "Everything has come back already."


def test_an_order_without_lines_comes_back_by_sum(desk: Desk) -> None:
    wechat = (TenderAsk(Tender.WECHAT),)
    sale = sell(desk.shop, None, order=Order(amount_only(Money(8_600)), tenders=wechat))
    desk.who = manager_at(desk.shop)
    desk.open(sale)

    desk.case.choose_mode(Mode.SUM.value)
    before = desk.state.blocked
    desk.case.type_sum("30")
    desk.fill_in("wrong_amount")
    desk.case.confirm()

    assert before == "Type the sum that goes back"
    assert desk.receipts[0].money == Money(3_000)


def test_more_than_is_left_is_refused_in_words(desk: Desk) -> None:
    wechat = (TenderAsk(Tender.WECHAT),)
    sale = sell(desk.shop, None, order=Order(amount_only(Money(8_600)), tenders=wechat))
    desk.open(sale)
    desk.case.choose_mode(Mode.SUM.value)

    desk.case.type_sum("90")

    assert desk.state.planned is None
    assert desk.state.problem


def test_a_sum_that_is_none_is_waited_for(desk: Desk) -> None:
    wechat = (TenderAsk(Tender.WECHAT),)
    sale = sell(desk.shop, None, order=Order(amount_only(Money(8_600)), tenders=wechat))
    desk.open(sale)
    desk.case.choose_mode(Mode.SUM.value)

    desk.case.type_sum("x")

    assert desk.state.blocked == "Type the sum that goes back"
