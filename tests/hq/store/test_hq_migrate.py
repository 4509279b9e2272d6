"""HQ's schema is the same whether it was migrated or is written in the program."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text

from pos_hq.store.migrate import DatabaseNewer, migrate
from pos_hq.store.tables import metadata


def test_a_migrated_database_has_the_tables_of_the_program(hq_engine: Engine) -> None:
    migrate(hq_engine)

    with hq_engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == []


def test_migrating_again_changes_nothing(hq_engine: Engine) -> None:
    migrate(hq_engine)

    migrate(hq_engine)


def test_a_database_of_a_newer_hq_is_left_alone(hq_engine: Engine) -> None:
    migrate(hq_engine)
    with hq_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseNewer):
        migrate(hq_engine)
