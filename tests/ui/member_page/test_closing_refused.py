"""When the sheet that closes an account says no, and why."""

from dataclasses import replace

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.grants import PIN
from pos_app.ledger.offline import OnlineOnly
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.rules.access import Act, Role
from pos_app.sync.facts import HqUnreachable, Outage
from pos_app.ui.member_page.closing_state import (
    ClosingStep,
    ClosingTerms,
)
from pos_app.ui.text import sentence
from tests.ledger.till_hand import lots
from tests.people import cashier, second_manager
from tests.shop import Shop
from tests.ui.checkout.far_hq import belongs_to_hq, hq_tells, value
from tests.ui.member_page.account_closer import (
    BANK,
    TERMS,
    linked,
    opened,
    sheet,
)
from tests.ui.member_page.conftest import Desk
from tests.ui.parts.at_the_till import freeze


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


def test_without_an_answer_of_hq_nothing_is_worked_out(desk: Desk, member: MemberId) -> None:
    hq = linked(desk)
    hq.fails = HqUnreachable(Outage.TIMEOUT)
    closing = opened(desk, member)

    closing.work_out(TERMS)

    assert (sheet(desk).plan, sheet(desk).busy) == (None, "")
    assert sheet(desk).problem


def test_what_another_till_holds_is_said(desk: Desk, member: MemberId) -> None:
    hq = linked(desk)
    hq_tells(desk.shop, member, *value(40_000, 6_000))
    hq.refuses = "not_covered"
    closing = opened(desk, member)

    closing.work_out(TERMS)

    assert sheet(desk).problem == "¥460.00 is still at HQ. Nothing was paid; try again in a moment."
    assert (PIN,) not in hq.asked


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


def test_a_transfer_needs_the_last_four_digits(desk: Desk, member: MemberId) -> None:
    closing = opened(desk, member)
    closing.work_out(TERMS)

    closing.submit(replace(BANK, tail="12"))

    assert sheet(desk).problem == (
        "Type the account holder and the last four digits of the account."
    )
