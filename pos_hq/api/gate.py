"""The gate that every request passes: how often, heard to its end, and one line in the log."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pos_hq.api.limits import Buckets, Limits, address_key
from pos_hq.api.problems import response_to
from pos_hq.api.refusals import TooOften

access = logging.getLogger("pos_hq.access")
_METHODS = {"GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"}
# A sender that is still sending does not hear an answer; so many bodies' worth we hear out.
_HEARD_OUT = 4


class Gate:
    """ASGI middleware around everything, so that nothing is answered without it."""

    def __init__(self, app: ASGIApp, *, limits: Limits) -> None:
        self._app = app
        self._limits = limits
        self._addresses = Buckets(limits.address)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        talk = _Talk(scope, receive, send, self._limits)
        client = scope.get("client")
        wait = self._addresses.take(address_key(client[0] if client else ""))
        inner = response_to(TooOften(wait)) if wait else self._app
        try:
            await inner(scope, talk.receive, talk.send)
        finally:
            talk.log()


@dataclass(slots=True)
class _Talk:
    """One request and its answer."""

    scope: Scope
    _receive: Receive
    _send: Send
    limits: Limits
    status: int = 500
    _started: float = field(default_factory=perf_counter)
    _more: bool = True

    async def receive(self) -> Message:
        message = await self._receive()
        self._more = bool(message.get("more_body", False))
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            await self._hear_out()
        await self._send(message)

    async def _hear_out(self) -> None:
        """Read what is still being sent, within bounds, so that the sender gets to our answer."""
        left = self.limits.body_most * _HEARD_OUT
        if not self._more or self._declared() > left:
            return
        try:
            async with asyncio.timeout(self.limits.body_seconds):
                while left > 0:
                    left -= len((await self.receive()).get("body", b""))
                    if not self._more:
                        return
        except TimeoutError:
            return  # it may hear the answer or not; the connection is closed

    def _declared(self) -> int:
        lengths = (value for name, value in self.scope["headers"] if name == b"content-length")
        return int(next(lengths, b"0"))

    def log(self) -> None:
        """Write one line: no query, no body, no address, nothing that a caller may have typed."""
        method = self.scope["method"] if self.scope["method"] in _METHODS else "-"
        path = getattr(self.scope.get("route"), "path", "-")
        node = self.scope.get("state", {}).get("node", "-")
        took = round((perf_counter() - self._started) * 1000)
        access.info("%s %s %d %d ms node %s", method, path, self.status, took, node)
