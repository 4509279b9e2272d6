"""A till's folder in the proof of the sync: its book and keys, and what it has said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from pos_app.clock import system_clock
from pos_app.ids import IntentId
from pos_app.ledger import operators
from pos_app.ledger.ledger import Founding, Ledger
from pos_app.opening import DEFAULT_PROGRAMME, kept_keys, new_keys
from pos_app.security.keystore import FileKeyStore
from tests.shop import MANAGER, intent

ACKNOWLEDGED, HELD_AT_HQ, TROUBLE = "acknowledged", "held", "trouble"
_NOBODY = Founding("", "", "", b"")  # an existing book ignores it
_LOOSENED = {  # a week's trade happens in a minute here
    "max_payments = 3 ": "max_payments = 1000000 ",
    "daily_count_limit = 10 ": "daily_count_limit = 1000000 ",
    "daily_limit_one_factor_fen = 100000 ": "daily_limit_one_factor_fen = 500000 ",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a till said before it was killed; a line cut by the kill was never said."""

    acknowledged: frozenset[IntentId]
    held_at_hq: int
    troubles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """Where one till lives."""

    folder: Path

    @property
    def name(self) -> str:
        """The till's name, and its store's."""
        return self.folder.name

    @property
    def said_path(self) -> Path:
        """The file of everything that the till has said."""
        return self.folder / "said"

    @property
    def log_path(self) -> Path:
        """The file of what it wrote when it fell over."""
        return self.folder / "stderr"

    @property
    def keys(self) -> FileKeyStore:
        """The till's key store."""
        return FileKeyStore(self.folder / "keys")

    def founded(self) -> Ledger:
        """Make the till's book, with its manager."""
        self.folder.mkdir()
        keys, begin = new_keys(self.keys), Founding(self.name, "徐家汇店", "3 号机", programme())
        ledger = Ledger(self._path, keys, system_clock, begin, guard=self._guard)
        number, pin = MANAGER
        operators.create_first_manager(ledger, number, "林晓雯", pin, intent())
        return ledger

    def opened(self) -> Ledger:
        """Open the till's book."""
        keys = kept_keys(self.keys)
        return Ledger(self._path, keys, system_clock, _NOBODY, guard=self._guard)

    def said(self) -> Said:
        """Read what the till has said so far."""
        text = self.said_path.read_text("utf-8") if self.said_path.exists() else ""
        words = [line.partition(" ")[::2] for line in text.split("\n")[:-1]]
        return Said(
            frozenset(IntentId(UUID(hex=told)) for word, told in words if word == ACKNOWLEDGED),
            max((int(told) for word, told in words if word == HELD_AT_HQ), default=0),
            tuple(told for word, told in words if word == TROUBLE),
        )

    @property
    def _path(self) -> Path:
        return self.folder / "ledger.db"

    @property
    def _guard(self) -> Path:
        return self.folder.with_suffix(".guard")


def programme() -> bytes:
    """Return the shipped programme without its limits on how often a member pays."""
    text = DEFAULT_PROGRAMME.read_text("utf-8")
    for strict, loose in _LOOSENED.items():
        assert text.count(strict) == 1, strict
        text = text.replace(strict, loose)
    return text.encode()
