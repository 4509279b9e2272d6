"""The shop's other systems, each with a key of its own."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from enum import StrEnum

from pos_hq import enrolment
from pos_hq.facts import IntegrationTaken, IntegrationUnknown, NotAuthorised, ScopeMissing
from pos_hq.hq import Hq
from pos_hq.store import integration_rows
from pos_hq.store.integration_rows import IntegrationRow

_KEY_BYTES = 32


class Scope(StrEnum):
    """What a key opens: telling what members did; reading the figures of all points."""

    BEHAVIOURS = "behaviours"
    POINTS = "points"


def create(hq: Hq, name: str, scopes: Iterable[Scope]) -> str:
    """Make a key for a system; it is returned once, and HQ keeps its hash alone.

    One that was shut out keeps its identity, so that nothing it told before counts again.
    Raises NameUnfit, IntegrationTaken.
    """
    enrolment.ensure_name(name)
    key, opens = secrets.token_urlsafe(_KEY_BYTES), " ".join(sorted(set(scopes)))
    with hq.write() as book:
        known = integration_rows.named(book, name)
        if known is None:
            integration_rows.add(book, name, _hash(key), opens, hq.now_ms())
        elif known.revoked_at is None:
            raise IntegrationTaken(name)
        else:
            integration_rows.renew(book, known, _hash(key), opens, hq.now_ms())
    return key


def revoke(hq: Hq, name: str) -> None:
    """Shut a system out, at once. Raises IntegrationUnknown."""
    with hq.write() as book:
        if not integration_rows.revoke(book, name, hq.now_ms()):
            raise IntegrationUnknown(name)


def listed(hq: Hq) -> Sequence[IntegrationRow]:
    """Return all systems, also those that were shut out."""
    with hq.read() as book:
        return integration_rows.every(book)


def of_key(hq: Hq, key: str) -> IntegrationRow:
    """Return whose key it is. Raises NotAuthorised."""
    with hq.read() as book:
        known = integration_rows.of_key(book, _hash(key))
    if known is None:
        raise NotAuthorised
    return known


def ensure_opens(one: IntegrationRow, scope: Scope) -> None:
    """Raise ScopeMissing where a key is not for this."""
    if scope not in one.scopes:
        raise ScopeMissing(scope.value)


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
