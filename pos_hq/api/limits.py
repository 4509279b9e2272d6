"""How much a caller may ask at once, and how often: bounded, so that no caller starves another."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

KEYS_MOST = 20_000
_IPV6_SITE = 64  # one household or shop has so many bits of IPv6 for itself


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests a second for ever, and so many at once after a rest."""

    per_second: float
    burst: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What HQ takes. `stranger` is an address that has not yet proved who it is.

    `body_most` counts bytes after decompression; `body_seconds` is the time to send them.
    `enrolment` is how often an address may guess at a code.
    """

    body_most: int = 4 << 20
    short_body_most: int = 64 << 10
    body_seconds: float = 20.0
    address: Rate = field(default=Rate(50, 200))
    stranger: Rate = field(default=Rate(10, 60))
    enrolment: Rate = field(default=Rate(0.2, 10))
    node: Rate = field(default=Rate(20, 80))


class _Bucket(NamedTuple):
    tokens: float
    at: float


class Buckets:
    """A token bucket for each key, in memory; the keys that were quiet longest are forgotten."""

    def __init__(
        self,
        rate: Rate,
        *,
        seconds: Callable[[], float] = time.monotonic,
        keys_most: int = KEYS_MOST,
    ) -> None:
        self._rate = rate
        self._seconds = seconds
        self._keys_most = keys_most
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, key: str) -> int:
        """Take one token; return 0, or after how many whole seconds there is one again."""
        with self._lock:
            tokens = self._refilled(key)
            enough = tokens >= 1
            self._buckets[key] = _Bucket(tokens - 1 if enough else tokens, self._seconds())
            self._buckets.move_to_end(key)
            if len(self._buckets) > self._keys_most:
                self._buckets.popitem(last=False)
        return 0 if enough else math.ceil((1 - tokens) / self._rate.per_second)

    def __len__(self) -> int:
        return len(self._buckets)

    def _refilled(self, key: str) -> float:
        known = self._buckets.get(key)
        if known is None:
            return self._rate.burst
        gained = (self._seconds() - known.at) * self._rate.per_second
        return min(self._rate.burst, known.tokens + gained)


def address_key(host: str) -> str:
    """Return whose bucket an address takes from: its own, or that of its IPv6 site."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return "unknown"
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, _IPV6_SITE), strict=False))
