"""Floor-limit credit: what it gives, why it gives nothing, and the most that it can lose."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ids import LotId
from pos_app.ledger.rules.basket import BasketRefused, Tender, TenderAsk, TenderShare, Unfit
from pos_app.ledger.rules.credit import (
    Borrower,
    CreditGiven,
    CreditRoom,
    NoCredit,
    credit_room,
    left_here,
    most_lost,
)
from pos_app.ledger.rules.holder import Holder, Status
from pos_app.ledger.rules.payment import settle
from pos_app.ledger.rules.programme import parse_programme
from pos_app.ledger.rules.programme_limits import OfflineCredit
from pos_app.ledger.rules.quote import quote
from pos_app.ledger.rules.refund import after_return, plan_refund
from pos_app.ledger.rules.refund_legs import legs_of
from pos_app.ledger.rules.sale_record import quote_body, sold_from
from pos_app.ledger.rules.wallet import Lot
from pos_app.money import Money, Points
from tests.ledger.rules.shipped_programme import DOCUMENT
from tests.ledger.till_hand import amount, goods

RULES = OfflineCredit(enabled=True, per_payment_fen=5_000, per_terminal_fen=12_000, consecutive=3)
OFF = RULES.model_copy(update={"enabled": False})
GOOD = Borrower(at_hq=Money(90_000), pin_here=True)
PROGRAMME = parse_programme(DOCUMENT)
AT = datetime(2026, 6, 17, 4, tzinfo=UTC)
STORED = TenderAsk(Tender.STORED_VALUE)
MONEY = st.integers(0, 20_000).map(Money)


@pytest.mark.parametrize(
    ("rules", "before", "member", "reachable", "reason"),
    [
        (OFF, CreditGiven(), GOOD, False, NoCredit.OFF),
        (RULES, CreditGiven(), GOOD, True, NoCredit.REACHABLE),
        (RULES, CreditGiven(), Borrower(Status.FROZEN), False, NoCredit.STATUS),
        (RULES, CreditGiven(), Borrower(Status.BLACKLISTED), False, NoCredit.STATUS),
        (RULES, CreditGiven(), Borrower(at_hq=Money(1)), False, NoCredit.NO_PIN),
        (RULES, CreditGiven(Money(3), 3), GOOD, False, NoCredit.IN_A_ROW),
        (RULES, CreditGiven(Money(12_000), 2), GOOD, False, NoCredit.TERMINAL),
        (
            RULES,
            CreditGiven(),
            Borrower(owes=Money(5_000), at_hq=Money(90_000), pin_here=True),
            False,
            NoCredit.OWES,
        ),
        (RULES, CreditGiven(), Borrower(pin_here=True), False, NoCredit.NOTHING_AT_HQ),
    ],
)
def test_credit_that_is_not_given_has_its_reason(
    rules: OfflineCredit,
    before: CreditGiven,
    member: Borrower,
    reachable: bool,  # noqa: FBT001 -- a column of the table
    reason: NoCredit,
) -> None:
    assert credit_room(rules, before, member, reachable=reachable) == CreditRoom(reason=reason)


@pytest.mark.parametrize(
    ("given_before", "owes", "at_hq", "most"),
    [
        (0, 0, 90_000, 5_000),
        (8_000, 0, 90_000, 4_000),
        (0, 2_000, 90_000, 3_000),
        (0, 2_000, 2_500, 500),
    ],
)
def test_the_tightest_of_the_bounds_counts(
    given_before: int, owes: int, at_hq: int, most: int
) -> None:
    member = Borrower(owes=Money(owes), at_hq=Money(at_hq), pin_here=True)

    room = credit_room(RULES, CreditGiven(Money(given_before), 1), member, reachable=False)

    assert room == CreditRoom(Money(most))


def test_a_terminal_says_what_it_may_still_give() -> None:
    assert left_here(RULES, CreditGiven(Money(2_000), 1)) == Money(10_000)
    assert left_here(RULES, CreditGiven(Money(13_000), 1)) == Money()
    assert left_here(RULES, CreditGiven(Money(1), 3)) == Money()
    assert left_here(OFF, CreditGiven()) == Money()


def test_the_most_that_can_be_lost_is_bounded_by_terminals_and_by_their_members() -> None:
    assert most_lost(RULES, [1, 2, 1_000]) == Money(5_000 + 10_000 + 12_000)
    assert most_lost(RULES, []) == Money()
    assert most_lost(OFF, [1_000]) == Money()


@given(
    wishes=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(1, 8_000))),
    rows=st.integers(1, 9),
)
def test_whatever_is_asked_no_more_is_given_than_was_said_could_be_lost(
    wishes: list[tuple[int, int, int]], rows: int
) -> None:
    rules = RULES.model_copy(update={"consecutive": rows})
    out: dict[tuple[int, int], int] = {}
    for who, where, fen in wishes:
        here = {one: sum_ for (one, at), sum_ in out.items() if at == where}
        owes = sum(sum_ for (one, _at), sum_ in out.items() if one == who)
        before = CreditGiven(Money(sum(here.values())), len(here))
        member = Borrower(owes=Money(owes), at_hq=Money(90_000), pin_here=True)
        room = credit_room(rules, before, member, reachable=False)
        assert (room.reason is None) == bool(room.most)
        out[who, where] = here.get(who, 0) + min(fen, room.most.minor)

    assert sum(out.values()) <= most_lost(rules, [4, 4, 4]).minor


def test_credit_covers_all_that_stored_value_lacks_or_nothing() -> None:
    lots = [Lot(LotId(UUID(int=1)), Money(3_000), Money())]

    covered = settle(Money(5_000), [STORED], lots, 10, Money(2_000))
    short = settle(Money(5_001), [STORED], lots, 10, Money(2_000))
    other = settle(Money(5_000), [STORED, TenderAsk(Tender.CASH)], lots, 10, Money(2_000))
    cash = settle(Money(5_000), [TenderAsk(Tender.CASH, Money(1_000))], lots, 10, Money(9_000))

    assert (covered.principal, covered.missing) == (Money(3_000), Money())
    assert covered.externals == (TenderShare(Tender.CREDIT, Money(2_000)),)
    assert (short.missing, short.externals) == (Money(2_001), ())
    assert other.externals == (TenderShare(Tender.CASH, Money(2_000)),)
    assert cash.missing == Money(4_000)


def test_nobody_asks_for_credit() -> None:
    with pytest.raises(BasketRefused) as refused:
        settle(Money(1), [TenderAsk(Tender.CREDIT)], (), 10, Money(9_000))

    assert refused.value.reason is Unfit.CREDIT_ASKED


def holder(status: Status = Status.NORMAL) -> Holder:
    lots = (Lot(LotId(UUID(int=1)), Money(3_000), Money(1_000)),)
    return Holder("silver", lots, credit=Money(5_000), status=status)


def test_credit_is_proved_and_earns_nothing() -> None:
    shown = quote(amount(6_000, Tender.STORED_VALUE), holder(), PROGRAMME, AT)

    assert (shown.stored_value, shown.credit, shown.to_prove) == (
        Money(4_000),
        Money(2_000),
        Money(6_000),
    )
    assert (shown.eligible, shown.missing) == (Money(3_000), Money())
    assert shown.earns == Points(30)


def test_who_may_not_spend_stored_value_gets_no_credit() -> None:
    frozen = quote(amount(2_000, Tender.STORED_VALUE), holder(Status.FROZEN), PROGRAMME, AT)

    assert (frozen.credit, frozen.missing) == (Money(), Money(2_000))


@given(parts=st.lists(st.integers(1, 3_000), min_size=1, max_size=6), pick=st.randoms())
def test_returns_cancel_the_credit_first_and_make_up_the_whole(parts: list[int], pick) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- hypothesis' own random
    whole = sum(parts)
    lots = (Lot(LotId(UUID(int=1)), Money(whole // 3), Money(whole // 5)),)
    order = goods(*parts, tenders=(STORED,))
    shown = quote(order, Holder("silver", lots, credit=Money(whole)), PROGRAMME, AT)
    sold = sold_from(quote_body(shown), AT.date())
    owed, units = shown.credit, list(range(len(parts)))
    pick.shuffle(units)

    for unit in units:
        plan = plan_refund(sold, frozenset({unit}), PROGRAMME, AT)
        cancelled = sum(share.amount.minor for share in plan.legs.external)
        assert plan.amount == plan.legs.paid == Money(parts[unit])
        assert cancelled == min(owed.minor, parts[unit])
        owed -= Money(cancelled)
        sold = after_return(sold, plan)

    assert owed == Money()
    assert sold.returned.principal == shown.principal
    assert sold.returned.bonus == shown.bonus
    assert sold.returned.paid == legs_of(sold.units).paid
