"""The sheet that closes an account: the plan is seen before anything is committed."""

from pos_app.ids import MemberId
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.right_rows import Want
from pos_app.money import Money
from pos_app.ui.member_page.closing_state import (
    ClosingTerms,
)
from tests.ledger.till_hand import STORED, amount, head, lots, sell
from tests.people import SECOND_MANAGER, second_manager
from tests.ui.checkout.far_hq import belongs_to_hq, events, hq_tells, value
from tests.ui.member_page.account_closer import (
    BANK,
    TERMS,
    approve,
    linked,
    opened,
    plan,
    sheet,
    sheet_is_away,
)
from tests.ui.member_page.conftest import Desk


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


def test_a_badge_is_taken_while_the_second_manager_is_asked(desk: Desk, member: MemberId) -> None:
    second_manager(desk.shop)
    closing = opened(desk, member)
    closing.work_out(TERMS)
    closing.submit(BANK)

    wanted = desk.page.scanned(f"EMP:{SECOND_MANAGER[0]}")

    assert wanted
    assert closing.approval.shown.state.number == SECOND_MANAGER[0]


def test_a_till_that_asks_nobody_goes_on_at_once(desk: Desk, member: MemberId) -> None:
    belongs_to_hq(desk.shop)
    desk.shop.ledger.online = True
    closing = opened(desk, member)

    closing.work_out(TERMS)

    assert plan(desk).pays
