"""The sheet that closes an account: the plan is seen before anything is committed."""

from dataclasses import replace

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.grants import PIN
from pos_app.ledger.offline import OnlineOnly
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.rules.access import Act, Role
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.right_rows import Want
from pos_app.money import Money
from pos_app.sync.facts import HqUnreachable, Outage
from pos_app.ui.member_page.closing import ClosingPresenter
from pos_app.ui.member_page.closing_state import (
    ClosingAnswers,
    ClosingState,
    ClosingStep,
    ClosingTerms,
    PlanShown,
)
from pos_app.ui.text import sentence
from tests.ledger.till_hand import STORED, amount, head, lots, sell
from tests.people import SECOND_MANAGER, cashier, second_manager
from tests.shop import MEMBER_PIN, Shop
from tests.ui.checkout.far_hq import FarHq, belongs_to_hq, events, hq_tells, value
from tests.ui.member_page.conftest import Desk
from tests.ui.parts.at_the_till import freeze

TERMS = ClosingTerms("merchant", "2026-06-15", "3.00", goods_known_before=True)
BANK = ClosingAnswers("same_name_account", "王晓明", "4321", MEMBER_PIN)


def sheet(desk: Desk) -> ClosingState:
    state = desk.page.closing.shown.state
    assert state is not None
    return state


def plan(desk: Desk) -> PlanShown:
    shown = sheet(desk).plan
    assert shown is not None, sheet(desk).problem
    return shown


def opened(desk: Desk, member: MemberId) -> ClosingPresenter:
    desk.page.open(member)
    desk.page.close_account()
    return desk.page.closing


def approve(desk: Desk) -> None:
    desk.page.closing.approval.submit(*SECOND_MANAGER)


def linked(desk: Desk) -> FarHq:
    """Let the terminal belong to an HQ that answers."""
    belongs_to_hq(desk.shop)
    desk.shop.ledger.online = True
    hq = FarHq(desk.shop)
    desk.page.closing.cover_by(hq)
    return hq


def test_the_whole_way_from_the_terms_to_the_slip(desk: Desk, member: MemberId) -> None:
    second_manager(desk.shop)
    sell(desk.shop, amount(11_700, STORED), member)
    closing = opened(desk, member)
    before = head(desk.shop)

    closing.work_out(TERMS)
    nothing_yet = head(desk.shop)
    shown = plan(desk)
    closing.submit(BANK)
    asked = closing.approval.shown.state
    approve(desk)

    assert before == nothing_yet
    assert sheet_is_away(desk)
    assert shown.lots[0].cells == (
        *("2026-06-15", "¥500.00 + ¥85.00", "¥100.00", "¥400.00", "¥0.00", "¥68.00"),
    )
    assert shown.verb == "Close and pay out ¥400.00"
    assert {fact.label: fact.value for fact in shown.sums} == {
        "In the account": "¥468.00",
        "Bonus cancelled": "¥68.00",
        "Given back": "¥400.00",
        "Interest": "¥0.00",
        "Paid out": "¥400.00",
        "To be paid by": "2026-06-30",
    }
    assert shown.law == ("Art. 18: the shop's cause, consumption by the share that was paid.",)
    assert asked.what == "Close and pay out ¥400.00: 王**  ·  138****0217"
    assert [one.payout for one in desk.ways.account_closed] == [Money(40_000)]
    assert desk.ways.changed == [member]
    assert desk.state.notice == "Done: Close the stored-value account"
    assert desk.state.value[0].cells[1] == "Closing"
    assert desk.state.no_closing == "There is no stored value to pay out."
    assert lots(desk.shop, member) == []


def sheet_is_away(desk: Desk) -> bool:
    return desk.page.closing.shown.state is None and not desk.page.closing.serving


def test_interest_shows_its_rate_and_days_and_what_is_kept(desk: Desk, member: MemberId) -> None:
    sell(desk.shop, amount(58_000, STORED), member)
    desk.shop.clock.go(days=30)
    closing = opened(desk, member)

    closing.work_out(ClosingTerms("consumer", "2026-06-20", "1.5"))

    shown = plan(desk)
    facts = {fact.label: fact for fact in shown.sums}
    assert facts["Kept for what was consumed"].value == "¥4.28"
    assert facts["Interest"].note == "1.50 % for 25 days"
    assert shown.law == (
        "Art. 19: the member's wish, consumption at full price.",
        "Art. 20: what was consumed beyond what was paid is not claimed.",
    )
    assert not shown.pays


def test_more_than_a_hundred_yuan_is_not_offered_in_cash(desk: Desk, member: MemberId) -> None:
    closing = opened(desk, member)

    closing.work_out(TERMS)

    assert [way.reason for way in plan(desk).ways] == ["", "More than may be paid in cash."]


@pytest.mark.parametrize(
    "typed",
    [
        replace(TERMS, rate=""),
        replace(TERMS, rate="3 percent"),
        replace(TERMS, ended_on="soon"),
    ],
)
def test_day_and_rate_must_be_typed(desk: Desk, member: MemberId, typed: ClosingTerms) -> None:
    closing = opened(desk, member)

    closing.work_out(typed)

    assert sheet(desk).problem == "Type the day and the reference rate in percent a year."
    assert sheet(desk).step is ClosingStep.TERMS


def test_terms_that_cannot_be_are_told(desk: Desk, member: MemberId) -> None:
    closing = opened(desk, member)

    closing.work_out(replace(TERMS, rate="300"))

    assert sheet(desk).problem.startswith("No reference rate is above 10.00 %")
    closing.work_out(TERMS)
    closing.back()
    assert (sheet(desk).step, sheet(desk).plan) == (ClosingStep.TERMS, None)


