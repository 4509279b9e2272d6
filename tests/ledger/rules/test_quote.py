"""A quote: what is due, who pays it, and what it earns."""

from dataclasses import replace
from datetime import datetime

import pytest

from pos_app.ledger.rules.basket import (
    BasketRefused,
    Order,
    Tender,
    Unfit,
    amount_only,
)
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.quote import Alternative
from pos_app.ledger.rules.wallet import NotCovered
from pos_app.money import BasisPoints, Growth, Money, Points
from tests.ledger.rules.till import (
    BASE,
    CASH,
    L1,
    MEMBER,
    MEMBER_DAY,
    PROGRAMME,
    SHANGHAI,
    STORED,
    WECHAT,
    asks,
    batch,
    column,
    coupon,
    line,
    lot,
    order,
    priced,
    share,
    spend,
)

RICH = replace(MEMBER, lots=(lot(L1, 50_000, 6_000),), batches=(batch("2027-01-31", 5_000),))


def test_without_tenders_everything_is_missing() -> None:
    answer = priced(order(line(1_000)), None)

    assert answer.missing == Money(1_000)
    assert answer.earns == Points(0)
    assert answer.programme == PROGRAMME.version


def test_a_line_is_split_into_units_with_the_missing_fen_first() -> None:
    answer = priced(order(line(3_333, 3)), replace(MEMBER, tier="DIAMOND"), MEMBER_DAY)

    assert column(answer, "goods") == [2_333, 2_333, 2_333]
    assert column(answer, "listed") == [3_333, 3_333, 3_333]
    assert answer.item_discount == Money(3_000)


def test_a_price_that_does_not_divide_gives_its_fen_to_the_lower_units() -> None:
    answer = priced(order(line(1_001, 4)), replace(MEMBER, tier="DIAMOND"), MEMBER_DAY)

    assert column(answer, "goods") == [701, 701, 700, 700]


def test_the_member_day_of_the_base_tier_reaches_designated_goods_only() -> None:
    answer = priced(order(line(1_001, designated=True), line(1_001)), BASE, MEMBER_DAY)

    assert column(answer, "goods") == [800, 1_001]
    assert answer.saved == Money(201)


def test_a_member_day_of_designated_goods_cannot_apply_to_an_amount() -> None:
    answer = priced(Order(amount_only(Money(1_000))), BASE, MEMBER_DAY)

    assert not answer.member_day


def test_a_member_day_of_the_whole_order_applies_to_an_amount() -> None:
    answer = priced(Order(amount_only(Money(1_000))), MEMBER, MEMBER_DAY)

    assert answer.due == Money(900)


@pytest.mark.parametrize(
    ("moment", "is_on"),
    [
        ("2026-03-28 03:59", False),
        ("2026-03-28 04:00", True),
        ("2026-03-29 03:59", True),
        ("2026-03-29 04:00", False),
    ],
)
def test_the_member_day_runs_by_the_business_day(moment: str, *, is_on: bool) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)

    answer = priced(order(line(1_000)), MEMBER, at)

    assert answer.member_day is is_on


def test_a_declined_member_day_is_named_as_what_else_could_be_had() -> None:
    answer = priced(order(line(1_000), member_day=False), MEMBER, MEMBER_DAY)

    assert answer.due == Money(1_000)
    assert answer.runner_up == Alternative("member_day", Money(100))


def test_a_member_day_wished_for_on_another_day_does_not_come() -> None:
    answer = priced(order(line(1_000), member_day=True), MEMBER)

    assert answer.due == Money(1_000)


def test_without_an_amount_stored_value_covers_what_it_can_and_the_rest_goes_outside() -> None:
    answer = priced(order(line(60_000), tenders=asks(STORED, WECHAT)), RICH)

    assert answer.lots == (spend(L1, 50_000, 6_000),)
    assert answer.externals == (share(WECHAT, 4_000),)


