"""Bringing a ledger file to this program's schema, after a copy has been put aside."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from errno import ENOSPC
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
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
    config = _config(connection, scripts_in)
    scripts = ScriptDirectory.from_config(config)
    found = schema_of(connection)
    if found == scripts.get_current_head():
        return None
    if found is not None and found not in {script.revision for script in scripts.walk_revisions()}:
        raise LedgerNewer(found)
    copy = None if found is None else _put_aside(connection, path, f"{found}-{at:%Y%m%d%H%M%S}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        command.upgrade(config, "head")
    except BaseException:
        if connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
            connection.exec_driver_sql("ROLLBACK")
        raise
    connection.exec_driver_sql("COMMIT")
    return copy


def _config(connection: Connection, scripts_in: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts_in))
    config.attributes["connection"] = connection
    return config


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