def test_the_pin_is_needed_and_checked(desk: Desk, member: MemberId) -> None:
    second_manager(desk.shop)
    closing = opened(desk, member)
    closing.work_out(TERMS)
    turn = sheet(desk).turn

    closing.submit(replace(BANK, pin="12"))
    short = sheet(desk).problem
    closing.submit(replace(BANK, pin="314159"))

    assert short == "The PIN has six digits."
    assert sheet(desk).problem.startswith("That is not the PIN.")
    assert sheet(desk).turn == turn + 1
    assert lots(desk.shop, member) != []


def test_an_account_of_somebody_else_is_refused_before_a_manager_is_asked(
    desk: Desk, member: MemberId
) -> None:
    closing = opened(desk, member)
    closing.work_out(TERMS)

    closing.submit(replace(BANK, holder="李明"))

    assert sheet(desk).problem.startswith("The account must be in the member's own name")
    assert not closing.approval.shown.state.open


def test_what_changed_meanwhile_is_shown_anew(desk: Desk, member: MemberId) -> None:
    closing = opened(desk, member)
    closing.work_out(TERMS)
    sell(desk.shop, amount(11_700, STORED), member)

    closing.submit(BANK)

    assert sheet(desk).problem.startswith("What would be paid has changed.")
    assert plan(desk).verb == "Close and pay out ¥400.00"


def test_everything_at_hq_comes_here_first(desk: Desk, member: MemberId) -> None:
    hq = linked(desk)
    hq_tells(desk.shop, member, *value(40_000, 6_000))
    closing = opened(desk, member)

    closing.work_out(TERMS)

    assert hq.asked == [(Want("CNY", 1_000_000_000, 46_000),)]
    assert len(plan(desk).lots) == 2
    assert closing.serving == {member}


def test_without_an_answer_of_hq_nothing_is_worked_out(desk: Desk, member: MemberId) -> None:
    hq = linked(desk)
    hq.fails = HqUnreachable(Outage.TIMEOUT)
    closing = opened(desk, member)

    closing.work_out(TERMS)

    assert (sheet(desk).plan, sheet(desk).busy) == (None, "")
    assert sheet(desk).problem


def test_an_answer_to_a_closed_sheet_changes_nothing(desk: Desk, member: MemberId) -> None:
    hq = linked(desk)
    hq.late = True
    hq_tells(desk.shop, member, *value(40_000, 6_000))
    closing = opened(desk, member)
    closing.work_out(TERMS)
    closing.work_out(TERMS)
    asked = len(hq.asked)

    closing.cancel()
    hq.answer()

    assert asked == 1
    assert sheet_is_away(desk)
    assert events(desk.shop, Kind.ACCOUNT_CLOSE) == 0


def test_what_another_till_holds_is_said(desk: Desk, member: MemberId) -> None:
    hq = linked(desk)
    hq_tells(desk.shop, member, *value(40_000, 6_000))
    hq.refuses = "not_covered"
    closing = opened(desk, member)

    closing.work_out(TERMS)

    assert sheet(desk).problem == "¥460.00 is still at HQ. Nothing was paid; try again in a moment."
    assert all(PIN not in wants for wants in hq.asked)


def test_nothing_is_submitted_without_a_plan(desk: Desk, member: MemberId) -> None:
    desk.page.close_account()
    desk.page.closing.work_out(TERMS)
    desk.page.closing.submit(BANK)
    assert desk.page.closing.shown.state is None

    opened(desk, member).submit(BANK)

    assert sheet(desk).problem == ""


def test_the_button_says_why_not(desk: Desk, shop: Shop, member: MemberId) -> None:
    frozen = shop.member("13900000001")
    shop.top_up(frozen, 20_000)
    freeze(shop, frozen)
    reasons = []
    for whom in (member, frozen):
        desk.page.open(whom)
        reasons.append(desk.state.no_closing)
    belongs_to_hq(shop)
    desk.page.open(member)
    reasons.append(desk.state.no_closing)
    desk.who = SignedIn(cashier(shop), "1001", "周敏", Role.CASHIER)
    desk.page.open(member)
    reasons.append(desk.state.no_closing)

    assert reasons == [
        "",
        "The account is frozen.",
        sentence(OnlineOnly(Act.CLOSE_ACCOUNT)),
        "Only a manager closes an account.",
    ]


def test_a_badge_is_taken_while_the_second_manager_is_asked(desk: Desk, member: MemberId) -> None:
    second_manager(desk.shop)
    closing = opened(desk, member)
    closing.work_out(TERMS)
    closing.submit(BANK)

    wanted = desk.page.scanned(f"EMP:{SECOND_MANAGER[0]}")

    assert wanted
    assert closing.approval.shown.state.number == SECOND_MANAGER[0]


def test_a_transfer_needs_the_last_four_digits(desk: Desk, member: MemberId) -> None:
    closing = opened(desk, member)
    closing.work_out(TERMS)

    closing.submit(replace(BANK, tail="12"))

    assert sheet(desk).problem == (
        "Type the account holder and the last four digits of the account."
    )


def test_a_till_that_asks_nobody_goes_on_at_once(desk: Desk, member: MemberId) -> None:
    belongs_to_hq(desk.shop)
    desk.shop.ledger.online = True
    closing = opened(desk, member)

    closing.work_out(TERMS)

    assert plan(desk).pays
