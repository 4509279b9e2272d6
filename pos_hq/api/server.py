"""Runs the application on a port: TLS, time limits, and a clean end."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from types import FrameType

import uvicorn
from fastapi import FastAPI

from pos_app.errors import PosError
from pos_hq.api.patience import ImpatientProtocol

_IDLE_S = 15
_GRACE_S = 5  # for requests under way; a till that only idles does not answer our goodbye
_HEADERS_MOST = 16 << 10
_BACKLOG = 512


@dataclass(eq=False)
class AddressTaken(PosError):
    """HQ cannot listen there: another program does, or the machine has no such address."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Listening:
    """Where HQ listens, and with which certificate; port 0 lets the machine choose."""

    host: str
    port: int
    tls_cert: Path | None = None
    tls_key: Path | None = None
    connections_most: int = 512


def serve(
    app: FastAPI,
    at: Listening,
    ready: Callable[[str], None],
    last: Callable[[], None] | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, or until `last` returns; what is being answered is answered.

    `ready` is told the address as soon as connections are taken. Raises AddressTaken.
    """
    server = uvicorn.Server(config_of(app, at))
    with listener_of(at) as listener:
        ready(_address(listener, at))
        _end_without_noise()
        if last is not None:
            Thread(target=_end_after, args=(server, last), name="last", daemon=True).start()
        server.run(sockets=[listener])


def config_of(app: FastAPI, at: Listening) -> uvicorn.Config:
    """Return how uvicorn runs HQ.

    Nobody's word about other addresses is believed, and the log is our own.
    """
    return uvicorn.Config(
        app,
        host=at.host,
        port=at.port,
        ssl_certfile=at.tls_cert,
        ssl_keyfile=at.tls_key,
        http=ImpatientProtocol,
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        limit_concurrency=at.connections_most,
        timeout_keep_alive=_IDLE_S,
        timeout_graceful_shutdown=_GRACE_S,
        h11_max_incomplete_event_size=_HEADERS_MOST,
    )


def listener_of(at: Listening) -> socket.socket:
    """Return a socket that takes connections. Raises AddressTaken."""
    family = socket.AF_INET6 if ":" in at.host else socket.AF_INET
    try:
        listener = socket.create_server((at.host, at.port), family=family, backlog=_BACKLOG)
    except OSError as refused:
        raise AddressTaken(at.host, at.port) from refused
    # Head and body of an answer are two writes: the second would wait 40 ms for the first's
    # acknowledgement. asyncio does this itself only for sockets that it has made.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _address(listener: socket.socket, at: Listening) -> str:
    scheme = "http" if at.tls_cert is None else "https"
    host = f"[{at.host}]" if ":" in at.host else at.host
    return f"{scheme}://{host}:{listener.getsockname()[1]}"


def _end_after(server: uvicorn.Server, last: Callable[[], None]) -> None:
    last()
    server.should_exit = True


def _end_without_noise() -> None:
    """Let uvicorn end by itself: it raises the signal again when all is done."""
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _ended)


def _ended(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: the server has stopped, and the command goes on to its end."""
