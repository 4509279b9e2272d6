"""Every suspicion comes with the rows that raise it, and no row too many."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ids import EventId, MemberId, NodeId, OperatorId
from pos_app.ledger.rules.fraud_rows import Deed, Doing, Signal, SignalKind
from pos_app.ledger.rules.fraud_signals import (
    adjust_spikes,
    bulk_registrations,
    earn_refund_loops,
    many_tills,
    own_members,
    top_up_cash_outs,
    velocity,
)
from pos_app.ledger.rules.large_amounts import (
    large_amounts,
    many_cards_one_payer,
    split_purchases,
    thresholds_reached,
)
from pos_app.money import Money, Points
from tests.ledger.rules.till import PROGRAMME, SHANGHAI

NOON = datetime(2026, 6, 15, 12, 0, tzinfo=SHANGHAI)
WANG, LI = MemberId(UUID(int=101)), MemberId(UUID(int=102))
CASHIER = OperatorId(UUID(int=201))


class Book:
    """Rows as they are written, a number each."""

    def __init__(self) -> None:
        self.rows: list[Doing] = []

    def did(
        self, deed: Deed, minutes: float = 0, member: MemberId | None = WANG, **facts: object
    ) -> Doing:
        id_ = EventId(UUID(int=len(self.rows) + 1))
        row = Doing(id_, NOON + timedelta(minutes=minutes), deed, member)
        row = replace(row, **facts)  # type: ignore[arg-type]  # any fact of a row
        self.rows.append(row)
        return row


def found(signals: tuple[Signal, ...]) -> list[tuple[SignalKind, object, list[Doing]]]:
    return [(one.kind, one.subject, list(one.rows)) for one in signals]


@pytest.fixture
def book() -> Book:
    return Book()


def loop(book: Book, days: float, points: int = 100) -> list[Doing]:
    sale = book.did(Deed.SALE, days * 1_440, points=Points(points))
    return [sale, book.did(Deed.REFUND, days * 1_440 + 5, of=sale.id)]


def test_three_sales_that_earned_and_came_back_are_a_loop(book: Book) -> None:
    book.did(Deed.SALE, 3, points=Points(9))
    rows = [*loop(book, 0), *loop(book, 10), *loop(book, 29)]
    loop(book, 28, points=0)

    assert found(earn_refund_loops(book.rows)) == [(SignalKind.EARN_REFUND_LOOP, WANG, rows)]


def test_loops_months_apart_and_two_loops_are_none(book: Book) -> None:
    for days in (0, 16, 40, 60):
        loop(book, days)

    assert earn_refund_loops(book.rows) == ()


def test_a_device_with_three_registrations_in_a_day_is_named(book: Book) -> None:
    book.did(Deed.REGISTER, -1_500, device="A")
    rows = [book.did(Deed.REGISTER, minutes, device="A") for minutes in (0, 60, 1_440)]
    book.did(Deed.REGISTER, 5, device="B")
    for minutes in range(5):
        book.did(Deed.REGISTER, minutes, device="")

    assert found(bulk_registrations(book.rows)) == [(SignalKind.BULK_REGISTRATION, "A", rows)]


def test_a_cashier_who_serves_their_own_membership_is_named(book: Book) -> None:
    own = book.did(Deed.TOP_UP, operator=CASHIER)
    book.did(Deed.TOP_UP, member=LI, operator=CASHIER)
    book.did(Deed.SALE)
    book.did(Deed.SALE, member=None, operator=CASHIER)

    assert found(own_members(book.rows, {CASHIER: WANG})) == [
        (SignalKind.OWN_MEMBER, CASHIER, [own])
    ]
    assert own_members(book.rows, {}) == ()


def test_a_member_at_three_tills_within_an_hour_is_named(book: Book) -> None:
    tills = [NodeId(UUID(int=number)) for number in range(3)]
    rows = [book.did(Deed.PAY, 30 * place, till=till) for place, till in enumerate(tills)]
    book.did(Deed.PAY, 200, till=tills[0])
    book.did(Deed.PAY, 201)
    for place, till in enumerate(tills):
        book.did(Deed.PAY, 31 * place, member=LI, till=till)

    assert found(many_tills(book.rows)) == [(SignalKind.MANY_TILLS, WANG, rows)]


def test_a_fourth_payment_within_ten_minutes_is_too_fast(book: Book) -> None:
    rows = [book.did(Deed.PAY, minutes) for minutes in (0, 3, 6, 10)]
    book.did(Deed.PAY, 30)
    for minutes in (0, 4, 8, 12):
        book.did(Deed.PAY, minutes, member=LI)

    assert found(velocity(book.rows, PROGRAMME)) == [(SignalKind.VELOCITY, WANG, rows)]


@pytest.mark.parametrize(
    ("usual", "today", "spikes"), [(0, 5, 1), (0, 4, 0), (46, 5, 1), (47, 5, 0)]
)
def test_five_adjustments_and_three_times_the_usual_are_a_spike(
    book: Book, usual: int, today: int, spikes: int
) -> None:
    for number in range(usual):
        book.did(Deed.ADJUST, -1_440 * (1 + number % 28), operator=CASHIER)
    book.did(Deed.ADJUST, -1_440 * 29, operator=CASHIER)
    rows = [book.did(Deed.ADJUST, minutes, operator=CASHIER) for minutes in range(today)]

    signals = found(adjust_spikes(book.rows, PROGRAMME))

    assert signals == [(SignalKind.ADJUST_SPIKE, CASHIER, rows)] * spikes


def test_a_top_up_that_leaves_in_money_within_a_week_is_named(book: Book) -> None:
    week = 7 * 1_440
    top_up = book.did(Deed.TOP_UP, amount=Money(100_000))
    first = book.did(Deed.CASH_OUT, 60, amount=Money(30_000))
    second = book.did(Deed.CASH_OUT, week, amount=Money(50_000))
    book.did(Deed.CASH_OUT, week + 1, amount=Money(20_000))

    assert found(top_up_cash_outs(book.rows)) == [
        (SignalKind.TOP_UP_CASH_OUT, WANG, [top_up, first, second])
    ]


def test_less_than_four_fifths_or_an_earlier_cash_out_is_nothing(book: Book) -> None:
    book.did(Deed.CASH_OUT, -1, amount=Money(100_000))
    book.did(Deed.TOP_UP, amount=Money(100_000))
    book.did(Deed.CASH_OUT, 60, amount=Money(79_999))
    book.did(Deed.TOP_UP, 90, member=LI, amount=Money(0))

    assert top_up_cash_outs(book.rows) == ()


@pytest.mark.parametrize(
    ("fen", "reached"),
    [
        (499_999, []),
        (500_000, [500_000]),
        (1_000_000, [500_000, 1_000_000]),
        (5_000_000, [500_000, 1_000_000, 5_000_000]),
    ],
)
def test_the_laws_thresholds_alarm(book: Book, fen: int, reached: list[int]) -> None:
    row = book.did(Deed.TOP_UP, amount=Money(fen))

    assert [one.minor for one in thresholds_reached(Money(fen), PROGRAMME)] == reached
    assert found(large_amounts(book.rows, PROGRAMME)) == (
        [(SignalKind.LARGE_AMOUNT, WANG, [row])] if reached else []
    )


def test_three_purchases_just_below_10000_yuan_on_a_day_are_a_split(book: Book) -> None:
    amounts = (900_000, 999_999, 950_000)
    rows = [book.did(Deed.TOP_UP, amount=Money(fen), payer="P") for fen in amounts]
    for fen in (899_999, 1_000_000):
        book.did(Deed.TOP_UP, amount=Money(fen), payer="P")
    book.did(Deed.TOP_UP, 16 * 60, amount=Money(950_000), payer="P")

    assert found(split_purchases(book.rows, PROGRAMME)) == [(SignalKind.SPLIT_PURCHASES, "P", rows)]


def test_the_night_belongs_to_the_business_day_before(book: Book) -> None:
    late = 15 * 60
    rows = [book.did(Deed.TOP_UP, at, amount=Money(950_000), payer="P") for at in (0, 1, late)]

    assert found(split_purchases(book.rows, PROGRAMME)) == [(SignalKind.SPLIT_PURCHASES, "P", rows)]


def test_one_payer_of_three_members_cards_is_named(book: Book) -> None:
    members = [MemberId(UUID(int=number)) for number in range(3)]
    rows = [book.did(Deed.TOP_UP, member=one, payer="P") for one in members]
    book.did(Deed.TOP_UP, payer="Q")
    book.did(Deed.TOP_UP, payer="Q", member=LI)

    assert found(many_cards_one_payer(book.rows, PROGRAMME)) == [
        (SignalKind.MANY_CARDS_ONE_PAYER, "P", rows)
    ]


@given(st.lists(st.integers(0, 120), max_size=25))
def test_velocity_agrees_with_looking_at_every_window(minutes: list[int]) -> None:
    book = Book()
    rows = [book.did(Deed.PAY, minute) for minute in minutes]
    naive = {
        row.id
        for start in minutes
        for window in [
            [one for one, at in zip(rows, minutes, strict=True) if start <= at <= start + 10]
        ]
        if len(window) > 3
        for row in window
    }

    signals = velocity(rows, PROGRAMME)

    assert {row.id for one in signals for row in one.rows} == naive
