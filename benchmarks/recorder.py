"""A connection that remembers what it was asked, to ask it again of the bare driver."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pos_app.ledger.store.driver import Cursor, connect

Statement = tuple[str, tuple[Any, ...]]


class Recorder:
    """The bare connection, and the statements that ran on it since the last `taken`."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 -- untyped driver
        self._connection = connection
        self._heard: list[Statement] = []

    def execute(self, sql: str, parameters: tuple[Any, ...] = (), /) -> Cursor:
        """Run and remember."""
        self._heard.append((sql, parameters))
        return self._connection.execute(sql, parameters)  # type: ignore[no-any-return]

    def taken(self) -> list[Statement]:
        """Return what was heard, and forget it."""
        heard, self._heard = self._heard, []
        return heard

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- untyped driver
        return getattr(self._connection, name)


class RecordingOpener:
    """Opens a ledger's connections and keeps hold of the writer's record."""

    writer: Recorder

    def __call__(self, path: Path, key: bytes, *, query_only: bool = False) -> Any:  # noqa: ANN401 -- untyped driver
        """Open as the ledger does; only the writer is recorded."""
        connection = connect(path, key, query_only=query_only)
        if query_only:
            return connection
        self.writer = Recorder(connection)
        return self.writer
