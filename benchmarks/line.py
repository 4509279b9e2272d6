"""A line to HQ that counts: how often something was asked, and how long the answers took."""

from __future__ import annotations

import time
from threading import Event

from pos_app.sync.transport import HttpTransport, Reply, Request


class CountingLine:
    """HTTP to HQ, over a network on which a request and its answer take `away_s` longer."""

    def __init__(self, url: str, *, away_s: float = 0) -> None:
        self._way = HttpTransport(url)
        self._away_s = away_s
        self._never = Event()
        self.asked = 0
        self.seconds = 0.0

    def send(self, request: Request) -> Reply:
        """Ask; the time until the answer is added up."""
        self.asked += 1
        start = time.perf_counter()
        self._never.wait(self._away_s)
        try:
            return self._way.send(request)
        finally:
            self.seconds += time.perf_counter() - start

    def taken(self) -> tuple[int, float]:
        """Return how many requests and seconds it were since the last time."""
        counted = self.asked, self.seconds
        self.asked, self.seconds = 0, 0.0
        return counted

    def close(self) -> None:
        """Hang up."""
        self._way.close()
