"""Adopting a new programme: signed, within the law, and not older than the one in force."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.programme import Programme, parse_programme
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.event import Draft, Kind
from pos_app.ledger.store.file import programme_body, programme_known
from pos_app.security.signing import verify


@dataclass(eq=False)
class ProgrammeUnsigned(PosError):
    """The document is not signed by the publisher that this terminal trusts."""


@dataclass(eq=False)
class ProgrammeOlder(PosError):
    """The document is older than the programme in force."""

    version: str
    in_force: str


def adopt_programme(
    ledger: Ledger, document: bytes, signature: bytes, *, publisher: bytes
) -> Programme:
    """Put a programme into the book; it rules from its effective date.

    Adopting it twice is harmless.

    `publisher` is the Ed25519 public key whose signature over the document's bytes is trusted.
    Raises ProgrammeUnsigned, ProgrammeRefused (names key and rule), ProgrammeOlder; the last
    good one stays.
    """
    with ledger.write() as book:
        return adopt_into(book, document, signature, publisher=publisher)


def signed_programme(document: bytes, signature: bytes, *, publisher: bytes) -> Programme:
    """Return a programme that was signed. Raises ProgrammeUnsigned, ProgrammeRefused."""
    if not verify(publisher, document, signature):
        raise ProgrammeUnsigned
    return parse_programme(document)


def adopt_into(book: Book, document: bytes, signature: bytes, *, publisher: bytes) -> Programme:
    """Put a programme into the book inside an open transaction; `adopt_programme` tells of it."""
    rules = signed_programme(document, signature, publisher=publisher)
    if programme_known(book, rules.version):
        return rules
    in_force = book.programme
    if rules.effective_from < in_force.effective_from:
        raise ProgrammeOlder(rules.version, in_force.version)
    book.append(Draft(Kind.PROGRAMME, programme_body(rules, document)))
    return rules
