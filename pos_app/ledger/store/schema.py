"""How the ledger's tables are spelt: strict, with named types, and no value of their own making."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, MetaData, Table

metadata = MetaData()


def column(
    name: str, kind: type, *, key: bool = False, null: bool = False, unique: bool = False
) -> Column[object]:
    """Return a column; a key is never null, and numbers itself never."""
    return Column(
        name,
        kind(),
        primary_key=key,
        nullable=null and not key,
        unique=unique or None,
        autoincrement=False,
    )


def table(name: str, *parts: Column[object] | CheckConstraint | Index, rowid: bool = True) -> Table:
    """Return a strict table."""
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_with_rowid=rowid)
