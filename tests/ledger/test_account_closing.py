"""Closing an account at the counter: the figures of D-22, every fen accounted for, once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_app.ledger import statements
from pos_app.ledger.account_closing import (
    close_account,
)
from pos_app.ledger.closing_plan import (
    plan,
)
from pos_app.ledger.counter import open_member
from pos_app.ledger.rules.closing import Cause, Ground
from pos_app.ledger.slip_state import pending_slips
from pos_app.ledger.slips import receipt_at
from pos_app.ledger.store.event import Kind
from pos_app.money import Money
from tests.ledger.book_rows import derived_tables, first_fault
from tests.ledger.closing_hand import (
    DEPOSIT,
    LPR,
    balance_of,
    close,
    member_of,
    planned,
    terms,
)
from tests.ledger.till_hand import (
    STORED,
    OpenShop,
    amount,
    give_back,
    head,
    lots,
    sell,
)
from tests.shop import Shop

MERCHANT, CONSUMER = Cause.MERCHANT, Cause.CONSUMER


@pytest.fixture
def store(opening: OpenShop) -> Shop:
    return opening("2026-03-02")


def test_d22_the_merchants_cause_pays_60000_and_148_of_interest(store: Shop) -> None:
    member = member_of(store, 46_000)
    store.clock.go(days=90)

    shown, receipt = close(store, member, terms(store, MERCHANT, LPR, days_ago=30))

    assert (receipt.refund, receipt.interest) == (Money(60_000), Money(148))
    assert (receipt.payout, receipt.cancelled, receipt.kept) == (
        Money(60_148),
        Money(9_000),
        Money(),
    )
    assert shown.lots[0].outcome.ground is Ground.MERCHANT
    assert balance_of(store, "tender:S001:bank") == 60_148
    assert balance_of(store, "interest_expense") == -148
    assert lots(store, member) == []


def test_d22_the_consumers_choice_pays_54000_and_34_of_interest(store: Shop) -> None:
    member = member_of(store, 46_000)
    store.clock.go(days=90)

    _, receipt = close(store, member, terms(store, CONSUMER, DEPOSIT, days_ago=15))

    assert (receipt.refund, receipt.interest) == (Money(54_000), Money(34))
    assert (receipt.kept, receipt.cancelled) == (Money(6_000), Money(9_000))
    assert balance_of(store, "closing:S001") == 6_000
    assert lots(store, member) == []


def test_d22_within_seven_days_and_unused_100000_come_back_and_the_bonus_is_cancelled(
    store: Shop,
) -> None:
    member = member_of(store)
    given = balance_of(store, "bonus_expense")
    store.clock.go(days=7)

    shown, receipt = close(store, member, terms(store, CONSUMER, DEPOSIT))

    assert (receipt.refund, receipt.interest) == (Money(100_000), Money())
    assert receipt.cancelled == Money(15_000)
    assert (given, balance_of(store, "bonus_expense")) == (-15_000, 0)
    assert shown.closing.pay_by == store.ledger.today() + timedelta(days=5)


@pytest.mark.parametrize(("cause", "refund", "kept"), [(CONSUMER, 0, 2_609), (MERCHANT, 2_609, 0)])
def test_d22_beyond_what_was_paid_nothing_is_claimed(
    store: Shop, cause: Cause, refund: int, kept: int
) -> None:
    member = member_of(store, 56_000, 56_000)
    store.clock.go(days=30)

    _, receipt = close(store, member, terms(store, cause))

    assert (receipt.refund, receipt.payout) == (Money(refund), Money(refund))
    assert (receipt.kept, receipt.cancelled) == (Money(kept), Money(391))


def test_points_coupons_and_membership_stay(store: Shop) -> None:
    member = member_of(store, 46_000)
    before = open_member(store.ledger, member)

    close(store, member, terms(store, MERCHANT))
    after = open_member(store.ledger, member)

    assert before.points.minor > 0
    assert (after.points, after.tier, after.status) == (before.points, before.tier, before.status)
    assert after.balance == Money()


def test_a_closing_happens_once_however_often_it_is_sent(store: Shop) -> None:
    member = member_of(store, 46_000)
    _, wish = planned(store, member, terms(store, CONSUMER))

    first = close_account(store.ledger, wish)
    second = close_account(store.ledger, wish)

    assert first == second
    assert balance_of(store, "tender:S001:bank") == 54_000


def test_the_statement_and_the_slip_tell_of_it(store: Shop) -> None:
    member = member_of(store, 46_000)

    _, receipt = close(store, member, terms(store, CONSUMER))
    line = statements.stored_value(store.ledger, member)[0]

    assert (line.kind, line.slip) == (Kind.ACCOUNT_CLOSE, receipt.stamp.slip)
    assert (line.principal, line.bonus) == (Money(-60_000), Money(-9_000))
    assert line.principal_after + line.bonus_after == Money()
    assert receipt.stamp.seq in pending_slips(store.ledger)
    assert receipt_at(store.ledger, receipt.stamp.seq) == receipt
    assert receipt.account_tail == "4321"


def test_the_account_holder_never_enters_the_chain(store: Shop) -> None:
    member = member_of(store)

    _, receipt = close(store, member, terms(store, CONSUMER))
    payload, data = (
        store.ledger.read()
        .execute(
            "SELECT j.payload, s.data FROM journal j JOIN sidecar s ON s.event_id = j.event_id"
            " WHERE j.seq = ?",
            (receipt.stamp.seq,),
        )
        .fetchone()
    )

    assert "王晓明" in data.decode()
    assert "4321" in data.decode()
    assert "王晓明" not in payload.decode()
    assert "4321" not in payload.decode().replace(receipt.stamp.event_id.hex, "")


def test_goods_known_before_end_the_cooling_off(store: Shop) -> None:
    member = member_of(store)
    asked = replace(terms(store, MERCHANT), goods_known_before=True)

    shown = plan(store.ledger, member, asked)

    assert shown.lots[0].outcome.ground is Ground.MERCHANT


def test_what_comes_back_of_older_sales_is_stored_value_again_and_closes_as_it_is(
    store: Shop,
) -> None:
    member = store.member()
    store.top_up(member, 100_000)
    sale = sell(store, amount(46_000, STORED), member)
    close(store, member, terms(store, CONSUMER))

    give_back(store, sale)
    again = lots(store, member)
    shown, receipt = close(store, member, terms(store, CONSUMER))

    assert again == [(40_000, 6_000)]
    assert shown.lots[0].anew
    assert (receipt.refund, receipt.kept, receipt.cancelled) == (
        Money(40_000),
        Money(),
        Money(6_000),
    )


def test_a_book_made_anew_is_the_same(store: Shop) -> None:
    member = member_of(store, 46_000)
    close(store, member, terms(store, CONSUMER, DEPOSIT))
    before = derived_tables(store.ledger)

    with store.ledger.write() as book:
        book.rebuild()

    assert derived_tables(store.ledger) == before


@given(
    tops=st.lists(st.sampled_from([10_000, 35_000, 50_000, 100_000]), min_size=1, max_size=3),
    buys=st.lists(st.integers(1, 60_000), max_size=4),
    cause=st.sampled_from(Cause),
    waited=st.integers(0, 12),
)
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_paid_out_kept_and_cancelled_are_the_lots_to_the_fen(
    shop: Shop, tops: list[int], buys: list[int], cause: Cause, waited: int
) -> None:
    member = shop.member(f"139{head(shop):08d}")
    for fen in tops:
        shop.top_up(member, fen)
    sales = []
    for fen in buys:
        if fen <= sum(sum(lot) for lot in lots(shop, member)):
            sales.append(sell(shop, amount(fen, STORED), member))
            shop.clock.go(days=1)
    for sale in sales[::2]:
        give_back(shop, sale, Money(max(sale.payable.minor // 3, 1)))
    held = sum(sum(lot) for lot in lots(shop, member))
    shop.clock.go(days=waited)

    _, receipt = close(shop, member, terms(shop, cause, LPR, days_ago=0))

    assert receipt.refund + receipt.kept + receipt.cancelled == Money(held)
    assert lots(shop, member) == []
    assert first_fault(shop.ledger) == ""
