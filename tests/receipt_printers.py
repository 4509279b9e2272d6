"""Receipt printers made of loopback sockets: one that works, and ones that fail as real ones do."""

import socket
import socketserver
import struct
import sys
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Self

# Closing throws away what was not read, as a pulled plug does.
_AT_ONCE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class TcpPrinter:
    """Listens like a printer on port 9100 and keeps each job.

    `answers` maps a status query to its answer; without an entry the printer is silent.
    `cut_after` is how many bytes of a job it takes before its cable is pulled.
    """

    def __init__(
        self, answers: Mapping[bytes, bytes] | None = None, cut_after: int | None = None
    ) -> None:
        self.jobs: list[bytes] = []
        self.answers = dict(answers or {})
        self.cut_after = cut_after
        self.busy = threading.Lock()
        self.overlaps = 0
        printer, places = self, dict[object, int]()

        class Connection(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                printer._serve(self.request, places[self.client_address])

        class Server(socketserver.ThreadingTCPServer):
            def verify_request(self, _request: object, client: object) -> bool:
                """Give each connection its place among the jobs when it comes."""
                places[client] = len(printer.jobs)
                printer.jobs.append(b"")
                return True

        self._server = Server(("127.0.0.1", 0), Connection)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def setting(self) -> str:
        host, port = self._server.server_address[:2]
        return f"tcp://{host!s}:{port}"

    @property
    def paper(self) -> bytes:
        """Return everything that the printer was sent, queries included."""
        return b"".join(self.jobs)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()  # waits for the connections

    def _serve(self, connection: socket.socket, place: int) -> None:
        alone = self.busy.acquire(blocking=False)
        self.overlaps += not alone
        job = self._received(connection)
        if alone:
            self.busy.release()
        self.jobs[place] = job

    def _received(self, connection: socket.socket) -> bytes:
        job = bytearray()
        while data := connection.recv(4096):
            job += data
            for query, answer in self.answers.items():
                if job.endswith(query):
                    connection.sendall(answer)
            if self.cut_after is not None and len(job) > self.cut_after:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
                connection.close()
                break
        return bytes(job)


def nobody_listens() -> str:
    """Return the setting of a printer that is switched off."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
    return f"tcp://{host}:{port}"
