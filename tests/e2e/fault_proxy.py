"""A bad network between terminals and HQ: real HTTP on loopback, broken by the throw of a dice."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from random import Random
from threading import Event, Thread
from types import MappingProxyType
from typing import Self

_BLANK_LINE = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CONNECTION = re.compile(rb"\r\nconnection:[^\r]*", re.IGNORECASE)
_STATUS = re.compile(rb"HTTP/1\.1 (\d+)")
_WRITES = (b"POST /v1/events ", b"POST /v1/grants ")
_THROWS = 3
_LOGIN = b"<html><title>Welcome</title>Please accept our terms to go online.</html>"
_BROKEN = (ConnectionError, asyncio.IncompleteReadError)


class Fate(StrEnum):
    """What becomes of one request."""

    PASSED = "passed"
    REPLY_LOST = "reply lost"  # after HQ has committed
    TWICE = "twice"  # both under way at once
    REQUEST_CUT = "request cut"
    REPLY_CUT = "reply cut"
    LATE = "late"  # it arrives after who sent it has given up
    REPLY_LATE = "reply late"
    BAD_GATEWAY = "bad gateway"
    PORTAL = "portal"  # a hotel's login page, and a cheerful 200


Weather = Mapping[Fate, int]
FAIR: Weather = MappingProxyType({Fate.PASSED: 1})
FOUL: Weather = MappingProxyType({**dict.fromkeys(Fate, 1), Fate.PASSED: 92})


class FaultProxy:
    """A thread of its own that carries requests to HQ, wherever HQ listens at the moment."""

    def __init__(self, seed: int, *, stall_s: float, weather: Weather = FOUL) -> None:
        """`stall_s` is longer than a terminal waits for an answer."""
        self.weather = weather
        self.hq: tuple[str, int] | None = None
        self.fates: Counter[Fate] = Counter()
        self.statuses: Counter[int] = Counter()
        # Set whenever HQ is about to write what a terminal depends on.
        self.at_stake = Event()
        self._dice = Random(seed)  # noqa: S311 -- no secret
        self._stall_s = stall_s
        self._serving: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._server = self._loop.run_until_complete(self._listen())
        self._thread = Thread(target=self._loop.run_forever, name="fault proxy", daemon=True)

    @property
    def url(self) -> str:
        """The address that terminals take for HQ's."""
        host, port = self._server.sockets[0].getsockname()[:2]
        return f"http://{host}:{port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self._accept, "127.0.0.1", 0)

    async def _end(self) -> None:
        self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve on: once a terminal has hung up, asyncio alone would forget what is under way."""
        task = self._loop.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take requests from one kept connection until one of them breaks it."""
        try:
            while await self._carry(await _request(reader), writer):
                await writer.drain()
        except _BROKEN:
            pass  # the terminal hung up
        finally:
            writer.close()

    async def _carry(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        """Let one request meet its fate; say whether the connection lives on."""
        fate = self._fate(request)
        self.fates[fate] += 1
        if fate is Fate.LATE:
            await asyncio.sleep(self._stall_s * self._dice.uniform(1, 3))
        reply = await self._answer(request, fate)
        if fate is Fate.REPLY_LATE:
            await asyncio.sleep(self._stall_s)
        if fate is Fate.REPLY_CUT:
            begins = reply.index(_BLANK_LINE) + len(_BLANK_LINE)
            reply = reply[: self._dice.randrange(begins, len(reply))]
        if fate not in {Fate.REPLY_LOST, Fate.REQUEST_CUT}:
            writer.write(reply)
        return fate in {Fate.PASSED, Fate.TWICE, Fate.BAD_GATEWAY, Fate.PORTAL}

    def _fate(self, request: bytes) -> Fate:
        """Throw the dice; what a terminal depends on has the worst of three throws."""
        weather = self.weather
        throws = _THROWS if request.startswith(_WRITES) else 1
        thrown = self._dice.choices(list(weather), list(weather.values()), k=throws)
        return next((fate for fate in thrown if fate is not Fate.PASSED), Fate.PASSED)

    async def _answer(self, request: bytes, fate: Fate) -> bytes:
        if fate is Fate.PORTAL:
            return _page(b"200 OK", _LOGIN)
        if fate is Fate.BAD_GATEWAY:
            return _page(b"502 Bad Gateway", b"<html>Bad Gateway</html>")
        if fate is Fate.REQUEST_CUT:
            return await self._asked(request[: self._dice.randrange(1, len(request))], cut=True)
        if fate is Fate.TWICE:
            both = await asyncio.gather(self._asked(request), self._asked(request))
            return self._dice.choice(both)
        return await self._asked(request)

    async def _asked(self, request: bytes, *, cut: bool = False) -> bytes:
        """Ask HQ, or hang up in the middle; where it is gone, say what a gateway says."""
        if request.startswith(_WRITES):
            self.at_stake.set()
        try:
            reply = b"" if self.hq is None else await _exchanged(self.hq, request, cut=cut)
        except _BROKEN:
            reply = b""
        status = _STATUS.match(reply)
        if status is None or not _is_whole(reply):
            return _page(b"502 Bad Gateway", b"<html>HQ is gone</html>")
        self.statuses[int(status[1])] += 1
        return reply


async def _request(reader: asyncio.StreamReader) -> bytes:
    """Read one request; HQ is asked to hang up after its answer."""
    head = await reader.readuntil(_BLANK_LINE)
    length = _LENGTH.search(head)
    body = await reader.readexactly(int(length[1])) if length else b""
    return _CONNECTION.sub(b"", head)[:-2] + b"Connection: close\r\n\r\n" + body


async def _exchanged(hq: tuple[str, int], request: bytes, *, cut: bool) -> bytes:
    reader, writer = await asyncio.open_connection(*hq)
    try:
        writer.write(request)
        await writer.drain()
        reply = b"" if cut else await reader.read(-1)
    finally:
        writer.close()
    head, rest, body = reply.partition(_BLANK_LINE)
    return _CONNECTION.sub(b"", head) + rest + body


def _is_whole(reply: bytes) -> bool:
    head, _, body = reply.partition(_BLANK_LINE)
    length = _LENGTH.search(head)
    return length is not None and int(length[1]) == len(body)


def _page(status: bytes, body: bytes) -> bytes:
    kind = b"Content-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)
    return b"HTTP/1.1 " + status + b"\r\n" + kind + body
