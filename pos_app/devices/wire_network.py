"""A printer in the network, listening for raw bytes on TCP port 9100."""

import socket

from pos_app.devices.wire import ANSWER_S, PATIENCE_S, pieces

_PIECE = 4096
_ANSWER = 16
# What the printer says of itself unasked is read before closing: closing over unread bytes resets
# the connection, and the printer would drop the end of the slip. A babbler is not heard out.
_LAST_WORDS = 8
_LAST_WORDS_SIZE = 65_536


class NetworkWire:
    """One connection for one job, because most printers serve one at a time."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), timeout=PATIENCE_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: bytes) -> None:
        self._socket.settimeout(PATIENCE_S)
        for piece in pieces(data, _PIECE):
            self._socket.sendall(piece)

    def ask(self, query: bytes) -> bytes:
        self.send(query)
        return self._heard(_ANSWER)

    def finish(self) -> None:
        """Say that this was all, and listen: a connection that was cut raises here."""
        self._socket.shutdown(socket.SHUT_WR)
        for _word in range(_LAST_WORDS):
            if not self._heard(_LAST_WORDS_SIZE):
                return

    def close(self) -> None:
        self._socket.close()

    def _heard(self, most: int) -> bytes:
        self._socket.settimeout(ANSWER_S)
        try:
            return self._socket.recv(most)
        except TimeoutError:
            return b""
