"""What a database says when it has no time for us; the doors answer that it is worth a retry."""

from __future__ import annotations

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

# Locked by another writer, out of connections, restarting: nothing was kept.
BUSY = (OperationalError, InterfaceError, PoolTimeout)
