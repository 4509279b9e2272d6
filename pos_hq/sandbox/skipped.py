"""What cannot be tried out: counted, and named."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos_app.errors import PosError

_NAMED_MOST = 3


@dataclass(eq=False)
class Skip(PosError):
    """An event is left as it was, and why."""

    reason: str


@dataclass(slots=True)
class Skipped:
    """How many events were left as they were for one reason, and the first of them."""

    count: int = 0
    named: list[str] = field(default_factory=list)

    def add(self, event: bytes) -> None:
        """Count an event."""
        self.count += 1
        if len(self.named) < _NAMED_MOST:
            self.named.append(event.hex())
