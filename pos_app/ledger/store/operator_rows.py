"""Operators as the ledger file holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pos_app.ids import OperatorId
from pos_app.ledger.rules.access import Role
from pos_app.ledger.store.driver import Statements

_SELECT = "SELECT id, number, name, role, verifier, active FROM operator"


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """One operator; `verifier` checks a PIN and is empty where its sidecar was deleted."""

    id: OperatorId
    number: str
    name: str
    role: Role
    verifier: str
    active: bool


def operator_by_id(reader: Statements, operator: OperatorId) -> OperatorRow | None:
    """Return the operator of this identity."""
    return _one(reader.execute(f"{_SELECT} WHERE id = ?", (operator.bytes,)).fetchone())


def operator_by_number(reader: Statements, number: str) -> OperatorRow | None:
    """Return the operator who signs in with this number."""
    return _one(reader.execute(f"{_SELECT} WHERE number = ?", (number,)).fetchone())


def all_operators(reader: Statements) -> tuple[OperatorRow, ...]:
    """Return all operators, active or not."""
    return tuple(_row(row) for row in reader.execute(f"{_SELECT} ORDER BY number"))


def _one(row: Any) -> OperatorRow | None:  # noqa: ANN401 -- a row is whatever its SQL says
    return None if row is None else _row(row)


def _row(row: Any) -> OperatorRow:  # noqa: ANN401 -- a row is whatever its SQL says
    identity, number, name, role, verifier, active = row
    return OperatorRow(
        OperatorId(UUID(bytes=identity)), number, name, Role(role), verifier, bool(active)
    )
