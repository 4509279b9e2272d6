"""A real HTTP server on loopback that answers as a test wants, or speaks for a tiny HQ."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pos_app.sync.facts import HqUnreachable
from pos_app.sync.transport import Request
from tests.tiny_hq import TinyHq

Answer = Callable[[BaseHTTPRequestHandler], None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, _request: object, _address: object) -> None:
        """Say nothing: connections break here on purpose."""


@contextmanager
def served(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Answer every request on a port of loopback; return where."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer(self)

        def do_POST(self) -> None:
            answer(self)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = _Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        scheme = "http" if tls is None else "https"
        yield f"{scheme}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def speaking_for(hq: TinyHq) -> Iterator[str]:
    """Let a tiny HQ answer over real HTTP; where it is down, the connection breaks."""
    one_at_a_time = threading.Lock()

    def answer(to: BaseHTTPRequestHandler) -> None:
        body = to.rfile.read(int(to.headers.get("Content-Length", 0)))
        request = Request(to.command, to.path, body, dict(to.headers.items()))
        hq.stall(request.path.partition("?")[0].removeprefix("/v1/"))
        try:
            with one_at_a_time:
                reply = hq.send(request)
        except HqUnreachable:
            to.close_connection = True
            return
        to.send_response(reply.status)
        to.send_header("Content-Type", reply.kind)
        to.send_header("Content-Length", str(len(reply.body)))
        to.end_headers()
        to.wfile.write(reply.body)

    with served(answer) as url:
        yield url
