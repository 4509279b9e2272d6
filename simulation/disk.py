"""A disk under which the machine may stop at any statement."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_app.ledger.store.driver import connect


class PowerCut(BaseException):
    """The machine stopped: nothing after this statement happened, and nobody was told."""


@dataclass
class Disk:
    """Opens ledgers; `cut_after` counts down the statements that are still carried out."""

    cut_after: int | None = None

    def open(self, path: Path, key: bytes, *, query_only: bool = False) -> Any:  # noqa: ANN401 -- untyped driver
        """Open a ledger file as the terminal does, without waiting for the platter."""
        connection = connect(path, key, query_only=query_only)
        connection.execute("PRAGMA synchronous = OFF")
        return connection if query_only else _Watched(connection, self)

    def strike(self) -> None:
        """Carry one more statement out, or stop."""
        if self.cut_after is not None:
            self.cut_after -= 1
            if self.cut_after < 0:
                self.cut_after = None
                raise PowerCut


class _Watched:
    """The writer's connection: it stops before or after a statement, a COMMIT among them."""

    def __init__(self, connection: Any, disk: Disk) -> None:  # noqa: ANN401 -- untyped driver
        self._connection = connection
        self._disk = disk

    def execute(self, sql: str, parameters: tuple[Any, ...] = (), /) -> Any:  # noqa: ANN401 -- untyped driver
        if not sql.startswith("ROLLBACK"):
            self._disk.strike()
        cursor = self._connection.execute(sql, parameters)
        if sql == "COMMIT":
            self._disk.strike()
        return cursor

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- untyped driver
        return getattr(self._connection, name)
