"""Adopting what this store gives by itself: signed by HQ, and of this store."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.ledger.programmes import ProgrammeUnsigned
from pos_app.ledger.rules.programme_store import StoreBenefits, parse_benefits
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.event import Draft, Kind
from pos_app.security.signing import verify


@dataclass(eq=False)
class BenefitsElsewhere(PosError):
    """The document speaks of another store."""

    store: str


def adopt_benefits(
    book: Book, document: bytes, signature: bytes, *, publisher: bytes
) -> StoreBenefits:
    """Put them into the book; they count from their moment. Adopting them twice is harmless.

    Raises ProgrammeUnsigned, ProgrammeRefused, BenefitsElsewhere; the last good ones stay.
    """
    if not verify(publisher, document, signature):
        raise ProgrammeUnsigned
    benefits = parse_benefits(document)
    if benefits.store != book.node.store:
        raise BenefitsElsewhere(benefits.store)
    asked = "SELECT 1 FROM store_benefits WHERE version = ?"
    if book.execute(asked, (benefits.version,)).fetchone() is None:
        body = {"version": benefits.version, "document": document.decode()}
        book.append(Draft(Kind.BENEFITS, body))
    return benefits
