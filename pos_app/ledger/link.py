"""Belonging to an HQ: joining it, what it last said, and whether it may be believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pos_app.errors import PosError
from pos_app.ids import NodeId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store import link_rows
from pos_app.ledger.store.link_rows import LinkState

REWOUND = "rewound"
CLOCK_SUSPECT_FROM = timedelta(minutes=5)


@dataclass(eq=False)
class OtherStore(PosError):
    """The code belongs to another store or terminal than this ledger does."""

    here: str
    there: str


@dataclass(eq=False)
class OtherHq(PosError):
    """The ledger belongs to another HQ than the one that answers."""


@dataclass(frozen=True, slots=True)
class Membership:
    """What HQ says a terminal is, and the key by which HQ is known."""

    node: NodeId
    epoch: int
    store: str
    hq_key: bytes
    incarnation: int


@dataclass(frozen=True, slots=True)
class Greeting:
    """Who HQ says it is, in which life after a restore, and what its clock says."""

    hq_key: bytes
    incarnation: int
    time: datetime


def link_state(ledger: Ledger) -> LinkState:
    """Return how this terminal stands with HQ."""
    return link_rows.state(ledger.read())


def join(ledger: Ledger, told: Membership) -> None:
    """Belong to this HQ from now on. Joining the same one again is harmless.

    Raises OtherStore, OtherHq.
    """
    node = ledger.node
    if (told.node, told.epoch, told.store) != (node.id, node.epoch, node.store):
        raise OtherStore(node.store, told.store)
    with ledger.write() as book:
        known = link_rows.state(book).key
        if known is None:
            link_rows.join(book, told.hq_key, told.incarnation, book.now)
        elif known != told.hq_key:
            raise OtherHq


def greet(ledger: Ledger, told: Greeting) -> None:
    """Note that HQ was heard. A restored HQ is told everything anew. Raises OtherHq."""
    with ledger.write() as book:
        state = link_rows.state(book)
        if state.key != told.hq_key:
            raise OtherHq
        if told.incarnation > state.incarnation:
            link_rows.restart(book, told.incarnation)
        link_rows.heard(book, told.time, book.now)


def tell_anew(ledger: Ledger) -> None:
    """Begin to send from the first event: HQ holds less than it has acknowledged."""
    with ledger.write() as book:
        link_rows.restart(book, link_rows.state(book).incarnation)


def distrust(ledger: Ledger) -> None:
    """Spend no more rights from a restored copy: the other book may have spent them."""
    with ledger.write() as book:
        link_rows.freeze(book, REWOUND)


def clock_suspect(ledger: Ledger, hq_time: datetime) -> bool:
    """Say whether this terminal's clock is far from HQ's."""
    return abs(ledger.now() - hq_time) > CLOCK_SUSPECT_FROM
