"""Founding HQ once, opening stores, and adding programmes."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from pos_app.ledger.rules.programme import Programme, parse_programme
from pos_hq.facts import FoundedAlready, KeyWrong, NotFounded, StoreTaken
from pos_hq.hq import Hq, milliseconds
from pos_hq.store import feed_rows, meta, programme_rows, store_rows
from pos_hq.store.database import Connection
from pos_hq.store.feed_rows import Told


@dataclass(frozen=True, slots=True)
class Store:
    """A store of the chain."""

    code: str
    name: str


def found(hq: Hq, programme: bytes) -> Programme:
    """Make an empty database this HQ's, with its first programme.

    Raises FoundedAlready, ProgrammeRefused.
    """
    rules = parse_programme(programme)
    with hq.write() as book:
        if meta.meta_of(book) is not None:
            raise FoundedAlready
        meta.found(book, hq.key, hq.now_ms())
        _add(hq, book, rules, programme)
    return rules


def ensure_ours(hq: Hq) -> None:
    """Make sure that the database belongs to this signing key. Raises NotFounded, KeyWrong."""
    with hq.read() as book:
        known = meta.meta_of(book)
    if known is None:
        raise NotFounded
    if known.key != hq.key:
        raise KeyWrong


def add_programme(hq: Hq, document: bytes) -> Programme:
    """Sign a programme and tell every terminal; adding it twice is harmless.

    Raises ProgrammeRefused.
    """
    rules = parse_programme(document)
    with hq.write() as book:
        if rules.version not in programme_rows.named(book, [rules.version]):
            _add(hq, book, rules, document)
    return rules


def create_store(hq: Hq, code: str, name: str) -> Store:
    """Open a store. Raises StoreTaken."""
    with hq.write() as book:
        if not store_rows.add(book, code, name, hq.now_ms()):
            raise StoreTaken(code)
    return Store(code, name)


def stores(hq: Hq) -> tuple[Store, ...]:
    """Return every store, by code."""
    with hq.read() as book:
        return tuple(Store(code, name) for code, name in store_rows.all_stores(book))


def _add(hq: Hq, book: Connection, rules: Programme, document: bytes) -> None:
    signature, begins = hq.signer.sign(document), milliseconds(rules.effective_from)
    programme_rows.add(book, rules.version, document, signature, (begins, hq.now_ms()))
    body: dict[str, object] = {
        "document": base64.b64encode(document).decode(),
        "signature": signature.hex(),
        "effective_from": begins,
    }
    feed_rows.take_turn(book)
    feed_rows.tell(book, [Told("programme", rules.version, body)])
