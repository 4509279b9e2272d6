"""The tables that the program knows are the tables that the migrations make."""

from typing import Any

import sqlcipher3.dbapi2 as driver

from pos_app.ledger.store.driver import Statements, engine_on
from pos_app.ledger.store.schema import metadata
from pos_app.ledger.store.tables import DERIVED, KEPT
from tests.shop import Shop

Shape = dict[str, Any]


def shape(reader: Statements) -> Shape:
    """Return every table: its kind, its columns, and its indexes by what they cover."""
    tables = reader.execute(
        "SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version' ORDER BY name"
    ).fetchall()
    return {name: (kind, _columns(reader, name), _indexes(reader, name)) for name, *kind in tables}


def _columns(reader: Statements, table: str) -> list[Any]:
    asked = 'SELECT name, upper(type), "notnull", pk FROM pragma_table_info(?)'
    return reader.execute(asked, (table,)).fetchall()


def _indexes(reader: Statements, table: str) -> list[Any]:
    asked = 'SELECT name, "unique", partial FROM pragma_index_list(?)'
    return sorted(
        (unique, partial, _covered(reader, name))
        for name, unique, partial in reader.execute(asked, (table,)).fetchall()
    )


def _covered(reader: Statements, index: str) -> str:
    rows = reader.execute("SELECT name FROM pragma_index_info(?)", (index,)).fetchall()
    return ",".join(name for (name,) in rows)


def test_the_migrated_file_is_what_the_tables_say(shop: Shop) -> None:
    blank = driver.connect(":memory:", isolation_level=None)
    metadata.create_all(engine_on(blank))

    said, migrated = shape(blank), shape(shop.ledger.read())

    assert sorted(migrated) == sorted(said)
    for table, parts in said.items():
        assert migrated[table] == parts, table
    blank.close()


def test_every_table_is_strict(shop: Shop) -> None:
    assert all(kind[1] == 1 for kind, *_ in shape(shop.ledger.read()).values())


def test_every_table_is_either_kept_or_derived() -> None:
    kept = {table.name for table in KEPT}

    of_the_till = {"node_state", "journal", "sidecar", "held_order", "slip_state"}
    told = {"inbox", "remote_right", "remote_member", "remote_card", "hq_exception"}
    of_hq = {"hq_link", "grant_request", *told}
    of_the_radar = {"alert", "alert_member"}
    assert kept == of_the_till | of_hq | of_the_radar
    assert kept.isdisjoint(table.name for table in DERIVED)


def test_the_immutability_triggers_are_there(shop: Shop) -> None:
    found = shop.ledger.read().execute(
        "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY tbl_name"
    )

    assert [table for (table,) in found] == ["journal", "journal", "transfer", "transfer"]
