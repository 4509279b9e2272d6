"""Patterns of abuse in the rows of the book; each answers with its rows (FRD-01, FRD-02).

The programme document holds figures only for the velocity; the others of the house stand here.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pos_app.clock import business_date
from pos_app.ids import EventId, MemberId, OperatorId
from pos_app.ledger.rules.fraud_rows import Deed, Doing, Signal, SignalKind, by, signals
from pos_app.ledger.rules.programme import Programme

LOOPS = 3
LOOP_WITHIN = timedelta(days=30)
REGISTRATIONS_OF_A_DEVICE = 3
REGISTRATION_WINDOW = timedelta(hours=24)
TILLS = 3
TILL_WINDOW = timedelta(hours=1)
ADJUSTMENTS = 5
ADJUST_TIMES_USUAL = 3
ADJUST_USUAL_DAYS = 28
CASH_OUT_WITHIN = timedelta(days=7)
CASH_OUT_PERCENT = 80
ORDERS_OF_ONE_HAND = 5
ONE_HAND_WITHIN = timedelta(hours=24)


def earn_refund_loops(rows: Iterable[Doing]) -> tuple[Signal, ...]:
    """Return members who bought, earned and returned three times or more within 30 days.

    The rows are the sales that earned points and their refunds.
    """
    found = by(lambda row: row.member, rows, Deed.SALE, Deed.REFUND)
    loops = {member: _loop_rows(doings) for member, doings in found.items()}
    return tuple(
        signals(
            SignalKind.EARN_REFUND_LOOP,
            loops,
            LOOP_WITHIN,
            lambda window: len({row.id for row in _returned(window)}) >= LOOPS,
        )
    )


def bulk_registrations(rows: Iterable[Doing]) -> tuple[Signal, ...]:
    """Return devices on which three members or more were registered within 24 hours."""
    found = by(lambda row: row.device, rows, Deed.REGISTER)
    return tuple(
        signals(
            SignalKind.BULK_REGISTRATION,
            found,
            REGISTRATION_WINDOW,
            lambda window: len(window) >= REGISTRATIONS_OF_A_DEVICE,
        )
    )


def registrations_in_a_row(rows: Iterable[Doing]) -> Iterator[Doing]:
    """Yield the registrations of one till with nothing sold between them, named as a run.

    The rows are in the order of the till's book. A shop registers whoever buys; somebody who
    registers one after the other, and sells to none of them, makes accounts. A run's name begins
    with the till's, and runs of fewer than three are left out.
    """
    run: list[Doing] = []
    for row in rows:
        if row.deed is Deed.REGISTER:
            run.append(row)
        elif row.deed in _TRADE:
            yield from _named(run)
            run = []
    yield from _named(run)


def own_members(rows: Iterable[Doing], owned: Mapping[OperatorId, MemberId]) -> tuple[Signal, ...]:
    """Return operators who served their own membership, whatever they did; `owned` is known."""
    served = [
        row
        for row in rows
        if row.operator is not None
        and row.member is not None
        and owned.get(row.operator) == row.member
    ]
    found = by(lambda row: row.operator, served, *Deed)
    return tuple(Signal(SignalKind.OWN_MEMBER, who, tuple(doings)) for who, doings in found.items())


def one_hand(rows: Iterable[Doing]) -> tuple[Signal, ...]:
    """Return members for whom one operator sold five orders that earned within 24 hours.

    So does a cashier who lets strangers' orders earn for one account.
    """
    hands: dict[Hashable, list[Doing]] = by(_hand, rows, Deed.SALE)
    found = signals(
        SignalKind.ONE_HAND,
        hands,
        ONE_HAND_WITHIN,
        lambda window: len(window) >= ORDERS_OF_ONE_HAND,
    )
    return tuple(replace(one, subject=one.rows[0].member) for one in found)


def upgrades_undone(rows: Iterable[Doing]) -> tuple[Signal, ...]:
    """Return members whose upgrade was undone because its order came back (D-18).

    What they enjoyed of it meanwhile stays theirs: a person looks whether that was meant.
    """
    found = by(lambda row: row.member, rows, Deed.SALE, Deed.REFUND)
    undone = {who: _undone(doings) for who, doings in found.items()}
    return tuple(
        Signal(SignalKind.UPGRADE_UNDONE, who, doings) for who, doings in undone.items() if doings
    )


def many_tills(rows: Iterable[Doing]) -> tuple[Signal, ...]:
    """Return members who were at three tills or more within an hour."""
    found = by(lambda row: row.member, rows, Deed.SALE, Deed.PAY, Deed.TOP_UP, Deed.REFUND)
    return tuple(
        signals(
            SignalKind.MANY_TILLS,
            found,
            TILL_WINDOW,
            lambda window: len({row.till for row in window} - {None}) >= TILLS,
        )
    )


def velocity(rows: Iterable[Doing], programme: Programme) -> tuple[Signal, ...]:
    """Return members with more stored-value payments in the window than `velocity` allows."""
    rules = programme.second_factor.velocity
    found = by(lambda row: row.member, rows, Deed.PAY)
    return tuple(
        signals(
            SignalKind.VELOCITY,
            found,
            timedelta(minutes=rules.window_minutes),
            lambda window: len(window) > rules.max_payments,
        )
    )


def adjust_spikes(rows: Iterable[Doing], programme: Programme) -> tuple[Signal, ...]:
    """Return operators with a business day of five manual adjustments or more, a signal a day.

    And more than three times their own mean of the 28 days before.
    """
    found = by(lambda row: row.operator, rows, Deed.ADJUST)
    return tuple(
        Signal(SignalKind.ADJUST_SPIKE, who, doings)
        for who, adjustments in found.items()
        for doings in _spikes(adjustments, programme)
    )


def top_up_cash_outs(rows: Iterable[Doing]) -> tuple[Signal, ...]:
    """Return members whose top-up left again in money within 7 days, for four fifths or more."""
    found = by(lambda row: row.member, rows, Deed.TOP_UP, Deed.CASH_OUT)
    drained = {who: _drained(doings) for who, doings in found.items()}
    return tuple(
        Signal(SignalKind.TOP_UP_CASH_OUT, who, doings) for who, doings in drained.items() if doings
    )


_TRADE = (Deed.SALE, Deed.TOP_UP, Deed.REFUND, Deed.CASH_OUT)


def _named(run: Sequence[Doing]) -> Iterator[Doing]:
    if len(run) >= REGISTRATIONS_OF_A_DEVICE:
        till = run[0].till
        name = f"{'' if till is None else till.hex}.{run[0].id.hex}"
        yield from (replace(row, device=name) for row in run)


def _hand(row: Doing) -> Hashable | None:
    earned = row.member is not None and row.operator is not None and row.points.minor > 0
    return (row.operator, row.member) if earned else None


def _undone(doings: Sequence[Doing]) -> tuple[Doing, ...]:
    """Return the returns that undid an upgrade, with the orders that had brought it."""
    orders = {row.of for row in doings if row.undoes_upgrade} - {None}
    return tuple(row for row in doings if row.undoes_upgrade or row.id in orders)


def _loop_rows(doings: Sequence[Doing]) -> list[Doing]:
    """Return the sales that earned and came back, with what brought them back."""
    earned = {row.id for row in doings if row.deed is Deed.SALE and row.points.minor > 0}
    returned = {row.of for row in doings if row.deed is Deed.REFUND} & earned
    return [row for row in doings if row.id in returned or row.of in returned]


def _returned(window: Sequence[Doing]) -> list[Doing]:
    """Return the sales of a window that came back in it."""
    returned: set[EventId | None] = {row.of for row in window if row.deed is Deed.REFUND}
    return [row for row in window if row.deed is Deed.SALE and row.id in returned]


def _spikes(adjustments: Sequence[Doing], programme: Programme) -> list[tuple[Doing, ...]]:
    days: dict[date, list[Doing]] = {}
    for row in adjustments:
        on = business_date(row.at, zone=programme.zone, cutover=programme.cutover)
        days.setdefault(on, []).append(row)
    found = []
    for on, doings in days.items():
        before = sum(
            len(others)
            for day, others in days.items()
            if timedelta() < on - day <= timedelta(days=ADJUST_USUAL_DAYS)
        )
        spike = len(doings) * ADJUST_USUAL_DAYS > ADJUST_TIMES_USUAL * before
        if len(doings) >= ADJUSTMENTS and spike:
            found.append(tuple(doings))
    return found


def _drained(doings: Sequence[Doing]) -> tuple[Doing, ...]:
    suspects: dict[EventId, Doing] = {}
    for top_up in doings:
        if top_up.deed is not Deed.TOP_UP:
            continue
        outs = [
            row
            for row in doings
            if row.deed is Deed.CASH_OUT and timedelta() <= row.at - top_up.at <= CASH_OUT_WITHIN
        ]
        taken = sum(row.amount.minor for row in outs)
        if outs and taken * 100 >= top_up.amount.minor * CASH_OUT_PERCENT:
            suspects.update((row.id, row) for row in (top_up, *outs))
    return tuple(row for row in doings if row.id in suspects)
