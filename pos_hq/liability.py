"""What is owed for stored value, rolled from one day to another, and what it must be equal to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from pos_app.ledger.rules.liability import NOTHING, Issuer, Pockets, StoredValueDay, custody_of
from pos_app.ledger.rules.programme import Programme
from pos_app.money import Money
from pos_hq.facts import StoreUnknown
from pos_hq.hq import Hq
from pos_hq.store import liability_rows, programme_rows, store_rows

_BEFORE, _WITHIN, _AFTER = 0, 1, 2
_ALWAYS = (date(1970, 1, 1), date(9999, 12, 30))


@dataclass(frozen=True, slots=True)
class Roll:
    """The lots that one store sold: what moved them, and what they hold at the end."""

    store: str
    moved: StoredValueDay
    lots: Pockets

    @property
    def difference(self) -> Pockets:
        """Return the closing less what the lots hold: nothing, or the book is wrong."""
        return self.moved.closing - self.lots


@dataclass(frozen=True, slots=True)
class Settled:
    """What was spent at one store of lots that another, or the same, had sold, less refunds."""

    sold_at: str
    spent_at: str
    spent: Pockets


@dataclass(frozen=True, slots=True)
class Liability:
    """The roll-forward of some days, by the store of the top-up, and who owes whom.

    `given_again` is, of all the lots, what the house gave a second time when a till was lost.
    """

    first: date | None
    last: date | None
    rolls: tuple[Roll, ...]
    total: Roll
    settled: tuple[Settled, ...]
    given_again: Pockets
    custody: Mapping[Issuer, Money]

    @property
    def even(self) -> bool:
        """Say whether every store's lots hold what was rolled forward, to the fen."""
        return all(roll.difference == NOTHING for roll in (*self.rolls, self.total))


def roll_forward(
    hq: Hq, first: date | None = None, last: date | None = None, store: str | None = None
) -> Liability:
    """Roll the liability forward; of one store, its own lots. Raises StoreUnknown."""
    with hq.read() as book:
        if store not in {None, *(code for code, _name in store_rows.all_stores(book))}:
            raise StoreUnknown(str(store))
        rules = programme_rows.in_force(book, hq.now_ms())
        span = (first or _ALWAYS[0], last or _ALWAYS[1])
        moments = (_begins(span[0], rules), _begins(span[1] + timedelta(days=1), rules))
        days = (span[0].isoformat(), span[1].isoformat())
        rows = [row for row in liability_rows.moves(book, days, moments) if _of(row[0], store)]
        held = [row for row in liability_rows.lots(book) if _of(row[0], store)]
    rolls = _rolls(rows, held)
    total = Roll("", _sum_of(rolls), _together(roll.lots for roll in rolls))
    again = _together(_pocket(pocket, int(awaited)) for _, pocket, _, awaited in held)
    principal = total.moved.closing.principal - again.principal
    return Liability(
        first,
        last,
        rolls,
        total,
        _settled(rows),
        again,
        {issuer: custody_of(max(principal, Money()), issuer) for issuer in Issuer},
    )


def _of(issuer: str, store: str | None) -> bool:
    return store is None or issuer == store


def _begins(day: date, rules: Programme) -> int:
    return int(datetime.combine(day, rules.cutover, rules.zone).timestamp() * 1000)


def _rolls(rows: Iterable[Any], held: Iterable[Any]) -> tuple[Roll, ...]:
    moved: defaultdict[str, StoredValueDay] = defaultdict(lambda: StoredValueDay(NOTHING))
    lots: defaultdict[str, Pockets] = defaultdict(Pockets)
    for store, pocket, amount, _awaited in held:
        lots[store] += _pocket(pocket, int(amount))
    for store, _at, span, kind, beyond, pocket, came, amount in rows:
        change = _pocket(pocket, int(amount))
        if span == _AFTER:
            lots[store] -= change
        elif span == _BEFORE:
            moved[store] = replace(moved[store], opening=moved[store].opening + change)
        else:
            moved[store] = _moved(moved[store], _cause(kind, beyond, came), change)
    stores = sorted({*moved, *lots})
    return tuple(Roll(store, moved[store], lots[store]) for store in stores)


def _cause(kind: str, beyond: str, came: int) -> str:
    """Return the column in which a movement stands; what is none of them is an adjustment."""
    if kind == "ACCOUNT_CLOSE":
        return "closures"
    if beyond == "sales":
        return "refunds" if came else "spent"
    return "top_ups" if kind == "TOPUP" and beyond == "topped_up" and came else "adjustments"


def _moved(day: StoredValueDay, cause: str, change: Pockets) -> StoredValueDay:
    out = cause in {"closures", "spent"}
    before: Pockets = getattr(day, cause)
    return replace(day, **{cause: before - change if out else before + change})


def _settled(rows: Iterable[Any]) -> tuple[Settled, ...]:
    sums: defaultdict[tuple[str, str], Pockets] = defaultdict(Pockets)
    for store, at_store, span, kind, beyond, pocket, _came, amount in rows:
        if span == _WITHIN and beyond == "sales" and kind != "ACCOUNT_CLOSE":
            sums[store, at_store] -= _pocket(pocket, int(amount))
    return tuple(Settled(*stores, spent) for stores, spent in sorted(sums.items()))


def _sum_of(rolls: Iterable[Roll]) -> StoredValueDay:
    days = [roll.moved for roll in rolls]
    return StoredValueDay(
        *(
            _together(getattr(day, cause) for day in days)
            for cause in ("opening", "top_ups", "spent", "refunds", "closures", "adjustments")
        )
    )


def _together(pockets: Iterable[Pockets]) -> Pockets:
    return sum(pockets, NOTHING)


def _pocket(pocket: str, amount: int) -> Pockets:
    return Pockets(Money(amount)) if pocket == "P" else Pockets(bonus=Money(amount))
