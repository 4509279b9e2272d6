"""A manager gives a tier up to a day; it counts at once and ends by itself."""

from datetime import date, timedelta

import pytest

from pos_app.ids import MemberId
from pos_app.ledger import members
from pos_app.ledger.counter import open_member, price
from pos_app.ledger.member_profile import profile
from pos_app.ledger.member_tier import TierDayRefused, TierWish, give_tier
from pos_app.ledger.names import RemarkRefused
from pos_app.ledger.offline import OnlineOnly
from pos_app.ledger.rights import NotAllowed
from pos_app.ledger.rules.tier_standing import ManualTier, TierReason
from pos_app.ledger.store.rebuild import rebuild
from pos_app.ledger.tier_account import tier_of_member
from tests.ledger.till_hand import amount, goods, head, noon, sell
from tests.people import cashier
from tests.shop import Shop, intent
from tests.ui.checkout.far_hq import belongs_to_hq

LAST = date(2026, 6, 28)


def give(shop: Shop, member: MemberId, until: date = LAST, code: str = "DIAMOND") -> TierWish:
    wish = TierWish(member, ManualTier(code, until), "press trip", intent())
    give_tier(shop.ledger, wish, operator=shop.manager)
    return wish


def test_a_given_tier_counts_from_the_next_order_everywhere_on_screen(shop: Shop) -> None:
    member = shop.member()
    give(shop, member)

    found = members.find_exact(shop.ledger, "13812340217")
    read = tier_of_member(shop.ledger, member)

    assert open_member(shop.ledger, member).tier == "DIAMOND"
    assert (profile(shop.ledger, member).tier, profile(shop.ledger, member).given_until) == (
        "DIAMOND",
        LAST,
    )
    assert found is not None
    assert found.tier == "DIAMOND"
    assert (read.account.standing.reason, read.given_for) == (TierReason.MANUAL, "press trip")
    receipt = sell(shop, amount(1_000), member)
    assert receipt.stamp.member is not None
    assert receipt.stamp.member.tier_name == shop.ledger.programme.tier_named("DIAMOND").name


def test_the_member_day_gives_what_the_given_tier_has_until_its_last_day(shop: Shop) -> None:
    member = shop.member()
    plain = price(shop.ledger, goods(10_000), member).due
    give(shop, member)
    shop.clock.at = noon("2026-06-28")
    given = price(shop.ledger, goods(10_000), member).due
    shop.clock.at = noon("2026-07-28")
    after = price(shop.ledger, goods(10_000), member).due

    assert (plain.minor, given.minor) == (10_000, 7_000)
    assert after.minor > given.minor
    assert open_member(shop.ledger, member).tier == "BASE"
    assert profile(shop.ledger, member).given_until is None
    assert tier_of_member(shop.ledger, member).account.manual is None


def test_what_was_given_can_be_ended_and_the_file_can_be_rebuilt(shop: Shop) -> None:
    member = shop.member()
    first = give(shop, member)
    give_tier(shop.ledger, TierWish(member, None, "over", intent()), operator=shop.manager)
    before = head(shop)
    give_tier(shop.ledger, first, operator=shop.manager)

    assert head(shop) == before
    assert open_member(shop.ledger, member).tier == "BASE"
    give(shop, member)
    with shop.ledger.write() as book:
        rebuild(book)
    assert open_member(shop.ledger, member).tier == "DIAMOND"


@pytest.mark.parametrize("until", [date(2026, 6, 14), date(2026, 6, 15) + timedelta(days=367)])
def test_a_day_that_is_over_or_too_far_away_is_refused(shop: Shop, until: date) -> None:
    member = shop.member()

    with pytest.raises(TierDayRefused) as refused:
        give(shop, member, until)

    assert refused.value.first == date(2026, 6, 15)


def test_a_cashier_gives_no_tier_and_nobody_does_without_a_reason(shop: Shop) -> None:
    member = shop.member()
    wish = TierWish(member, ManualTier("GOLD", LAST), "friend", intent())

    with pytest.raises(NotAllowed):
        give_tier(shop.ledger, wish, operator=cashier(shop))
    with pytest.raises(RemarkRefused):
        give_tier(shop.ledger, TierWish(member, wish.given, " ", intent()), operator=shop.manager)


def test_hq_must_be_reached(shop: Shop) -> None:
    member = shop.member()
    belongs_to_hq(shop)
    shop.ledger.online = False

    with pytest.raises(OnlineOnly):
        give(shop, member)
