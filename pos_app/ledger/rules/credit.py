"""Floor-limit credit: stored value that a member spends early, while HQ cannot be reached.

What is given is bounded thrice: by payment and member, by terminal, and by how often in a row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pos_app.ledger.rules.holder import NO_MONEY, Status
from pos_app.ledger.rules.programme_limits import OfflineCredit
from pos_app.money import Money


class NoCredit(StrEnum):
    """Why a member gets no credit here now, the first reason that holds."""

    OFF = "off"
    REACHABLE = "reachable"
    STATUS = "status"
    NO_PIN = "no_pin"
    IN_A_ROW = "in_a_row"
    TERMINAL = "terminal"
    OWES = "owes"
    NOTHING_AT_HQ = "nothing_at_hq"


@dataclass(frozen=True, slots=True)
class CreditGiven:
    """What this terminal has given and HQ has not said to be settled, and how often in a row."""

    amount: Money = NO_MONEY
    in_a_row: int = 0


@dataclass(frozen=True, slots=True)
class Borrower:
    """A member: what they owe already, and what HQ last said lies free there.

    `pin_here`: their PIN can be checked at this terminal.
    """

    status: Status = Status.NORMAL
    owes: Money = NO_MONEY
    at_hq: Money = NO_MONEY
    pin_here: bool = False


@dataclass(frozen=True, slots=True)
class CreditRoom:
    """The most that one payment may still take on credit; nothing has its reason."""

    most: Money = NO_MONEY
    reason: NoCredit | None = None


def credit_room(
    rules: OfflineCredit, given: CreditGiven, member: Borrower, *, reachable: bool
) -> CreditRoom:
    """Return how much of a payment credit may still cover.

    Where HQ can be reached it grants what is short, and nobody needs credit.
    """
    reason = _forbidden(rules, given, member, reachable=reachable)
    if reason is not None:
        return CreditRoom(reason=reason)
    bounds = (
        (Money(rules.per_terminal_fen) - given.amount, NoCredit.TERMINAL),
        (Money(rules.per_payment_fen) - member.owes, NoCredit.OWES),
        (member.at_hq - member.owes, NoCredit.NOTHING_AT_HQ),
    )
    for room, why in bounds:
        if room.minor <= 0:
            return CreditRoom(reason=why)
    return CreditRoom(min(room for room, _why in bounds))


def _forbidden(
    rules: OfflineCredit, given: CreditGiven, member: Borrower, *, reachable: bool
) -> NoCredit | None:
    ways = (
        (not rules.enabled, NoCredit.OFF),
        (reachable, NoCredit.REACHABLE),
        (member.status is not Status.NORMAL, NoCredit.STATUS),
        (not member.pin_here, NoCredit.NO_PIN),
        (given.in_a_row >= rules.consecutive, NoCredit.IN_A_ROW),
    )
    return next((why for holds, why in ways if holds), None)


def left_here(rules: OfflineCredit, given: CreditGiven) -> Money:
    """Return what this terminal may still give, whoever asks."""
    if not rules.enabled or given.in_a_row >= rules.consecutive:
        return Money()
    return max(Money(), Money(rules.per_terminal_fen) - given.amount)


def most_lost(rules: OfflineCredit, members: Iterable[int]) -> Money:
    """Return the most that can be lost: the sum over terminals of min(C, F x members).

    `members` has, for each active terminal, how many members it knows.
    """
    if not rules.enabled:
        return Money()
    each = (min(rules.per_terminal_fen, rules.per_payment_fen * count) for count in members)
    return Money(sum(each))
