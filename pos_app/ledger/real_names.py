"""Whose document was shown: taken once, sealed at once, referred to by every later top-up."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.ids import MemberId, OperatorId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.names import clean_name
from pos_app.ledger.rules.identity_documents import (
    Document,
    DocumentFault,
    DocumentRefused,
    clean_number,
)
from pos_app.ledger.rules.prepaid_law import identity_kept_until, needs_real_name
from pos_app.ledger.store import link_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Draft, Json, Kind, canonical
from pos_app.ledger.store.real_name_rows import on_record
from pos_app.money import Money
from pos_app.security.hq_envelope import sealed_for_hq
from pos_app.security.real_names import about, seal_of_till

_HQ, _TILL = "hq", "till"


@dataclass(eq=False)
class DocumentNeeded(PosError):
    """The law wants a document shown before this member's card is topped up."""

    member: MemberId


def document_needed(ledger: Ledger, member: MemberId, amount: Money) -> bool:
    """Say whether a document must be shown before this top-up of a named card."""
    asked = needs_real_name(amount, ledger.programme, named=True)
    return asked and _known(ledger.read(), member) is None


def checked(document: Document, ledger: Ledger) -> Document:
    """Return a document as it is kept. Raises DocumentRefused, NameRefused."""
    name = clean_name(document.name)
    if not name:
        raise DocumentRefused(document.kind, DocumentFault.NAME)
    number = clean_number(document.kind, document.number, ledger.today())
    return Document(document.kind, number, name)


def referred(
    ledger: Ledger, book: Book, member: MemberId, shown: Document | None, by: OperatorId
) -> dict[str, Json]:
    """Return what a top-up says of the record that the law wants; one is taken where none is.

    Raises DocumentNeeded, DocumentRefused, NameRefused.
    """
    until = identity_kept_until(book.today, book.programme).isoformat()
    known = _known(book, member)
    if known is not None:
        return {"real_name": known, "real_name_until": until}
    if shown is None:
        raise DocumentNeeded(member)
    taken = _record(ledger, book, member, checked(shown, ledger), until)
    event = book.append(Draft(Kind.REAL_NAME, taken.body, (), member, by, private=taken.private))
    return {"real_name": event.id.hex, "real_name_until": until}


@dataclass(frozen=True, slots=True)
class _Record:
    body: dict[str, Json]
    private: dict[str, Json]


def _record(
    ledger: Ledger, book: Book, member: MemberId, document: Document, until: str
) -> _Record:
    """Seal a document for HQ; a till that has none keeps it under a key of its own."""
    plain = canonical(
        {"kind": document.kind.value, "number": document.number, "name": document.name}
    )
    hq = link_rows.state(book).key
    if hq is None:
        sealed, reader = seal_of_till(ledger.pepper).close(plain, about(member)), _TILL
    else:
        sealed, reader = sealed_for_hq(plain, hq, about=about(member)), _HQ
    return _Record({"sealed_for": reader, "kept_until": until}, {"sealed": sealed.hex()})


def _known(book: Statements, member: MemberId) -> str | None:
    found = on_record(book, member, for_hq=link_rows.state(book).key is not None)
    return None if found is None else found[0]
