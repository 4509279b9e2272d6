"""What a fraud signal looks at, and what it answers: a suspicion with the rows that raise it."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pos_app.ids import EventId, MemberId, NodeId, OperatorId
from pos_app.money import Money, Points

NO_MONEY = Money()
NO_POINTS = Points()


class Deed(StrEnum):
    """What was done. A cash-out takes stored value out of the shop again."""

    REGISTER = "register"
    SALE = "sale"
    REFUND = "refund"
    TOP_UP = "top_up"
    PAY = "pay"
    CASH_OUT = "cash_out"
    ADJUST = "adjust"


@dataclass(frozen=True, slots=True)
class Doing:
    """One row of the book. `device` and `payer` are whatever names them, or nothing.

    `points` are those that a sale earned; `of` is the sale that a refund belongs to, which may
    have undone the upgrade that this sale had brought.
    """

    id: EventId
    at: datetime
    deed: Deed
    member: MemberId | None = None
    operator: OperatorId | None = None
    till: NodeId | None = None
    amount: Money = NO_MONEY
    points: Points = NO_POINTS
    of: EventId | None = None
    device: str = ""
    payer: str = ""
    undoes_upgrade: bool = False


class SignalKind(StrEnum):
    """The suspicions (FRD-01, and the thresholds of the law on large amounts)."""

    EARN_REFUND_LOOP = "earn_refund_loop"
    BULK_REGISTRATION = "bulk_registration"
    OWN_MEMBER = "own_member"
    MANY_TILLS = "many_tills"
    VELOCITY = "velocity"
    ADJUST_SPIKE = "adjust_spike"
    TOP_UP_CASH_OUT = "top_up_cash_out"
    ONE_HAND = "one_hand"
    UPGRADE_UNDONE = "upgrade_undone"
    LARGE_AMOUNT = "large_amount"
    SPLIT_PURCHASES = "split_purchases"
    MANY_CARDS_ONE_PAYER = "many_cards_one_payer"


@dataclass(frozen=True, slots=True)
class Signal:
    """A suspicion about somebody or something, with its rows in the order of time.

    It proves nothing: a person looks at the rows.
    """

    kind: SignalKind
    subject: Hashable
    rows: tuple[Doing, ...]


Suspicious = Callable[[Sequence[Doing]], bool]


def by(
    key: Callable[[Doing], Hashable | None], rows: Iterable[Doing], *deeds: Deed
) -> dict[Hashable, list[Doing]]:
    """Return the rows of some deeds by subject, each in the order of time; no subject, no row."""
    groups: dict[Hashable, list[Doing]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (one.at, one.id.int)):
        subject = key(row)
        if row.deed in deeds and subject not in {None, ""}:
            groups[subject].append(row)
    return groups


def crowded(rows: Sequence[Doing], span: timedelta, suspicious: Suspicious) -> tuple[Doing, ...]:
    """Return the rows that lie in any suspicious window; a window begins with a row.

    The rows are in the order of time; what is exactly a span later is inside.
    """
    found: dict[int, Doing] = {}
    end = 0
    for start, first in enumerate(rows):
        while end < len(rows) and rows[end].at - first.at <= span:
            end += 1
        if suspicious(rows[start:end]):
            found.update((place, rows[place]) for place in range(start, end))
    return tuple(found[place] for place in sorted(found))


def signals(
    kind: SignalKind, groups: dict[Hashable, list[Doing]], span: timedelta, suspicious: Suspicious
) -> Iterator[Signal]:
    """Yield a signal for each subject with a suspicious window."""
    for subject, rows in groups.items():
        if found := crowded(rows, span, suspicious):
            yield Signal(kind, subject, found)
