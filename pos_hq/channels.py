"""Where messages to members go out: a channel is one function, called once for each message."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way, with whom it is for.

    After a crash the same `id` may come again: a channel sends each identity once.
    """

    id: str
    kind: str
    channel: str
    facts: Mapping[str, int | str]
    phone: str = field(repr=False)
    name: str = field(repr=False)


Channel = Callable[[Outgoing], None]


def file_channel(path: Path) -> Channel:
    """Return a channel that adds JSON lines to a file that only this account can read."""

    def send(message: Outgoing) -> None:
        line = json.dumps(asdict(message), ensure_ascii=False, sort_keys=True) + "\n"
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        with open(os.open(path, flags, 0o600), "ab") as file:  # noqa: PTH123 -- with its own mode
            file.write(line.encode())
            file.flush()
            os.fsync(file.fileno())

    return send
