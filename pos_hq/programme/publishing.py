"""The programmes of the chain: signed, published, and listed."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pos_app.clock import business_date
from pos_app.ledger.rules.credit import most_lost
from pos_app.ledger.rules.programme import Programme, parse_programme
from pos_hq.facts import CreditLossNotAccepted, ProgrammeBehind, VersionUnknown
from pos_hq.hq import Hq, milliseconds
from pos_hq.programme.cautions import Reached, cautions
from pos_hq.store import feed_rows, programme_rows, reached_rows
from pos_hq.store.database import Connection
from pos_hq.store.feed_rows import Told


@dataclass(frozen=True, slots=True)
class Published:
    """One version that HQ signed: from when it rules, and when it was published."""

    version: str
    effective_from: datetime
    added_at: datetime
    state: Literal["past", "in_force", "ahead"]


def publish(hq: Hq, document: bytes, *, accepted_loss: int | None = None) -> Programme:
    """Sign a programme and tell every terminal; it rules from its moment. Twice is harmless.

    One that gives credit wants the most that it can lose, in fen, said back: CreditLossNotAccepted.

    Raises ProgrammeRefused; ProgrammeBehind for one that every terminal would refuse, because it
    begins before the one in force did.
    """
    rules = parse_programme(document)
    with hq.write() as book:
        if programme_rows.named(book, [rules.version]):
            return rules
        ruling = programme_rows.in_force(book, hq.now_ms())
        if rules.effective_from < ruling.effective_from:
            raise ProgrammeBehind(rules.version, ruling.version)
        ensure_accepted(book, rules, accepted_loss)
        enter(hq, book, rules, document)
    return rules


def credit_loss(hq: Hq, rules: Programme) -> CreditLossNotAccepted | None:
    """Return what the credit of a programme may cost today; None where it gives none."""
    with hq.read() as book:
        return _credit_loss(book, rules)


def ensure_accepted(book: Connection, rules: Programme, accepted: int | None) -> None:
    """Make sure that whoever lets terminals give credit knows its price.

    Raises CreditLossNotAccepted.
    """
    loss = _credit_loss(book, rules)
    if loss is not None and accepted != loss.loss.minor:
        raise loss


def _credit_loss(book: Connection, rules: Programme) -> CreditLossNotAccepted | None:
    """Every active terminal may get to know every member: none is taken to know fewer."""
    if not rules.offline.credit.enabled:
        return None
    terminals, members = programme_rows.reach(book)
    loss = most_lost(rules.offline.credit, [members] * terminals)
    return CreditLossNotAccepted(loss, terminals)


def enter(hq: Hq, book: Connection, rules: Programme, document: bytes) -> None:
    """Sign a lawful programme, keep it, and put it into the feed of everybody."""
    signature, begins = hq.signer.sign(document), milliseconds(rules.effective_from)
    programme_rows.add(book, rules.version, document, signature, (begins, hq.now_ms()))
    body: dict[str, object] = {
        "document": base64.b64encode(document).decode(),
        "signature": signature.hex(),
        "effective_from": begins,
    }
    feed_rows.take_turn(book)
    feed_rows.tell(book, [Told("programme", rules.version, body)])


def published(hq: Hq) -> tuple[Published, ...]:
    """Return every version, in the order in which they take effect."""
    now = hq.now_ms()
    with hq.read() as book:
        ruling = programme_rows.in_force(book, now).version
        rows = programme_rows.every(book)
    return tuple(
        Published(
            version,
            hq.moment(begins),
            hq.moment(added),
            "in_force" if version == ruling else "ahead" if begins > now else "past",
        )
        for version, begins, added in rows
    )


def document_of(hq: Hq, version: str | None = None) -> bytes:
    """Return a version as it was signed, or the one in force. Raises VersionUnknown."""
    with hq.read() as book:
        wanted = version or programme_rows.in_force(book, hq.now_ms()).version
        document = programme_rows.document(book, wanted)
    if document is None:
        raise VersionUnknown(wanted)
    return document


def doubts(hq: Hq, document: bytes) -> tuple[str, ...]:
    """Return what is lawful and probably not meant. Raises ProgrammeRefused."""
    rules = parse_programme(document)
    today = business_date(hq.now(), zone=rules.zone, cutover=rules.cutover)
    since = today - timedelta(days=rules.growth.window_days)
    with hq.read() as book:
        most = reached_rows.most_in_window(book, since.isoformat())
        reached = Reached(*most, reached_rows.largest_order(book))
    return tuple(cautions(rules, reached, hq.now()))
