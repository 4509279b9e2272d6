"""Closing an account at the counter: the figures of D-22, every fen accounted for, once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_app.ids import MemberId
from pos_app.ledger import statements
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
from pos_app.ledger.counter import open_member
from pos_app.ledger.grants import PIN
from pos_app.ledger.offline import OnlineOnly
from pos_app.ledger.rights import NeedsApproval, NotAllowed, StatusForbids
from pos_app.ledger.rules.closing import Cause, Ground
from pos_app.ledger.slip_state import pending_slips
from pos_app.ledger.slips import receipt_at
from pos_app.ledger.store import remote_rows
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.remote_rows import Remote
from pos_app.ledger.store.right_rows import Want
from pos_app.money import BasisPoints, Money
from pos_app.security.evidence import NotProved
from tests.ledger.book_rows import derived_tables, first_fault
from tests.ledger.closing_hand import BANK, CASH_OUT, DEPOSIT, LPR, close, planned, terms
from tests.ledger.till_hand import (
    STORED,
    OpenShop,
    amount,
    give_back,
    head,
    lots,
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


def member_of(shop: Shop, *spent: int, paid: int = 100_000) -> MemberId:
    """Return a member with one top-up, of which some was spent."""
    member = shop.member()
    shop.top_up(member, paid)
    for fen in spent:
        sell(shop, amount(fen, STORED), member)
        shop.clock.go(days=1)
    return member


def far_away(shop: Shop, member: MemberId, *, elsewhere: int = 0, has_pin: bool = False) -> None:
    """Let HQ have told of a member what lies neither here nor at HQ."""
    with shop.ledger.write() as book:
        tag = "chosen elsewhere" if has_pin else ""
        told = Remote(book.now, book.head.seq, 0, 0, elsewhere, tag)
        remote_rows.keep_member(book, member, told, ())


def balance_of(shop: Shop, code: str) -> int:
    row = (
        shop.ledger.read()
        .execute(
            "SELECT b.amount FROM account a JOIN balance b ON b.account = a.id WHERE a.code = ?",
            (code,),
        )
        .fetchone()
    )
    return 0 if row is None else int(row[0])


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
