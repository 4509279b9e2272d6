"""A manager gives a tier on the member's page, and ends it there."""

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.member_profile import profile
from pos_app.ui.member_page.deeds import NO_TIER
from pos_app.ui.member_page.state import Answers, Deed
from tests.ui.checkout.far_hq import belongs_to_hq
from tests.ui.member_page.conftest import Desk
from tests.ui.parts.at_the_till import cashier_at


def tier_of(desk: Desk, member: MemberId) -> str:
    return profile(desk.shop.ledger, member).tier


def test_a_tier_is_given_and_ended(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.deeds.start(Deed.TIER)
    first = [code for code, _name in desk.sheet.tiers]

    desk.page.deeds.submit(Answers(reason="press trip", tier="GOLD", until="2026-06-30"))
    given = tier_of(desk, member)
    desk.page.deeds.start(Deed.TIER)
    then = [code for code, _name in desk.sheet.tiers]
    desk.page.deeds.submit(Answers(reason="over", tier=NO_TIER))

    assert first == ["SILVER", "GOLD", "DIAMOND"]
    assert then == [NO_TIER, *first]
    assert (given, tier_of(desk, member)) == ("GOLD", "BASE")
    assert desk.state.notice == "Done: Give a tier"


@pytest.mark.parametrize(
    ("until", "problem"),
    [
        ("00-00-00", "Which day is the last one? Year, month and day, please."),
        ("2026-01-01", "The last day must lie between 2026-06-15 and 2027-06-16."),
    ],
)
def test_a_day_that_cannot_be_is_asked_for_again(
    desk: Desk, member: MemberId, until: str, problem: str
) -> None:
    desk.page.open(member)

    desk.do(Deed.TIER, Answers(reason="press trip", tier="GOLD", until=until))

    assert desk.sheet.problem == problem
    assert tier_of(desk, member) == "BASE"


def test_who_may_not_is_told_before_typing(desk: Desk, member: MemberId) -> None:
    manager, desk.who = desk.who, cashier_at(desk.shop)
    desk.page.open(member)
    cashiers = desk.reason_of(Deed.TIER)
    desk.who = manager
    belongs_to_hq(desk.shop)
    desk.shop.ledger.online = False
    desk.page.open(member)

    assert cashiers == "Only a manager may give a tier."
    assert desk.reason_of(
        Deed.TIER
    ) == "Giving a tier is not possible without HQ." or desk.reason_of(Deed.TIER).startswith(
        "Giving a tier"
    )


def test_the_tier_leads_to_how_it_follows(desk: Desk, member: MemberId) -> None:
    desk.page.explain_tier()
    desk.page.open(member)
    desk.page.explain_tier()

    assert desk.ways.tier == [member]
