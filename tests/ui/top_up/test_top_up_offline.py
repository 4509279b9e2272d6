"""A top-up while HQ cannot be reached: the law counts all that the member last had."""

import pytest

from pos_app.ids import MemberId
from tests.shop import Shop
from tests.ui.checkout.far_hq import belongs_to_hq, hq_tells, value
from tests.ui.top_up.conftest import Desk


@pytest.fixture
def member(shop: Shop) -> MemberId:
    """Return a member with a little here and much at HQ."""
    belongs_to_hq(shop)
    member = shop.member()
    shop.top_up(member, 10_000)
    hq_tells(shop, member, *value(400_000))
    return member


def test_the_limit_counts_the_total_and_says_how_old_it_is(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.type_amount("1000")

    state = desk.page.shown.state
    assert [fact.value for fact in state.before] == ["¥4,115.00", "¥4,100.00", "¥15.00"]
    assert state.basis == "Offline: counted by the balance of 12:00."
    assert state.refusal is not None


def test_what_stands_afterwards_is_the_total_too(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.type_amount("100")

    assert [fact.value for fact in desk.page.shown.state.after] == [
        "¥4,225.00",
        "¥4,200.00",
        "¥25.00",
    ]


def test_online_the_total_needs_no_age(desk: Desk, shop: Shop, member: MemberId) -> None:
    shop.ledger.online = True

    desk.page.open(member)

    assert desk.page.shown.state.basis == ""
    assert desk.page.shown.state.before[0].value == "¥4,115.00"
