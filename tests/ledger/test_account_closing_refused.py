"""When an account is not closed, and by which way the money may leave."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pos_app.ledger.account_closing import (
    AccountWanted,
    BankAccount,
    ClosingChanged,
    OtherHolder,
    WayForbidden,
    close_account,
)
from pos_app.ledger.closing_plan import (
    EVERYTHING,
    EndWrong,
    NothingToClose,
    RateWrong,
    Terms,
    ValueElsewhere,
    plan,
    wants_of_all,
)
from pos_app.ledger.grants import PIN
from pos_app.ledger.offline import OnlineOnly
from pos_app.ledger.rights import NeedsApproval, NotAllowed, StatusForbids
from pos_app.ledger.rules.closing import Cause
from pos_app.ledger.store.right_rows import Want
from pos_app.money import BasisPoints, Money
from pos_app.security.evidence import NotProved
from tests.ledger.closing_hand import (
    BANK,
    CASH_OUT,
    balance_of,
    close,
    far_away,
    member_of,
    planned,
    terms,
)
from tests.ledger.till_hand import (
    STORED,
    OpenShop,
    amount,
    head,
    sell,
)
from tests.people import cashier
from tests.shop import Shop, intent
from tests.ui.checkout.far_hq import belongs_to_hq, hq_tells, value
from tests.ui.parts.at_the_till import freeze

MERCHANT, CONSUMER = Cause.MERCHANT, Cause.CONSUMER


@pytest.fixture
def store(opening: OpenShop) -> Shop:
    return opening("2026-03-02")


def test_a_hundred_yuan_may_be_cash_and_more_may_not(store: Shop) -> None:
    small, large = member_of(store, paid=10_000), store.member("13900000001")
    store.top_up(large, 20_000)

    _, receipt = close(store, small, terms(store, CONSUMER), CASH_OUT)

    assert (receipt.way, receipt.account_tail) == (CASH_OUT, "")
    assert balance_of(store, "tender:S001:cash") == 10_000
    with pytest.raises(WayForbidden):
        close(store, large, terms(store, CONSUMER), CASH_OUT)


@pytest.mark.parametrize(
    ("account", "fact"),
    [
        (None, AccountWanted),
        (BankAccount("王晓明", "43x1"), AccountWanted),
        (BankAccount("王晓明", "321"), AccountWanted),
        (BankAccount("李明", "4321"), OtherHolder),
    ],
)
def test_a_transfer_goes_to_the_same_name_only(
    store: Shop, account: BankAccount | None, fact: type[Exception]
) -> None:
    _, wish = planned(store, member_of(store), terms(store, CONSUMER))

    with pytest.raises(fact):
        close_account(store.ledger, replace(wish, account=account))


def test_a_member_without_a_name_must_have_one_first(store: Shop) -> None:
    member = store.member(name="")
    store.top_up(member, 20_000)
    _, wish = planned(store, member, terms(store, CONSUMER))

    with pytest.raises(OtherHolder):
        close_account(store.ledger, replace(wish, account=BankAccount("", "4321")))


def test_nothing_to_pay_out_needs_no_account(store: Shop) -> None:
    member = member_of(store, 56_000, 56_000)
    store.clock.go(days=30)
    _, wish = planned(store, member, terms(store, CONSUMER))

    receipt = close_account(store.ledger, replace(wish, account=None, way=BANK))

    assert (receipt.payout, receipt.kept) == (Money(), Money(2_609))


def test_it_takes_a_manager_a_second_one_and_the_members_proof(
    store: Shop,
) -> None:
    member, clerk = member_of(store), cashier(store)
    _, wish = planned(store, member, terms(store, CONSUMER))
    before = head(store)

    with pytest.raises(NotAllowed):
        close_account(store.ledger, replace(wish, operator=clerk))
    with pytest.raises(NeedsApproval):
        close_account(store.ledger, replace(wish, approval=None))
    with pytest.raises(NotProved):
        close_account(store.ledger, replace(wish, evidence=None))
    with pytest.raises(NotProved):
        close_account(store.ledger, replace(wish, intent=intent()))
    assert head(store) == before


def test_what_was_agreed_to_is_what_is_done(store: Shop) -> None:
    member = member_of(store)
    shown, wish = planned(store, member, terms(store, CONSUMER))
    sell(store, amount(1_000, STORED), member)

    with pytest.raises(ClosingChanged) as told:
        close_account(store.ledger, wish)

    assert told.value.fresh.closing.refund == Money(99_000)
    assert shown.closing.refund == Money(100_000)


def test_a_frozen_account_is_not_closed(shop: Shop) -> None:
    member = member_of(shop)
    freeze(shop, member)

    with pytest.raises(StatusForbids):
        plan(shop.ledger, member, terms(shop, CONSUMER))
    with pytest.raises(StatusForbids):
        wants_of_all(shop.ledger, member)


def test_nobody_closes_an_empty_account(shop: Shop) -> None:
    member = shop.member()

    with pytest.raises(NothingToClose):
        plan(shop.ledger, member, terms(shop, CONSUMER))


@pytest.mark.parametrize("days_ago", [-1, 11])
def test_the_contract_ended_after_the_last_top_up_and_not_tomorrow(
    store: Shop, days_ago: int
) -> None:
    member = member_of(store)
    store.clock.go(days=10)
    asked = replace(
        terms(store, CONSUMER), ended_on=store.ledger.today() - timedelta(days=days_ago)
    )

    with pytest.raises(EndWrong):
        plan(store.ledger, member, asked)


@pytest.mark.parametrize("rate", [-1, 1_001])
def test_a_rate_that_never_was_is_refused(store: Shop, rate: int) -> None:
    member = member_of(store)
    asked = Terms(CONSUMER, store.ledger.today(), BasisPoints(rate))

    with pytest.raises(RateWrong):
        plan(store.ledger, member, asked)


def test_closing_waits_for_hq_and_only_for_it(shop: Shop) -> None:
    member = member_of(shop)
    belongs_to_hq(shop)
    asked = terms(shop, CONSUMER)

    with pytest.raises(OnlineOnly):
        wants_of_all(shop.ledger, member)
    with pytest.raises(OnlineOnly):
        plan(shop.ledger, member, asked)

    shop.ledger.online = True
    assert plan(shop.ledger, member, asked).closing.refund == Money(100_000)


def test_every_lot_has_to_be_here_first(shop: Shop) -> None:
    member = member_of(shop)
    belongs_to_hq(shop)
    shop.ledger.online = True
    hq_tells(shop, member, *value(40_000, 6_000))

    with pytest.raises(ValueElsewhere) as told:
        plan(shop.ledger, member, terms(shop, CONSUMER))

    assert (told.value.at_hq, told.value.at_others) == (Money(46_000), Money())
    assert wants_of_all(shop.ledger, member) == (Want("CNY", EVERYTHING, 46_000),)


def test_what_another_till_holds_is_told(shop: Shop) -> None:
    member = member_of(shop)
    belongs_to_hq(shop)
    shop.ledger.online = True
    far_away(shop, member, elsewhere=700)

    with pytest.raises(ValueElsewhere) as told:
        plan(shop.ledger, member, terms(shop, CONSUMER))

    assert (told.value.at_hq, told.value.at_others) == (Money(), Money(700))


def test_a_pin_that_only_hq_can_give_is_asked_for_alone(shop: Shop) -> None:
    member = member_of(shop)
    belongs_to_hq(shop)
    shop.ledger.online = True
    far_away(shop, member, has_pin=True)

    assert wants_of_all(shop.ledger, member) == (PIN,)


def test_a_till_of_its_own_asks_nobody(shop: Shop) -> None:
    assert wants_of_all(shop.ledger, member_of(shop)) == ()
