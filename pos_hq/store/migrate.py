"""Bringing HQ's database to this program's schema, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DatabaseError

from pos_app.errors import PosError
from pos_hq.store.database import Database
from pos_hq.store.engine import writing
from pos_hq.store.trouble import BUSY

SCRIPTS = Path(__file__).parents[2] / "migrations" / "hq"


@dataclass(eq=False)
class DatabaseNewer(PosError):
    """The database was written by a newer HQ; this one would not understand it."""

    revision: str


@dataclass(eq=False)
class DatabaseForeign(PosError):
    """What is there cannot be read: it was encrypted with another key, or is not HQ's."""


def migrate(database: Database, scripts_in: Path = SCRIPTS) -> None:
    """Upgrade the database; one that is up to date stays as it is.

    Raises DatabaseNewer, DatabaseForeign, and what `trouble` names where it has no time.
    """
    try:
        _upgrade(database, scripts_in)
    except BUSY:
        raise
    except DatabaseError as strange:
        raise DatabaseForeign from strange


def _upgrade(database: Database, scripts_in: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(scripts_in))
    scripts = ScriptDirectory.from_config(config)
    with writing(database) as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        if found == scripts.get_current_head():
            return
        if found not in {None, *(script.revision for script in scripts.walk_revisions())}:
            raise DatabaseNewer(str(found))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