def test_the_taker_of_the_rest_leaves_stated_amounts_to_the_others() -> None:
    answer = priced(order(line(1_000), tenders=asks(WECHAT, (CASH, 300), Tender.CARD)), None)

    assert answer.externals == (share(WECHAT, 700), share(CASH, 300))


def test_amounts_above_what_is_open_are_cut() -> None:
    wanted = order(line(1_000), tenders=asks((WECHAT, 800), (CASH, 800), (Tender.CARD, 5)))

    answer = priced(wanted, None)

    assert answer.externals == (share(WECHAT, 800), share(CASH, 200))
    assert answer.missing == Money(0)


def test_what_the_tenders_do_not_cover_stays_missing() -> None:
    answer = priced(order(line(1_000), tenders=asks((WECHAT, 400))), None)

    assert answer.missing == Money(600)
    assert answer.payable == Money(1_000)


def test_two_asks_of_one_tender_are_one_share() -> None:
    answer = priced(order(line(1_000), tenders=asks((WECHAT, 400), WECHAT)), None)

    assert answer.externals == (share(WECHAT, 1_000),)


def test_two_asks_of_stored_value_share_one_wallet() -> None:
    answer = priced(order(line(60_000), tenders=asks((STORED, 50_000), STORED)), RICH)

    assert answer.stored_value == Money(56_000)
    assert answer.missing == Money(4_000)


def test_more_stored_value_than_there_is_is_refused() -> None:
    with pytest.raises(NotCovered) as refused:
        priced(order(line(60_000), tenders=asks((STORED, 56_001))), RICH)

    assert refused.value.usable_here == Money(56_000)


def test_a_negative_tender_is_refused() -> None:
    with pytest.raises(BasketRefused) as refused:
        priced(order(line(1_000), tenders=asks((CASH, -1))), None)

    assert refused.value.reason is Unfit.NEGATIVE_TENDER


def test_a_cash_part_below_the_rounding_unit_is_given() -> None:
    answer = priced(order(line(10_007), tenders=asks((WECHAT, 10_000), CASH)), None)

    assert answer.externals == (share(WECHAT, 10_000),)
    assert answer.rounding == Money(7)
    assert answer.missing == Money(0)


def test_a_stated_cash_part_is_rounded_down_by_itself() -> None:
    answer = priced(order(line(10_000), tenders=asks((CASH, 5_003), WECHAT)), None)

    assert answer.externals == (share(CASH, 5_000), share(WECHAT, 4_997))
    assert answer.rounding == Money(3)


def test_an_order_that_a_coupon_covers_costs_nothing_and_earns_nothing() -> None:
    holder = replace(BASE, coupons=(coupon("NEW5"),))

    answer = priced(order(line(500), tenders=asks(CASH)), holder)

    assert (answer.due, answer.missing, answer.externals) == (Money(0), Money(0), ())
    assert (answer.earns, answer.grows) == (Points(0), Growth(0))


def test_a_blacklisted_member_pays_with_stored_value_and_gains_nothing() -> None:
    holder = replace(RICH, status=Status.BLACKLISTED, tier="GOLD")

    answer = priced(order(line(10_000), tenders=asks(STORED)), holder, MEMBER_DAY)

    assert answer.stored_value == Money(10_000)
    assert answer.item_discount == Money(0)
    assert (answer.earns, answer.eligible, answer.multiplier) == (
        Points(0),
        Money(0),
        BasisPoints(0),
    )


def test_a_frozen_member_is_served_like_a_walk_in() -> None:
    holder = replace(RICH, status=Status.FROZEN)

    answer = priced(order(line(10_000), tenders=asks(STORED)), holder, MEMBER_DAY)

    assert answer.missing == Money(10_000)
    assert answer.most_points == Points(0)
    assert answer.earns == Points(0)


def test_a_basket_that_cannot_be_sold_has_no_quote() -> None:
    with pytest.raises(BasketRefused):
        priced(order(), None)
