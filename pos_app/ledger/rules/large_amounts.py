"""Large sums of stored value, and sums that were made small not to be large (SVC-05).

The thresholds are those of the law on prepaid cards that the programme repeats.
"""

from collections.abc import Iterable
from datetime import date

from pos_app.clock import business_date
from pos_app.ledger.rules.fraud_rows import Deed, Doing, Signal, SignalKind, by
from pos_app.ledger.rules.programme import Programme
from pos_app.money import Money

SPLITS = 3
JUST_BELOW_PERCENT = 90
CARDS_OF_A_PAYER = 3


def thresholds_reached(amount: Money, programme: Programme) -> tuple[Money, ...]:
    """Return the thresholds that a purchase or top-up reaches: 5,000, 10,000 and 50,000 yuan."""
    rules = programme.stored_value
    thresholds = {
        rules.bank_transfer_corporate_from_fen,
        rules.realname_unnamed_from_fen,
        rules.bank_transfer_personal_from_fen,
    }
    return tuple(Money(one) for one in sorted(thresholds) if amount.minor >= one)


def large_amounts(rows: Iterable[Doing], programme: Programme) -> tuple[Signal, ...]:
    """Return the members with a top-up that reaches a threshold."""
    large = [row for row in rows if thresholds_reached(row.amount, programme)]
    return tuple(
        Signal(SignalKind.LARGE_AMOUNT, member, tuple(doings))
        for member, doings in by(lambda row: row.member, large, Deed.TOP_UP).items()
    )


def split_purchases(rows: Iterable[Doing], programme: Programme) -> tuple[Signal, ...]:
    """Return payers with three purchases or more just below 10,000 yuan on one business day.

    Just below: from nine tenths of it.
    """
    limit = programme.stored_value.realname_unnamed_from_fen
    below = [
        row for row in rows if limit * JUST_BELOW_PERCENT <= row.amount.minor * 100 < limit * 100
    ]
    return tuple(
        Signal(SignalKind.SPLIT_PURCHASES, payer, doings)
        for payer, doings in _by_payer_and_day(below, programme)
        if len(doings) >= SPLITS
    )


def many_cards_one_payer(rows: Iterable[Doing], programme: Programme) -> tuple[Signal, ...]:
    """Return payers who topped up three members' cards or more on one business day."""
    return tuple(
        Signal(SignalKind.MANY_CARDS_ONE_PAYER, payer, doings)
        for payer, doings in _by_payer_and_day(rows, programme)
        if len({row.member for row in doings}) >= CARDS_OF_A_PAYER
    )


def _by_payer_and_day(
    rows: Iterable[Doing], programme: Programme
) -> list[tuple[str, tuple[Doing, ...]]]:
    days: dict[tuple[str, date], list[Doing]] = {}
    for payer, doings in by(lambda row: row.payer, rows, Deed.TOP_UP).items():
        for row in doings:
            on = business_date(row.at, zone=programme.zone, cutover=programme.cutover)
            days.setdefault((str(payer), on), []).append(row)
    return [(payer, tuple(doings)) for (payer, _), doings in days.items()]
