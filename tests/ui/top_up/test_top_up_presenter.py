"""Top-ups at the counter: what a sum brings, what the law refuses, and money taken once."""

from pos_app.ids import MemberId
from pos_app.money import Money
from tests.shop import MANAGER, Shop
from tests.ui.parts.at_the_till import freeze
from tests.ui.top_up.conftest import Desk


def test_without_a_member_the_page_asks_for_one(desk: Desk) -> None:
    desk.page.open(None)

    state = desk.page.shown.state
    assert state.member == ""
    assert state.blocked == "Find a member first"


def test_every_rung_of_the_ladder_is_a_ticket_with_its_bonus(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)

    presets = desk.page.shown.state.presets
    assert [preset.fen for preset in presets] == [10_000, 50_000, 100_000, 200_000, 300_000]
    assert presets[1].title == "+ ¥85 bonus"


def test_a_chosen_ticket_shows_rung_campaign_and_both_pockets(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)

    desk.page.choose(50_000)

    state = desk.page.shown.state
    assert [(fact.label, fact.value) for fact in state.bonus] == [
        ("1 × top-up of ¥500", "+\u2009¥60.00"),
        ("First top-up", "+\u2009¥25.00"),
    ]
    assert [fact.value for fact in state.after] == ["¥585.00", "¥500.00", "¥85.00"]
    assert state.cta == "Take ¥500.00"
    assert state.blocked == ""


def test_what_lies_below_the_next_rung_is_said_to_bring_nothing(
    desk: Desk, member: MemberId
) -> None:
    desk.shop.top_up(member, 10_000)
    desk.page.open(member)

    desk.page.type_amount("1680")

    assert desk.page.shown.state.bonus[-1].label == "¥80.00 below the next rung"


def test_a_sum_over_the_legal_cap_is_refused_with_the_largest_that_fits(
    desk: Desk, member: MemberId
) -> None:
    desk.page.open(member)

    desk.page.type_amount("4800")

    refusal = desk.page.shown.state.refusal
    assert refusal is not None
    assert refusal.offer.startswith("Take ¥")
    assert desk.page.shown.state.blocked == "This sum cannot be taken"


def test_the_largest_sum_offered_is_then_accepted(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.type_amount("4800")
    refusal = desk.page.shown.state.refusal
    assert refusal is not None

    desk.page.choose(refusal.fen)

    assert desk.page.shown.state.refusal is None
    assert desk.page.shown.state.blocked == ""


def test_a_full_wallet_is_offered_no_other_sum(desk: Desk, member: MemberId) -> None:
    for sum_in_fen in (200_000, 200_000, 20_000):
        desk.shop.top_up(member, sum_in_fen)
    desk.page.open(member)

    desk.page.type_amount("3000")

    refusal = desk.page.shown.state.refusal
    assert refusal is not None
    assert refusal.offer == ""


def test_the_money_is_taken_once_however_often_the_button_is_pressed(
    desk: Desk, member: MemberId
) -> None:
    desk.page.open(member)
    desk.page.choose(50_000)

    desk.page.confirm()
    desk.page.confirm()

    assert len(desk.receipts) == 1
    assert desk.balance(member) == Money(58_500)


def test_success_shows_the_slip_and_what_the_member_has_now(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.choose(50_000)

    desk.page.confirm()

    outcome = desk.page.shown.state.outcome
    assert outcome is not None
    assert outcome.slip == desk.receipts[0].stamp.slip
    assert [fact.value for fact in outcome.facts] == [
        "WeChat",
        "+\u2009¥85.00",
        "¥585.00",
        "¥500.00",
        "¥85.00",
    ]


def test_a_cashier_above_the_limit_needs_a_manager(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.choose(200_000)

    desk.page.confirm()

    assert desk.receipts == []
    assert desk.page.approval.shown.state.open
    assert "¥2,000.00" in desk.page.approval.shown.state.what


def test_a_manager_agrees_and_the_money_is_taken(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.choose(200_000)
    desk.page.confirm()

    desk.page.approval.submit(*MANAGER)

    assert len(desk.receipts) == 1
    assert not desk.page.approval.shown.state.open


def test_another_sum_voids_the_question_to_the_manager(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.choose(200_000)
    desk.page.confirm()

    desk.page.choose(50_000)

    assert not desk.page.approval.shown.state.open


def test_a_badge_fills_in_the_managers_number(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.choose(200_000)
    desk.page.confirm()

    taken = desk.page.scanned("EMP:0001")

    assert taken
    assert desk.page.approval.shown.state.number == "0001"


def test_text_that_is_no_sum_brings_nothing(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)

    desk.page.type_amount("12.")

    assert desk.page.shown.state.blocked == "Choose or type a sum"


def test_fingers_add_up_to_a_sum(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)

    desk.page.add(10_000)
    desk.page.add(50_000)

    assert desk.page.shown.state.entry == "600.00"


def test_a_wanted_sum_is_there_when_the_page_opens(desk: Desk, member: MemberId) -> None:
    desk.page.open(member, Money(15_000))

    assert desk.page.shown.state.entry == "150.00"
    assert desk.page.shown.state.cta == "Take ¥150.00"


def test_cash_is_taken_when_cash_is_chosen(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.choose(10_000)

    desk.page.choose_tender("cash")
    desk.page.confirm()

    assert desk.receipts[0].tender.value == "cash"


def test_a_frozen_member_cannot_top_up_and_reads_why(desk: Desk, member: MemberId) -> None:
    freeze(desk.shop, member)
    desk.page.open(member)
    desk.page.choose(10_000)

    desk.page.confirm()

    assert desk.receipts == []
    assert desk.page.shown.state.problem


def test_an_unknown_member_is_named_as_such(desk: Desk, shop: Shop) -> None:
    stranger = MemberId(shop.manager)

    desk.page.open(stranger)
    desk.page.choose(10_000)

    assert desk.page.shown.state.problem


def test_a_second_top_up_is_a_new_wish(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.choose(10_000)
    desk.page.confirm()

    desk.page.again()
    desk.page.choose(10_000)
    desk.page.confirm()

    assert len(desk.receipts) == 2


def test_the_slip_can_be_printed_once_more(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.choose(10_000)
    desk.page.print_again()
    desk.page.confirm()

    desk.page.print_again()

    assert desk.printed == [desk.receipts[0].stamp.seq]


def test_leaving_the_page_gives_up_the_question(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.choose(200_000)
    desk.page.confirm()

    desk.page.close()

    assert desk.closed == 1
    assert not desk.page.approval.shown.state.open
