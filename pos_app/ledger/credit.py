"""Floor-limit credit at this terminal: what a payment may take early, and what was given."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.ids import MemberId
from pos_app.ledger.factors import lack_of_pin
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.offline import cut_off
from pos_app.ledger.rules.credit import (
    Borrower,
    CreditGiven,
    CreditRoom,
    credit_room,
    left_here,
)
from pos_app.ledger.rules.holder import Holder
from pos_app.ledger.store import credit_rows, link_rows
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.holdings import MemberState, wallet_everywhere, wallet_of
from pos_app.money import Money


@dataclass(frozen=True, slots=True)
class CreditHere:
    """What this terminal has given and is not settled, and what it may still give."""

    given: Money
    left: Money


def with_credit(
    ledger: Ledger, book: Statements, member: MemberId, state: MemberState
) -> MemberState:
    """Return the member with what they may spend early, by what this very transaction sees."""
    room = credit_for(ledger, book, member, state.holder)
    return replace(state, holder=replace(state.holder, credit=room.most))


def credit_for(ledger: Ledger, book: Statements, member: MemberId, holder: Holder) -> CreditRoom:
    """Return how much a payment of the member may take on credit, and why it is nothing."""
    rules, reachable = ledger.programme.offline.credit, not cut_off(ledger, book)
    if not rules.enabled or reachable:
        return credit_room(rules, CreditGiven(), Borrower(), reachable=reachable)
    everywhere, here = wallet_everywhere(book, member), wallet_of(book, member)
    borrower = Borrower(
        status=holder.status,
        owes=Money(credit_rows.owed_by(book, member)),
        at_hq=everywhere.principal + everywhere.bonus - here.principal - here.bonus,
        pin_here=lack_of_pin(ledger, member) is None,
    )
    return credit_room(rules, _given(book), borrower, reachable=False)


def credit_here(ledger: Ledger) -> CreditHere | None:
    """Return what this terminal has given; None where the programme gives no credit."""
    rules, book = ledger.programme.offline.credit, ledger.read()
    given = _given(book)
    if not rules.enabled and not given.amount:
        return None
    return CreditHere(given.amount, left_here(rules, given))


def _given(book: Statements) -> CreditGiven:
    acked = link_rows.state(book).acked_seq
    return CreditGiven(
        Money(credit_rows.open_amount(book)), credit_rows.given_in_a_row(book, acked)
    )
