"""The databases of an HQ: a PostgreSQL of our own that waits for the disk, and a file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress

from tests.postgres import NoPostgres, Server, new_folder
from tests.postgres_run import Databases, keeper

POSTGRESQL, SQLITE = "PostgreSQL", "SQLite"
_SETTINGS = "shared_buffers = 512MB\nmax_wal_size = 4GB\n"
# Makes an empty database and returns its URL; none is a file that HQ makes itself.
New = Callable[[], str]


@contextmanager
def databases(kinds: Collection[str]) -> Iterator[dict[str, New]]:
    """Return those of these kinds that can run here, by name, PostgreSQL first."""
    with ExitStack() as stack:
        found: dict[str, New] = {}
        if POSTGRESQL in kinds:
            with suppress(NoPostgres):
                found[POSTGRESQL] = stack.enter_context(_postgres())
        if SQLITE in kinds or not found:
            found[SQLITE] = str
        yield found


@contextmanager
def _postgres() -> Iterator[New]:
    server = Server(new_folder())
    waiting = keeper(server)
    try:
        server.start(_SETTINGS)
        yield Databases(server).create
    finally:
        waiting.communicate(timeout=60)
