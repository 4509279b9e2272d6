"""How a request's body comes in: counted, in time, unpacked under a cap, and of its shape."""

from __future__ import annotations

import asyncio
import zlib
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from pos_hq.api.limits import Limits
from pos_hq.api.refusals import Malformed, NotJson, TooLarge, TooSlow

Shape = TypeVar("Shape", bound=BaseModel)
_GZIP = 31  # zlib's name for the gzip container with the largest window


async def raw_body(request: Request, limits: Limits, most: int) -> bytes:
    """Return the body as it was sent. Raises NotJson, TooLarge, TooSlow, Malformed."""
    _ensure_json(request)
    try:
        async with asyncio.timeout(limits.body_seconds):
            return await _counted(request, most)
    except TimeoutError:
        raise TooSlow(limits.body_seconds) from None
    except ClientDisconnect:
        raise Malformed("body", "cut_off") from None


def unpacked(body: bytes, encoding: str, most: int) -> bytes:
    """Return the bytes that the sender meant: no more than `most`, whatever the packing claims.

    Raises TooLarge, Malformed.
    """
    if encoding != "gzip":
        return body
    unpacker = zlib.decompressobj(_GZIP)
    try:
        plain = unpacker.decompress(body, most + 1)
    except zlib.error:
        raise Malformed("body", "gzip") from None
    if len(plain) > most:
        raise TooLarge(most)
    if not unpacker.eof or unpacker.unused_data:
        raise Malformed("body", "gzip")
    return plain


def shaped(shape: type[Shape], body: bytes) -> Shape:
    """Read a body as one of the shapes of the wire. Raises Malformed."""
    try:
        return shape.model_validate_json(body)
    except ValidationError as refused:
        first = refused.errors(include_url=False, include_context=False, include_input=False)[0]
        raise Malformed(place(("body", *first["loc"])), first["type"]) from None


def place(parts: tuple[int | str, ...]) -> str:
    """Name a place in a request so that it can be logged, whatever the sender called it."""
    return ".".join(ascii(str(part))[1:-1][:40] for part in parts[:6])


async def _counted(request: Request, most: int) -> bytes:
    if int(request.headers.get("content-length", "0")) > most:
        raise TooLarge(most)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise TooLarge(most)
    return bytes(body)


def _ensure_json(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    packing = encoding_of(request)
    if kind != "application/json" or packing not in {"identity", "gzip"}:
        raise NotJson(ascii(f"{kind[:40]} {packing[:20]}".strip())[1:-1])


def encoding_of(request: Request) -> str:
    """Return how the body is packed."""
    return request.headers.get("content-encoding", "identity").strip().lower()
