"""Tampering: whatever a thief with the key edits, removes, inserts or swaps is found and named."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.ledger.store.driver import Statements
from tests.ledger.book_rows import found_by

# What is read of each table, by the check that must name the fault in it.
TABLES = {
    "journal": {"chain", "signatures", "journal columns"},
    "sidecar": {"personal data"},
    "account": {"accounts", "transfers", "one unit per transfer", "balances"},
    "transfer": {"transfers"},
    "balance": {"balances", "floors"},
    "lot": {"lots"},
    "coupon": {"coupons"},
    "sale": {"sales"},
    "sale_unit": {"unit rows of sales"},
    "growth": {"growth"},
}
# A coupon's template and days are told by its event alone; replay proves them.
UNREAD = {"coupon": {"template", "valid_from", "valid_until", "seq"}}
UNIQUE = {"event_id", "intent", "slip", "code", "unit"}


@settings(max_examples=200)
@given(data=st.data())
def test_whatever_is_changed_is_found_by_the_check_it_belongs_to(
    from_behind: Statements, data: st.DataObject
) -> None:
    table = data.draw(st.sampled_from(sorted(TABLES)))
    change = data.draw(st.sampled_from([_edit, _remove, _insert, _swap]))

    from_behind.execute("BEGIN")
    try:
        done = change(from_behind, table, data)
        found = found_by(from_behind)
    finally:
        from_behind.execute("ROLLBACK")

    assert (found in TABLES[table]) is done, (table, found)


def _columns(behind: Statements, table: str) -> list[tuple[str, str]]:
    known = _all_columns(behind, table)
    return [(name, kind) for name, kind in known if name not in UNREAD.get(table, set())]


def _row(behind: Statements, table: str, data: st.DataObject) -> tuple[str, tuple[Any, ...]]:
    """Draw a row: the words that find it, and its key."""
    asked = f'SELECT name FROM pragma_table_info("{table}") WHERE pk > 0 ORDER BY pk'  # noqa: S608 -- ours
    keys = [name for (name,) in behind.execute(asked)]
    rows = behind.execute(f"SELECT {', '.join(keys)} FROM {table} ORDER BY 1").fetchall()  # noqa: S608 -- ours
    return " AND ".join(f"{key} = ?" for key in keys), data.draw(st.sampled_from(rows))


def _edit(behind: Statements, table: str, data: st.DataObject) -> bool:
    where, key = _row(behind, table, data)
    column, kind = data.draw(st.sampled_from(_columns(behind, table)))
    asked = f'SELECT "{column}" FROM {table} WHERE {where}'  # noqa: S608 -- ours
    (value,) = behind.execute(asked, key).fetchone()
    changed = _other(value, kind, data)
    behind.execute(
        f'UPDATE OR IGNORE {table} SET "{column}" = ? WHERE {where}',  # noqa: S608 -- ours
        (changed, *key),
    )
    return bool(behind.execute("SELECT changes()").fetchone() == (1,))


def _other(value: Any, kind: str, data: st.DataObject) -> Any:  # noqa: ANN401 -- any column's value
    """Return another value of the same type; bytes change by one bit."""
    if kind == "INTEGER":
        return (value or 0) + data.draw(st.sampled_from([-100_000, -1, 1, 7, 100_000]))
    if kind == "TEXT":
        return (value or "") + data.draw(st.sampled_from(["x", "0", " "]))
    if value is None:
        return bytes(16)
    at = data.draw(st.integers(0, len(value) - 1))
    return value[:at] + bytes([value[at] ^ 1 << data.draw(st.integers(0, 7))]) + value[at + 1 :]


def _remove(behind: Statements, table: str, data: st.DataObject) -> bool:
    """Remove a row. A sidecar that is gone was erased: that is allowed."""
    where, key = _row(behind, table, data)
    behind.execute(f"DELETE FROM {table} WHERE {where}", key)  # noqa: S608 -- ours
    return table != "sidecar"


def _insert(behind: Statements, table: str, data: st.DataObject) -> bool:
    """Insert a row like another one, under a key that is free."""
    where, key = _row(behind, table, data)
    row = behind.execute(f"SELECT * FROM {table} WHERE {where}", key).fetchone()  # noqa: S608 -- ours
    columns = _all_columns(behind, table)
    copy = [_fresh(value, *column) for value, column in zip(row, columns, strict=True)]
    marks = ", ".join("?" * len(copy))
    behind.execute(f"INSERT INTO {table} VALUES ({marks})", tuple(copy))  # noqa: S608 -- ours
    return True


def _all_columns(behind: Statements, table: str) -> list[tuple[str, str]]:
    asked = f'SELECT name, type FROM pragma_table_info("{table}")'  # noqa: S608 -- ours
    return behind.execute(asked).fetchall()


def _fresh(value: Any, name: str, kind: str) -> Any:  # noqa: ANN401 -- any column's value
    if name in UNIQUE and kind == "TEXT":
        return f"{value}0"
    if kind == "BLOB" and value is not None:
        return bytes([value[0] ^ 255]) + value[1:]
    return value + 10_000 if kind == "INTEGER" and value is not None else value


def _swap(behind: Statements, table: str, data: st.DataObject) -> bool:
    """Let two rows change places, keys apart: it counts where they differ in what is read."""
    (where, one), (_, other) = _row(behind, table, data), _row(behind, table, data)
    asked = f'SELECT name FROM pragma_table_info("{table}") WHERE pk = 0'  # noqa: S608 -- ours
    rest = [name for (name,) in behind.execute(asked)]
    read = [name for name in rest if name not in UNIQUE | UNREAD.get(table, set())]
    listed = ", ".join(f'"{name}"' for name in read)
    row = f"SELECT {listed} FROM {table} WHERE {where}"  # noqa: S608 -- ours
    first, second = behind.execute(row, one).fetchone(), behind.execute(row, other).fetchone()
    put = ", ".join(f'"{name}" = ?' for name in read)
    behind.execute(f"UPDATE {table} SET {put} WHERE {where}", (*second, *one))  # noqa: S608 -- ours
    behind.execute(f"UPDATE {table} SET {put} WHERE {where}", (*first, *other))  # noqa: S608 -- ours
    return bool(first != second)
