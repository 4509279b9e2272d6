"""Bringing HQ's database to this program's schema, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from pos_app.errors import PosError
from pos_hq.store.database import Database
from pos_hq.store.engine import writing

SCRIPTS = Path(__file__).parents[2] / "migrations" / "hq"


@dataclass(eq=False)
class DatabaseNewer(PosError):
    """The database was written by a newer HQ; this one would not understand it."""

    revision: str


def migrate(database: Database, scripts_in: Path = SCRIPTS) -> None:
    """Upgrade the database; one that is up to date stays as it is. Raises DatabaseNewer."""
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
