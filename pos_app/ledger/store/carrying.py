"""What goes over into a ledger that takes another's place: who works here; HQ tells the rest."""

from __future__ import annotations

from pos_app.ledger.store.book import Book
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Draft, Kind
from pos_app.ledger.store.operator_rows import OperatorRow, all_operators

_OF_STAFF = {
    Kind.NODE_OPEN,
    Kind.PROGRAMME,
    Kind.BENEFITS,
    Kind.OPERATOR_NEW,
    Kind.OPERATOR_EDIT,
    Kind.SIGN_IN,
    Kind.SIGN_IN_FAIL,
}


def operators_to_carry(reader: Statements) -> tuple[OperatorRow, ...]:
    """Return the operators who may sign in."""
    return tuple(row for row in all_operators(reader) if row.active and row.verifier)


def holds_staff_alone(reader: Statements) -> bool:
    """Say whether nobody has done anything here yet but appoint operators and sign in."""
    kinds = {kind for (kind,) in reader.execute("SELECT DISTINCT kind FROM journal")}
    return kinds <= _OF_STAFF


def carry_operators(book: Book, operators: tuple[OperatorRow, ...]) -> None:
    """Appoint them anew, under their own identities and with the PINs that they have."""
    for row in operators:
        body = {"id": row.id.hex, "number": row.number, "role": row.role.value}
        private = {"name": row.name, "verifier": row.verifier}
        book.append(Draft(Kind.OPERATOR_NEW, body, private=private))
