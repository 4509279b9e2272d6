"""What the tables of HQ are made of."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# Amounts in fen or points, places in a chain, moments in milliseconds since 1970 UTC.
_WHOLE = BigInteger().with_variant(Integer, "sqlite")
Part = Column[object] | CheckConstraint | Index | PrimaryKeyConstraint | UniqueConstraint


def whole(name: str, *, null: bool = False, usual: str | None = None) -> Column[object]:
    return Column(name, _WHOLE, nullable=null, autoincrement=False, server_default=usual)


def text(name: str, *, null: bool = False) -> Column[object]:
    return Column(name, Text(), nullable=null)


def octets(name: str, *, null: bool = False) -> Column[object]:
    return Column(name, LargeBinary(), nullable=null)


def table(name: str, key: tuple[str, ...], *parts: Part) -> Table:
    return Table(name, metadata, *parts, PrimaryKeyConstraint(*key), sqlite_strict=True)
