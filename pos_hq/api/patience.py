"""Connections on which nobody says what they want: uvicorn would wait for them for ever."""

from __future__ import annotations

from asyncio import TimerHandle, Transport

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S = 10


class ImpatientProtocol(H11Protocol):
    """Hangs up where the head of a request is not there ten seconds after its first byte.

    A new connection has as long for its first one. Bodies are timed where they are read, and
    between two requests uvicorn counts by itself.
    """

    _hang_up: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn
        super().connection_made(transport)
        self._hang_up = self.loop.call_later(HEAD_S, transport.close)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._heard()
        elif self._hang_up is None:
            self._hang_up = self.loop.call_later(HEAD_S, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._heard()

    def _heard(self) -> None:
        if self._hang_up is not None:
            self._hang_up.cancel()
            self._hang_up = None
