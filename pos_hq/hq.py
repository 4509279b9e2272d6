"""HQ: one database, one signing key, one clock."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pos_app.clock import Clock
from pos_app.security.signing import Signer
from pos_hq.store import meta
from pos_hq.store.database import Connection, Database
from pos_hq.store.engine import reading, writing

_EPOCH_START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Hq:
    """What every use case of HQ is given. The pepper is the chain's: it is never stored."""

    engine: Database
    signer: Signer
    clock: Clock
    pepper: bytes

    @property
    def key(self) -> bytes:
        """The public half of HQ's signing key."""
        return self.signer.public_key

    def now(self) -> datetime:
        """Return HQ's time, aware, in UTC."""
        return self.clock()

    def now_ms(self) -> int:
        """Return HQ's time as it is stored and sent: milliseconds since 1970 UTC."""
        return milliseconds(self.clock())

    def moment(self, stamp: int) -> datetime:
        """Return the aware UTC moment of a stored stamp."""
        return _EPOCH_START + timedelta(milliseconds=stamp)

    def write(self) -> AbstractContextManager[Connection]:
        """Open a write transaction: committed on leaving, rolled back on any exception."""
        return writing(self.engine)

    def read(self) -> AbstractContextManager[Connection]:
        """Open a connection that sees one state and changes nothing."""
        return reading(self.engine)

    def escrow_key(self, book: Connection) -> str:
        """Return the key to which terminals seal theirs, empty while there is no escrow."""
        key = meta.escrow_key_of(book)
        return "" if key is None else key.hex()

    def incarnation(self, book: Connection) -> int:
        """Return how often this HQ has begun anew. Raises NotFounded."""
        return meta.incarnation_of(book)


def milliseconds(at: datetime) -> int:
    """Return an aware moment as whole milliseconds since 1970 UTC."""
    return (at - _EPOCH_START) // timedelta(milliseconds=1)
