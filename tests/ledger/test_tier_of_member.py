"""How a tier follows is shown with every order, and the orders add up to the figures."""

from datetime import date, timedelta

import pytest

from pos_app.ids import MemberId
from pos_app.ledger.counter import open_member
from pos_app.ledger.rules.tier_standing import TierReason
from pos_app.ledger.store import link_rows, remote_rows
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.remote_rows import Remote
from pos_app.ledger.tier_account import TierOfMember, tier_of_member
from pos_app.ledger.tier_notice import told_notice
from pos_app.money import Growth, Money
from tests.ledger.till_hand import amount, give_back, noon, sell
from tests.shop import Shop

FALL = (
    '{"from": "GOLD", "growth_missing": 100, "on": "2026-07-01", "since": "2025-07-02",'
    ' "spend_missing": 50000, "to": "SILVER"}'
)


def hq_says(shop: Shop, member: MemberId, spend: int, growth: int, notice: str = "") -> None:
    """Let HQ have counted this much of a member, with everything that this till had told."""
    with shop.ledger.write() as book:
        seq = link_rows.head_seq(shop.ledger.read())
        told = Remote(book.now, seq, spend, growth, tier_notice=notice)
        remote_rows.keep_member(book, member, told, [])


def sums(read: TierOfMember) -> tuple[Money, Growth]:
    """Add up what the sheet lists."""
    spend = sum(one.spend.minor for one in read.orders) + read.spend_there.minor
    growth = sum(one.growth.minor for one in read.orders) + read.growth_there.minor
    return Money(spend), Growth(growth)


def test_every_order_and_return_is_listed_with_its_growth(shop: Shop) -> None:
    member = shop.member()
    shop.clock.at = noon("2026-06-20")
    sale = sell(shop, amount(600_000), member)
    sell(shop, amount(50_000), member)
    give_back(shop, sale, Money(100_000))

    read = tier_of_member(shop.ledger, member)

    assert [(one.kind, one.spend.minor, one.growth.minor) for one in read.orders] == [
        (Kind.REFUND, -100_000, -200),
        (Kind.SALE, 50_000, 100),
        (Kind.SALE, 600_000, 1_200),
    ]
    assert read.account.standing.code == open_member(shop.ledger, member).tier == "SILVER"
    assert sums(read) == (Money(550_000), Growth(1_100))
    assert sums(read) == (read.account.standing.figures.spend, read.account.standing.figures.growth)
    assert (read.as_of, read.spend_there) == (None, Money())


def test_what_hq_counted_elsewhere_is_one_line_with_its_moment(shop: Shop) -> None:
    member = shop.member()
    shop.clock.at = noon("2026-06-20")
    sell(shop, amount(60_000), member)
    hq_says(shop, member, 460_000, 920)
    sell(shop, amount(40_000), member)

    read = tier_of_member(shop.ledger, member)

    assert (read.spend_there, read.growth_there) == (Money(400_000), Growth(800))
    assert read.as_of == shop.clock.at
    assert sums(read) == (Money(500_000), Growth(1_000))
    assert read.account.standing.reason is TierReason.SPEND_AND_GROWTH
    assert open_member(shop.ledger, member).tier == "SILVER"


def test_an_order_that_left_the_window_is_no_longer_listed(shop: Shop) -> None:
    member = shop.member()
    shop.clock.at = noon("2026-06-20")
    sell(shop, amount(60_000), member)
    shop.clock.at = noon("2027-06-20")
    sell(shop, amount(10_000), member)

    read = tier_of_member(shop.ledger, member)

    assert [one.on for one in read.orders] == [date(2027, 6, 20)]
    assert read.account.standing.figures.since == date(2026, 6, 21)


@pytest.mark.parametrize(("bought", "missing"), [(10_000, (40_000, 80)), (50_000, None)])
def test_a_coming_fall_is_told_less_what_was_bought_since(
    shop: Shop, bought: int, missing: tuple[int, int] | None
) -> None:
    member = shop.member()
    shop.clock.at = noon("2026-06-20")
    hq_says(shop, member, 1_950_000, 4_900, FALL)
    sell(shop, amount(bought), member)

    notice = tier_of_member(shop.ledger, member).notice

    left = None if notice is None else (notice.spend_missing.minor, notice.growth_missing.minor)
    assert left == missing
    if notice is not None:
        assert (notice.falls_to, notice.review_on) == ("SILVER", date(2026, 7, 1))


def test_a_fall_whose_day_is_over_is_not_told(shop: Shop) -> None:
    member = shop.member()
    hq_says(shop, member, 0, 0, FALL)
    shop.clock.at = noon("2026-07-02")

    assert tier_of_member(shop.ledger, member).notice is None


def test_a_notice_that_cannot_be_read_is_refused_with_the_page() -> None:
    with pytest.raises(LookupError):
        told_notice({"tier_notice": "{}"})
    assert told_notice({}) == told_notice({"tier_notice": None}) == ""


def test_a_tier_waits_for_its_review_however_old_its_orders_are(shop: Shop) -> None:
    member = shop.member()
    sell(shop, amount(600_000), member)
    shop.clock.at += timedelta(days=400)

    account = tier_of_member(shop.ledger, member).account

    assert (account.standing.code, account.standing.reason) == ("SILVER", TierReason.HELD)
    assert account.standing.figures.spend == Money()
