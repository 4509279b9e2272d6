"""One request to HQ over HTTP, and what the network makes of it."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import RequestException, SSLError, Timeout
from urllib3.exceptions import ReadTimeoutError

from pos_app.sync.facts import Doubt, HqMisbehaved, HqUnreachable, Outage

CONNECT_S = 3.0
ANSWER_S = 20.0
# Nobody waits longer at a counter; what was asked for comes later, and is held here then.
COUNTER_S = 4.0
ANSWER_MOST = 32 << 20
_NO_NETWORK = frozenset({errno.ENETDOWN, errno.ENETUNREACH, errno.EHOSTUNREACH})


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the body is sent as it is, so that its signature holds."""

    method: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    kind: str
    body: bytes


class Transport(Protocol):
    """A way to HQ: the network, or a simulated one that loses, doubles and reorders."""

    def send(self, request: Request) -> Reply:
        """Return the answer. Raises HqUnreachable, HqMisbehaved."""


class Line(Transport, Protocol):
    """A way that keeps a connection."""

    def for_counter(self) -> Line:
        """Return a way to the same place with a connection of its own, for who stands waiting."""

    def renew(self) -> None:
        """Drop the kept connection."""

    def close(self) -> None:
        """Close the kept connection."""


class HttpTransport:
    """HTTP with one kept connection, used by one lane alone."""

    def __init__(
        self, url: str, *, certificates: str | None = None, answer_s: float = ANSWER_S
    ) -> None:
        """Go to `url`; `certificates` names a CA file where HQ's certificate is the chain's own.

        `answer_s` is how long HQ may be silent.
        """
        self._url = url.rstrip("/")
        self._certificates = certificates
        self._answer_s = answer_s
        self._session = self._fresh()

    def send(self, request: Request) -> Reply:
        """Return the answer. Raises HqUnreachable, HqMisbehaved."""
        if self._certificates is not None and not Path(self._certificates).exists():
            raise HqMisbehaved(Doubt.NO_CERTIFICATES)
        try:
            with self._session.request(
                request.method,
                self._url + request.path,
                data=request.body or None,
                headers=dict(request.headers),
                timeout=(CONNECT_S, self._answer_s),
                allow_redirects=False,
                stream=True,
            ) as answer:
                return Reply(answer.status_code, _kind(answer), _body(answer))
        except SSLError as wrong:
            raise HqMisbehaved(Doubt.CERTIFICATE) from wrong
        except Timeout as late:
            raise HqUnreachable(Outage.TIMEOUT) from late
        except RequestException as broken:
            raise HqUnreachable(_outage(broken)) from broken

    def for_counter(self) -> HttpTransport:
        """Return a way to the same address with a connection of its own, and less patience."""
        return HttpTransport(self._url, certificates=self._certificates, answer_s=COUNTER_S)

    def renew(self) -> None:
        """Drop the kept connection: the watchdog found it dead."""
        self._session.close()
        self._session = self._fresh()

    def close(self) -> None:
        """Close the kept connection."""
        self._session.close()

    def _fresh(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False  # a proxy of the desktop's user is no business of the till
        session.verify = self._certificates or True
        session.mount("https://", HTTPAdapter(pool_connections=1, pool_maxsize=1))
        session.mount("http://", HTTPAdapter(pool_connections=1, pool_maxsize=1))
        return session


def _outage(broken: BaseException) -> Outage:
    """Say how far a request came, from what the operating system said underneath."""
    for cause in _causes(broken):
        if isinstance(cause, ConnectionRefusedError):
            return Outage.REFUSED
        if isinstance(cause, socket.gaierror):
            return Outage.NAME
        if isinstance(cause, OSError) and cause.errno in _NO_NETWORK:
            return Outage.NO_NETWORK
        if isinstance(cause, ReadTimeoutError | TimeoutError):
            return Outage.TIMEOUT
    return Outage.NETWORK


def _causes(broken: BaseException | None) -> Iterator[BaseException]:
    while broken is not None:
        yield broken
        broken = broken.__cause__ or broken.__context__


def _kind(answer: requests.Response) -> str:
    return str(answer.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _body(answer: requests.Response) -> bytes:
    """Read the answer up to a limit, so that no portal or stranger fills the memory."""
    parts, size = [], 0
    for part in answer.iter_content(1 << 16):
        size += len(part)
        if size > ANSWER_MOST:
            raise HqMisbehaved(Doubt.SHAPE)
        parts.append(part)
    return b"".join(parts)
