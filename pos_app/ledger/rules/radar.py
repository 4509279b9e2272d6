"""The fraud radar: every signal asked, and of what they find that which nobody has been told yet.

A finding proves nothing and forbids nothing: a person looks at its rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from pos_app.ids import MemberId, OperatorId
from pos_app.ledger.rules import fraud_signals
from pos_app.ledger.rules.fraud_rows import Doing, Signal, SignalKind
from pos_app.ledger.rules.large_amounts import (
    SPLITS,
    large_amounts,
    split_purchases,
)
from pos_app.ledger.rules.programme import Programme

# How far back a pass reads: the longest window of a signal.
LOOK_BACK_DAYS = fraud_signals.LOOP_WITHIN.days
# And of a till, whose operators are compared with what they usually do.
TILL_LOOK_BACK_DAYS = LOOK_BACK_DAYS + fraud_signals.ADJUST_USUAL_DAYS
# A finding keeps its latest rows.
ROWS_MOST = 200
FREEZE, LOOK = "freeze", "look"
_FREEZABLE = frozenset(
    {
        SignalKind.EARN_REFUND_LOOP,
        SignalKind.MANY_TILLS,
        SignalKind.TOP_UP_CASH_OUT,
        SignalKind.VELOCITY,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A suspicion about a member, an operator or a till, named by its identity.

    Its rows are in the order of time, one of each event.
    """

    kind: SignalKind
    subject: str
    rows: tuple[Doing, ...]

    @property
    def marks(self) -> frozenset[str]:
        """Name what it rests on; with all of it told, it is not raised again."""
        return marks_of(self.kind.value, ((row.id.hex, _hex(row.member)) for row in self.rows))

    @property
    def members(self) -> tuple[str, ...]:
        """Name the members whom it concerns."""
        named = (row.member.hex for row in self.rows if row.member is not None)
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class Known:
    """An alert that has been raised, open or closed, with what it rests on."""

    id: str
    kind: str
    subject: str
    marks: frozenset[str]
    open: bool


def of_members(
    rows: Iterable[Doing], programme: Programme, owned: Mapping[OperatorId, MemberId]
) -> tuple[Finding, ...]:
    """Return what the rows of members tell; `owned` says who of the operators is a member."""
    doings = tuple(rows)
    return _findings(
        fraud_signals.earn_refund_loops(doings),
        fraud_signals.own_members(doings, owned),
        fraud_signals.one_hand(doings),
        fraud_signals.many_tills(doings),
        fraud_signals.velocity(doings, programme),
        fraud_signals.top_up_cash_outs(doings),
        fraud_signals.upgrades_undone(doings),
        large_amounts(doings, programme),
        split_purchases(doings, programme),
    )


def of_till(rows: Iterable[Doing], programme: Programme, since: datetime) -> tuple[Finding, ...]:
    """Return what the rows of one till tell: its registrations in a row, its adjustments.

    What lies before `since` only says what is usual.
    """
    doings = tuple(rows)
    in_a_row = tuple(fraud_signals.registrations_in_a_row(doings))
    found = _findings(
        fraud_signals.bulk_registrations(in_a_row),
        fraud_signals.adjust_spikes(doings, programme),
    )
    return tuple(finding for finding in found if finding.rows[-1].at >= since)


def sales_worth_a_look(programme: Programme) -> int:
    """Return how many orders a member must have for any signal that is about orders alone."""
    payments = programme.second_factor.velocity.max_payments + 1
    return min(payments, fraud_signals.ORDERS_OF_ONE_HAND)


def unraised(
    found: Iterable[Finding], known: Sequence[Known]
) -> tuple[tuple[Finding, str | None], ...]:
    """Return what nobody has been told yet, each with the open alert that it adds rows to.

    A finding is not raised again once all that it rests on was told, whatever was decided then.
    """
    news = []
    for finding in found:
        theirs = [
            one for one in known if (one.kind, one.subject) == (finding.kind, finding.subject)
        ]
        if not finding.marks <= {mark for one in theirs for mark in one.marks}:
            grown = [one.id for one in theirs if one.open and one.marks & finding.marks]
            news.append((finding, grown[0] if grown else None))
    return tuple(news)


def marks_of(kind: str, rows: Iterable[tuple[str, str | None]]) -> frozenset[str]:
    """Return what an alert rests on, of its rows' events and members: its events.

    That an operator and a member may be one person is said once, not again with every order.
    """
    own = kind == SignalKind.OWN_MEMBER
    return frozenset((member or event) if own else event for event, member in rows)


def proposal(kind: SignalKind) -> str:
    """Return what may be done, by a person's own act: freeze the member, or only look."""
    return FREEZE if kind in _FREEZABLE else LOOK


def rule_of(kind: SignalKind, programme: Programme) -> dict[str, int]:
    """Return the figures of the rule that raised an alert."""
    return {
        SignalKind.EARN_REFUND_LOOP: {
            "least": fraud_signals.LOOPS, "days": fraud_signals.LOOP_WITHIN.days,
        },
        SignalKind.BULK_REGISTRATION: {
            "least": fraud_signals.REGISTRATIONS_OF_A_DEVICE, "hours": 24,
        },
        SignalKind.OWN_MEMBER: {"least": 1},
        SignalKind.ONE_HAND: {"least": fraud_signals.ORDERS_OF_ONE_HAND, "hours": 24},
        SignalKind.MANY_TILLS: {"least": fraud_signals.TILLS, "hours": 1},
        SignalKind.VELOCITY: {
            "least": programme.second_factor.velocity.max_payments + 1,
            "minutes": programme.second_factor.velocity.window_minutes,
        },
        SignalKind.ADJUST_SPIKE: {
            "least": fraud_signals.ADJUSTMENTS, "times_usual": fraud_signals.ADJUST_TIMES_USUAL,
        },
        SignalKind.TOP_UP_CASH_OUT: {
            "percent": fraud_signals.CASH_OUT_PERCENT,
            "days": fraud_signals.CASH_OUT_WITHIN.days,
        },
        SignalKind.UPGRADE_UNDONE: {"least": 1},
        SignalKind.LARGE_AMOUNT: {"fen": programme.stored_value.bank_transfer_corporate_from_fen},
        SignalKind.SPLIT_PURCHASES: {
            "least": SPLITS, "fen": programme.stored_value.realname_unnamed_from_fen,
        },
    }[kind]  # fmt: skip


def _hex(member: MemberId | None) -> str | None:
    return None if member is None else member.hex


def _findings(*found: tuple[Signal, ...]) -> tuple[Finding, ...]:
    return tuple(_finding(signal) for signal in chain.from_iterable(found))


def _finding(signal: Signal) -> Finding:
    rows = tuple({row.id: row for row in signal.rows}.values())
    return Finding(signal.kind, _named(signal.subject), rows[-ROWS_MOST:])


def _named(subject: object) -> str:
    """Return the identity of a member or operator; of a run of registrations, its till's."""
    named = getattr(subject, "hex", subject)
    return str(named).partition(".")[0]
