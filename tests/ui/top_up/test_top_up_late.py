"""Answers that come late: they print what was done, and paint over nobody."""

from pos_app.ids import MemberId
from pos_app.ledger.receipts import TopUpReceipt
from pos_app.ui.top_up.presenter import TopUpExits, TopUpPresenter
from tests.shop import Shop
from tests.ui.parts.at_the_till import Late, freeze, manager_at


def test_a_late_answer_about_one_member_never_paints_over_another(shop: Shop) -> None:
    first, second = shop.member(), shop.member("13912340001", name="李雷")
    late = Late()
    who = manager_at(shop)
    exits = TopUpExits(lambda _receipt: None, lambda: None, lambda _seq: None)
    page = TopUpPresenter(shop.ledger, late, lambda: who, exits)
    page.open(first)

    page.open(second)
    late.let_through()

    assert page.shown.state.member == "李*"


def test_an_answer_for_a_page_that_was_left_still_prints_its_slip(
    shop: Shop, member: MemberId
) -> None:
    late = Late()
    who = manager_at(shop)
    receipts: list[TopUpReceipt] = []
    exits = TopUpExits(receipts.append, lambda: None, lambda _seq: None)
    page = TopUpPresenter(shop.ledger, late, lambda: who, exits)
    page.open(member)
    page.choose(10_000)
    late.let_through()
    page.confirm()
    page.type_amount("200")

    page.open(None)
    late.let_through()

    assert len(receipts) == 1
    assert page.shown.state.outcome is None


def test_a_refusal_for_a_page_that_was_left_is_dropped(shop: Shop, member: MemberId) -> None:
    late = Late()
    who = manager_at(shop)
    exits = TopUpExits(lambda _receipt: None, lambda: None, lambda _seq: None)
    page = TopUpPresenter(shop.ledger, late, lambda: who, exits)
    page.open(member)
    page.choose(10_000)
    late.let_through()
    freeze(shop, member)
    page.confirm()

    page.open(None)
    page.type_amount("9000")
    late.let_through()

    assert page.shown.state.problem == ""


def test_a_late_refusal_of_an_older_sum_is_dropped(shop: Shop, member: MemberId) -> None:
    late = Late()
    who = manager_at(shop)
    exits = TopUpExits(lambda _receipt: None, lambda: None, lambda _seq: None)
    page = TopUpPresenter(shop.ledger, late, lambda: who, exits)
    page.open(member)
    late.let_through()
    page.type_amount("9000")

    page.type_amount("100")
    late.let_through()

    assert page.shown.state.refusal is None
    assert page.shown.state.cta == "Take ¥100.00"
