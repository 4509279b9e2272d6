"""Bringing a ledger file to this program's schema, after a copy has been put aside."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from errno import ENOSPC
from pathlib import Path

from sqlalchemy import Connection

from pos_app.errors import PosError
from pos_app.ledger.store.driver import DiskFailed, DiskFull, LedgerBusy

SCRIPTS = Path(__file__).parents[3] / "migrations" / "terminal"


@dataclass(eq=False)
class LedgerNewer(PosError):
    """The file was written by a newer program; this one would not understand it."""

    revision: str


def schema_of(connection: Connection) -> str | None:
    """Return the file's schema revision; None for a new, empty file."""
    known = connection.exec_driver_sql(
        "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    ).fetchone()
    if known is None:
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def migrate(
    connection: Connection, path: Path, *, at: datetime, scripts_in: Path = SCRIPTS
) -> Path | None:
    """Upgrade the file in one transaction.

    Return the copy that was put aside before, if there was anything to copy.

    Raises LedgerNewer when the file is ahead of this program.
    """
    found, known = schema_of(connection), _revisions(scripts_in)
    if found == known[-1]:
        return None
    if found is not None and found not in known:
        raise LedgerNewer(found)
    copy = None if found is None else _put_aside(connection, path, f"{found}-{at:%Y%m%d%H%M%S}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        _upgrade(connection, scripts_in)
    except BaseException:
        if connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
            connection.exec_driver_sql("ROLLBACK")
        raise
    connection.exec_driver_sql("COMMIT")
    return copy


def _revisions(scripts_in: Path) -> list[str]:
    """Return the revisions in their order; a script's file name begins with its own."""
    return sorted(script.name[:4] for script in (scripts_in / "versions").glob("[0-9]*.py"))


def _upgrade(connection: Connection, scripts_in: Path) -> None:
    # A file of today, which is nearly every one, is opened without it.
    from alembic import command  # noqa: PLC0415 -- kept out of the start of the program
    from alembic.config import Config  # noqa: PLC0415 -- the same

    config = Config()
    config.set_main_option("script_location", str(scripts_in))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _put_aside(connection: Connection, path: Path, tag: str) -> Path:
    """Copy the file while nobody writes. The copy stays encrypted under the same key."""
    blocked, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    if blocked:
        raise LedgerBusy
    copy = path.with_name(f"{path.stem}-{tag}.backup")
    try:
        shutil.copy2(path, copy)
    except OSError as failed:
        copy.unlink(missing_ok=True)
        raise (DiskFull() if failed.errno == ENOSPC else DiskFailed(str(failed))) from failed
    return copy
