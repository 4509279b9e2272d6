"""Closing a stored-value account pays what the law says, to the fen."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.closing import (
    Cause,
    ClosingLot,
    ClosingWish,
    Ground,
    LotClosing,
    close_account,
    close_lot,
    interest_on,
)
from pos_app.ledger.rules.prepaid_law import PayoutWay
from pos_app.ledger.rules.programme import Programme, parse_programme
from pos_app.ledger.rules.wallet import spend_lots
from pos_app.money import BasisPoints, Money
from tests.ledger.rules.shipped_programme import changed
from tests.ledger.rules.till import L1, L2, PROGRAMME, day, lot

PROPORTIONAL = parse_programme(changed("stored_value.refund_consumer_cause", '"proportional"'))
ENDED = day("2026-06-01")
MERCHANT = ClosingWish(Cause.MERCHANT, ENDED, ENDED + timedelta(days=30))
CONSUMER = ClosingWish(Cause.CONSUMER, ENDED, ENDED + timedelta(days=15))
LPR, DEPOSIT = BasisPoints(300), BasisPoints(150)


def topped_up(
    spent: int, rate: BasisPoints = DEPOSIT, paid_on: str = "2026-01-05", listed: int | None = None
) -> ClosingLot:
    shown = spent if listed is None else listed
    paid, bonus = Money(100_000), Money(15_000)
    return ClosingLot(L1, paid, bonus, Money(spent), Money(shown), day(paid_on), rate)


def test_d22_the_merchants_cause_pays_the_unused_share_of_what_was_paid_and_interest() -> None:
    closed = close_lot(topped_up(46_000, LPR), MERCHANT, PROGRAMME)

    assert closed == LotClosing(
        lot=L1,
        ground=Ground.MERCHANT,
        consumed=Money(40_000),
        refund=Money(60_000),
        rate=LPR,
        days=30,
        interest=Money(148),
        lapses=Money(9_000),
        unclaimed=Money(),
        pay_by=ENDED + timedelta(days=15),
    )


def test_d22_the_consumers_choice_pays_what_list_price_left() -> None:
    closed = close_lot(topped_up(46_000), CONSUMER, PROGRAMME)

    assert (closed.ground, closed.consumed) == (Ground.CONSUMER, Money(46_000))
    assert (closed.refund, closed.interest, closed.days) == (Money(54_000), Money(34), 15)
    assert closed.lapses == Money(15_000)


def test_d22_a_more_generous_programme_pays_the_consumer_pro_rata() -> None:
    closed = close_lot(topped_up(46_000), CONSUMER, PROPORTIONAL)

    assert (closed.ground, closed.refund) == (Ground.PROPORTIONAL, Money(60_000))


def test_d22_within_seven_days_and_unused_the_principal_comes_back_whole() -> None:
    closed = close_account([topped_up(0, paid_on="2026-05-25")], CONSUMER, PROGRAMME)

    assert closed.lots[0].ground is Ground.COOL_OFF
    assert (closed.refund, closed.interest) == (Money(100_000), Money())
    assert closed.lots[0].lapses == Money(15_000)
    assert closed.pay_by == ENDED + timedelta(days=5)


@pytest.mark.parametrize(
    ("unused", "wish"),
    [
        (topped_up(0, paid_on="2026-05-24"), CONSUMER),
        (topped_up(1, paid_on="2026-05-31"), CONSUMER),
        (topped_up(0, paid_on="2026-05-31"), replace(CONSUMER, goods_known_before=True)),
    ],
)
def test_there_is_no_cooling_off_after_seven_days_use_or_an_earlier_purchase(
    unused: ClosingLot, wish: ClosingWish
) -> None:
    closed = close_lot(unused, wish, PROGRAMME)

    assert closed.ground is Ground.CONSUMER
    assert closed.pay_by == ENDED + timedelta(days=15)


def test_d22_what_was_consumed_beyond_the_payment_is_not_claimed() -> None:
    by_choice = close_lot(topped_up(112_000), CONSUMER, PROGRAMME)
    by_cause = close_lot(topped_up(112_000, LPR), MERCHANT, PROGRAMME)

    assert (by_choice.refund, by_choice.unclaimed) == (Money(), Money(12_000))
    assert by_choice.consumed == Money(100_000)
    assert (by_cause.refund, by_cause.unclaimed) == (Money(2_609), Money())


def test_d22_the_principal_left_in_a_lot_is_the_refund_of_the_merchants_cause() -> None:
    (taken,) = spend_lots((lot(L1, 100_000, 15_000),), Money(46_000))

    left = (Money(100_000) - taken.principal, Money(15_000) - taken.bonus)

    assert left == (Money(60_000), Money(9_000))
    assert close_lot(topped_up(46_000, LPR), MERCHANT, PROGRAMME).refund == left[0]


def test_goods_bought_at_a_discount_count_at_list_price_only_for_the_consumers_choice() -> None:
    bought = topped_up(36_800, listed=46_000)

    by_choice = close_lot(bought, CONSUMER, PROGRAMME)
    by_cause = close_lot(bought, MERCHANT, PROGRAMME)

    assert by_choice.refund == Money(54_000)
    assert by_cause.refund == Money(68_000)


def test_a_list_price_below_what_was_taken_is_not_believed() -> None:
    assert close_lot(topped_up(46_000, listed=0), CONSUMER, PROGRAMME).refund == Money(54_000)


def test_every_top_up_is_a_contract_of_its_own() -> None:
    drained, untouched = topped_up(115_000), replace(topped_up(0), id=L2)

    closed = close_account([drained, untouched], CONSUMER, PROGRAMME)

    assert [one.refund.minor for one in closed.lots] == [0, 100_000]
    assert closed.refund == Money(100_000)


def test_up_to_100_yuan_may_be_cash_and_interest_counts() -> None:
    exact = ClosingLot(L1, Money(10_000), Money(), Money(), Money(), day("2026-01-05"), DEPOSIT)
    at_once = replace(CONSUMER, paid_out_on=ENDED)

    assert PayoutWay.CASH in close_account([exact], at_once, PROGRAMME).ways
    later = close_account([exact], CONSUMER, PROGRAMME)
    assert later.payout == Money(10_007)
    assert later.ways == frozenset({PayoutWay.SAME_NAME_ACCOUNT})


def test_an_account_without_top_ups_pays_nothing() -> None:
    closed = close_account([], MERCHANT, PROGRAMME)

    assert (closed.payout, closed.pay_by) == (Money(), ENDED + timedelta(days=15))


def test_a_lot_that_brought_nothing_gives_nothing() -> None:
    empty = ClosingLot(L1, Money(), Money(), Money(), Money(), day("2026-01-05"), LPR)

    assert close_lot(empty, MERCHANT, PROGRAMME).refund == Money()


def test_interest_is_rounded_up_and_never_negative() -> None:
    assert interest_on(Money(1), BasisPoints(1), 1) == Money(1)
    assert interest_on(Money(0), LPR, 30) == Money(0)


def test_who_is_paid_before_the_end_gets_no_interest() -> None:
    early = replace(MERCHANT, paid_out_on=ENDED - timedelta(days=1))

    assert close_lot(topped_up(46_000, LPR), early, PROGRAMME).interest == Money()


@st.composite
def closing_lots(draw: st.DrawFn) -> ClosingLot:
    paid, bonus = draw(st.integers(0, 500_000)), draw(st.integers(0, 100_000))
    spent = draw(st.integers(0, paid + bonus))
    listed = spent + draw(st.integers(0, 100_000)) if spent else 0
    paid_on = ENDED - timedelta(days=draw(st.integers(0, 20)))
    rate = BasisPoints(draw(st.integers(0, 2_000)))
    return ClosingLot(L1, Money(paid), Money(bonus), Money(spent), Money(listed), paid_on, rate)


def naive(lot: ClosingLot, wish: ClosingWish, *, generous: bool) -> tuple[int, int]:
    """Work out refund and interest as the articles read, in fractions."""
    paid, bonus = Fraction(lot.paid.minor), Fraction(lot.bonus.minor)
    within_a_week = lot.paid_on >= wish.ended_on - timedelta(days=7)
    if within_a_week and lot.spent == Money() and not wish.goods_known_before:
        return int(paid), 0
    if wish.cause is Cause.CONSUMER and not generous:
        refund = max(0, int(paid) - lot.listed.minor)
    elif paid + bonus == 0:
        refund = 0
    else:
        refund = ceil(paid - lot.spent.minor * paid / (paid + bonus))
    days = (wish.paid_out_on - wish.ended_on).days
    return refund, ceil(refund * Fraction(lot.rate.value, 10_000) * Fraction(days, 365))


@given(
    st.lists(closing_lots(), max_size=4),
    st.builds(
        ClosingWish,
        cause=st.sampled_from(Cause),
        ended_on=st.just(ENDED),
        paid_out_on=st.integers(0, 400).map(lambda days: ENDED + timedelta(days=days)),
        goods_known_before=st.booleans(),
    ),
    st.sampled_from([PROGRAMME, PROPORTIONAL]),
)
def test_every_closing_agrees_with_the_articles_worked_out_by_hand(
    lots: list[ClosingLot], wish: ClosingWish, rules: Programme
) -> None:

    closed = close_account(lots, wish, rules)

    by_hand = [naive(one, wish, generous=rules is PROPORTIONAL) for one in lots]
    assert [(one.refund.minor, one.interest.minor) for one in closed.lots] == by_hand
    assert closed.payout.minor == sum(refund + interest for refund, interest in by_hand)


@given(closing_lots(), st.sampled_from(Cause), st.sampled_from([PROGRAMME, PROPORTIONAL]))
def test_no_bonus_is_ever_paid_out_and_nothing_is_negative(
    lot_: ClosingLot, cause: Cause, rules: Programme
) -> None:
    closed = close_lot(lot_, ClosingWish(cause, ENDED, ENDED), rules)

    assert Money() <= closed.refund <= min(lot_.paid, lot_.unused)
    assert closed.lapses + closed.refund == lot_.unused
    assert closed.unclaimed >= Money()
