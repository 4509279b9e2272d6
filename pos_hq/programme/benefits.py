"""What stores give by themselves: counted, signed, and told to their own terminals (STR-01)."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pos_app.ledger.rules.autonomy import may_add
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.programme_store import (
    Share,
    StoreBenefits,
    ensure_fits,
    parse_benefits,
    share_of,
)
from pos_app.money import Money
from pos_hq.facts import BenefitsBehind, BenefitsOfAnother, ShareExceeded, StoreUnknown
from pos_hq.hq import Hq, milliseconds
from pos_hq.programme.amounts import share_in_words
from pos_hq.store import benefit_rows, feed_rows, programme_rows, store_rows
from pos_hq.store.benefit_rows import Kept
from pos_hq.store.database import Connection
from pos_hq.store.feed_rows import Told


@dataclass(frozen=True, slots=True)
class Listed:
    """One version, and how it stands to the programme in force; `share.standing.over` flags it."""

    version: str
    effective_from: datetime
    state: Literal["past", "in_force", "ahead"]
    share: Share


def check(hq: Hq, store: str, document: bytes) -> Share:
    """Return the share that a document would have of the store's benefits.

    Raises ProgrammeRefused, StoreUnknown, BenefitsOfAnother, ShareExceeded, BenefitsBehind.
    """
    with hq.read() as book:
        return _checked(hq, book, store, document)[1]


def publish(hq: Hq, store: str, document: bytes) -> tuple[StoreBenefits, Share]:
    """Sign what a store gives and tell its terminals; it counts from its moment.

    Publishing it twice is harmless. Raises what `check` does.
    """
    with hq.write() as book:
        benefits, share = _checked(hq, book, store, document)
        if not benefit_rows.named(book, [benefits.version]):
            _enter(hq, book, benefits, document)
    return benefits, share


def withdraw(hq: Hq, store: str) -> StoreBenefits:
    """End what a store gives, from now on: an empty document takes its place.

    Raises StoreUnknown.
    """
    begins = hq.now().isoformat(timespec="milliseconds")
    document = f'schema_version = 1\nstore = "{store}"\neffective_from = "{begins}"\n'.encode()
    return publish(hq, store, document)[0]


def listed(hq: Hq, store: str) -> tuple[Listed, ...]:
    """Return every version of a store in the order in which they take effect.

    Raises StoreUnknown.
    """
    now = hq.now_ms()
    with hq.read() as book:
        _ensure_store(book, store)
        rules, kept = programme_rows.in_force(book, now), benefit_rows.every(book, store)
    begun = [one for one in kept if one.effective_from <= now]
    ruling = begun[-1].version if begun else ""
    return tuple(_listed(hq, one, rules, ruling) for one in kept)


def _listed(hq: Hq, one: Kept, rules: Programme, ruling: str) -> Listed:
    ahead = one.effective_from > hq.now_ms()
    state: Literal["past", "in_force", "ahead"] = "ahead" if ahead else "past"
    if one.version == ruling:
        state = "in_force"
    share = share_of(rules, one.benefits)
    return Listed(one.version, hq.moment(one.effective_from), state, share)


def _checked(hq: Hq, book: Connection, store: str, document: bytes) -> tuple[StoreBenefits, Share]:
    _ensure_store(book, store)
    benefits = parse_benefits(document)
    if benefits.store != store:
        raise BenefitsOfAnother(benefits.store, store)
    rules = programme_rows.in_force(book, hq.now_ms())
    ensure_fits(rules, benefits)
    share = share_of(rules, benefits)
    if share.store and not may_add(Money(), share.standing):
        raise ShareExceeded(share_in_words(share))
    last = [one.effective_from for one in benefit_rows.every(book, store)][-1:]
    if last and milliseconds(benefits.effective_from) < last[0]:
        raise BenefitsBehind(benefits.version)
    return benefits, share


def _enter(hq: Hq, book: Connection, benefits: StoreBenefits, document: bytes) -> None:
    signature, begins = hq.signer.sign(document), milliseconds(benefits.effective_from)
    benefit_rows.add(book, benefits, document, signature, (begins, hq.now_ms()))
    body: dict[str, object] = {
        "document": base64.b64encode(document).decode(),
        "signature": signature.hex(),
        "effective_from": begins,
    }
    feed_rows.take_turn(book)
    scope = feed_rows.of_store(benefits.store)
    feed_rows.tell(book, [Told("benefits", benefits.version, body, scope)])


def _ensure_store(book: Connection, store: str) -> None:
    if store not in {code for code, _name in store_rows.all_stores(book)}:
        raise StoreUnknown(store)
