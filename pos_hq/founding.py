"""Founding HQ once, and opening stores."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ledger.rules.programme import Programme, parse_programme
from pos_hq.facts import FoundedAlready, KeyWrong, NotFounded, StoreTaken
from pos_hq.hq import Hq
from pos_hq.programme import publishing
from pos_hq.store import meta, store_rows


@dataclass(frozen=True, slots=True)
class Store:
    """A store of the chain."""

    code: str
    name: str


def found(hq: Hq, programme: bytes) -> Programme:
    """Make an empty database this HQ's, with its first programme.

    Raises FoundedAlready, ProgrammeRefused; CreditLossNotAccepted for one that gives credit: what
    that may cost is known once there are terminals.
    """
    rules = parse_programme(programme)
    with hq.write() as book:
        if meta.meta_of(book) is not None:
            raise FoundedAlready
        publishing.ensure_accepted(book, rules, None)
        meta.found(book, hq.key, hq.now_ms())
        publishing.enter(hq, book, rules, programme)
    return rules


def ensure_ours(hq: Hq) -> None:
    """Make sure that the database belongs to this signing key. Raises NotFounded, KeyWrong."""
    with hq.read() as book:
        known = meta.meta_of(book)
    if known is None:
        raise NotFounded
    if known.key != hq.key:
        raise KeyWrong


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
