"""Hands that close an account on the page about a member."""

from pos_app.ids import MemberId
from pos_app.ui.member_page.closing import ClosingPresenter
from pos_app.ui.member_page.closing_state import (
    ClosingAnswers,
    ClosingState,
    ClosingTerms,
    PlanShown,
)
from tests.people import SECOND_MANAGER
from tests.shop import MEMBER_PIN
from tests.ui.checkout.far_hq import FarHq, belongs_to_hq
from tests.ui.member_page.conftest import Desk

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


def sheet_is_away(desk: Desk) -> bool:
    return desk.page.closing.shown.state is None and not desk.page.closing.serving
