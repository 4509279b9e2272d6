"""The journal is the outbox: what HQ has not acknowledged yet, and its signed word when it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import EventId, IntentId, NodeId, OperatorId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rights import Deed, ensure_may
from pos_app.ledger.rules.access import Act
from pos_app.ledger.store import link_rows
from pos_app.ledger.store.event import Draft, Json, Kind, moment
from pos_app.ledger.store.link_rows import Acknowledged

BATCH_EVENTS = 500
BATCH_BYTES = 700_000
_DIFFER = "holdings_differ"


@dataclass(eq=False)
class ChainDiffers(PosError):
    """HQ holds another event at this place of the chain: one of two copies of the disk is old."""

    seq: int


@dataclass(eq=False)
class HoldingsDiffer(PosError):
    """HQ's sum of this terminal's holdings is not the terminal's own."""

    unit: str
    here: int
    at_hq: int


@dataclass(frozen=True, slots=True)
class Sidecar:
    """Personal data beside an event, with the salt of its digest."""

    event: EventId
    salt: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Events in order, as exact bytes, with what leads up to them.

    `holdings` are this terminal's own sums before the first, where HQ's were found to differ.
    """

    node: NodeId
    epoch: int
    incarnation: int
    first_seq: int
    previous: bytes
    head_seq: int
    payloads: tuple[bytes, ...]
    signatures: tuple[bytes, ...]
    sidecars: tuple[Sidecar, ...]
    holdings: dict[str, int] | None = None

    @property
    def last_seq(self) -> int:
        """Return the place of the last event; of an empty batch, of the one before it."""
        return self.first_seq + len(self.payloads) - 1


@dataclass(frozen=True, slots=True)
class Unsent:
    """How many events HQ has not acknowledged, and since when the oldest waits."""

    count: int
    oldest: datetime | None


def next_batch(ledger: Ledger, *, events: int = BATCH_EVENTS) -> Batch:
    """Return the next events to send; with none, the batch still tells HQ where the chain ends."""
    state = link_rows.state(ledger.read())
    return _batch(ledger, (state.acked_seq, state.acked_hash), events)


def unsent_batches(ledger: Ledger) -> tuple[Batch, ...]:
    """Return everything that HQ has not acknowledged, in batches as they are sent."""
    batches = [next_batch(ledger)]
    while batches[-1].last_seq < batches[-1].head_seq:
        last = batches[-1].last_seq
        reached = link_rows.hash_at(ledger.read(), last)
        assert reached is not None, "it was just read"
        batches.append(_batch(ledger, (last, reached), BATCH_EVENTS))
    return tuple(batches)


def note_export(ledger: Ledger, *, operator: OperatorId, intent: IntentId) -> None:
    """Write down that what is unsent leaves the till in a file. Raises NotAllowed."""
    with ledger.write() as book:
        if book.event_of_intent(intent) is None:
            deed = Deed(Act.EXPORT, operator, intent)
            ensure_may(book, deed, key=ledger.capability_key)
            after = link_rows.state(book).acked_seq
            said: dict[str, Json] = {"note": "export", "after": after}
            book.append(Draft(Kind.NOTE, said, operator=operator, intent=intent))


def _batch(ledger: Ledger, after: tuple[int, bytes], events: int) -> Batch:
    reader, node, (seq, digest) = ledger.read(), ledger.node, after
    state = link_rows.state(reader)
    rows: list[link_rows.Unsent] = []
    size = 0
    for row in link_rows.unsent(reader, seq, events):
        size += len(row.payload)
        if rows and size > BATCH_BYTES:
            break
        rows.append(row)
    beside = link_rows.sidecars(reader, seq, seq + len(rows))
    return Batch(
        node.id,
        node.epoch,
        state.incarnation,
        seq + 1,
        digest,
        link_rows.head_seq(reader),
        tuple(row.payload for row in rows),
        tuple(row.signature for row in rows),
        tuple(Sidecar(EventId(UUID(bytes=event)), salt, data) for event, salt, data in beside),
        link_rows.totals(reader) if state.frozen == _DIFFER else None,
    )


def acknowledge(ledger: Ledger, word: Acknowledged, totals: dict[str, int]) -> None:
    """Keep HQ's signed word of how far it holds this chain. Repeating it is harmless.

    `totals` are HQ's sums of this terminal's holdings at that place, by class of unit.
    Raises ChainDiffers, and HoldingsDiffer, which also freezes the spending of rights.
    """
    with ledger.write() as book:
        if link_rows.hash_at(book, word.seq) != word.hash:
            raise ChainDiffers(word.seq)
        if word.seq < link_rows.state(book).acked_seq:
            return
        here = link_rows.acknowledge(book, word)
        wrong = [unit for unit in sorted(here | totals) if here.get(unit, 0) != totals.get(unit, 0)]
        if wrong:
            link_rows.freeze(book, _DIFFER)
    if wrong:
        raise HoldingsDiffer(wrong[0], here.get(wrong[0], 0), totals.get(wrong[0], 0))


def unsent(ledger: Ledger) -> Unsent:
    """Return how much waits to be sent."""
    count, oldest = link_rows.waiting(ledger.read())
    return Unsent(count, None if oldest is None else moment(oldest))
