"""What this store cannot hand out today: read from the shop's own list, where it keeps one."""

from __future__ import annotations

import csv
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

_log = logging.getLogger(__name__)


class Stock(Protocol):
    """Names coupon templates and goods that are out of stock."""

    def out(self) -> tuple[str, ...]: ...


class EverythingInStock:
    """The source of a shop that keeps no list."""

    def out(self) -> tuple[str, ...]:
        """Return nothing: nobody says that anything is missing."""
        return ()


@dataclass
class StockFile:
    """A list that the shop's own system writes, looked at before every price.

    CSV: `code,quantity` in each row, with or without a head. JSON: {"code": quantity}. A code is a
    coupon template's or an article's; what has no more than 0 is out, what is not listed is there.
    While the file cannot be read, what it said last holds.
    """

    path: Path
    _seen: tuple[int, int] = (0, 0)
    _out: tuple[str, ...] = field(default=())

    def out(self) -> tuple[str, ...]:
        """Return what is out; the file is read again only after it has changed."""
        try:
            about = self.path.stat()
            seen = (about.st_mtime_ns, about.st_size)
            if seen != self._seen:
                self._seen = seen
                self._out = _out_of(_listed(self.path))
        except (OSError, ValueError, csv.Error) as unreadable:
            _log.info("the stock list %s is not read: %s", self.path, type(unreadable).__name__)
        return self._out


def _listed(path: Path) -> Mapping[str, int]:
    text = path.read_text("utf-8-sig")
    if path.suffix.lower() == ".json":
        said = json.loads(text)
        if not isinstance(said, dict):
            raise ValueError(path.name)
        return {str(code): int(quantity) for code, quantity in said.items()}
    rows = [row for row in csv.reader(text.splitlines()) if row]
    return {code.strip(): int(quantity) for code, quantity, *_ in _without_head(rows)}


def _without_head(rows: Sequence[list[str]]) -> Sequence[list[str]]:
    head = rows[0] if rows else []
    return rows[1:] if len(head) > 1 and not head[1].strip().lstrip("-").isdecimal() else rows


def _out_of(listed: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(code for code, quantity in listed.items() if quantity <= 0))
