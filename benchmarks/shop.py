"""The shop that is measured: where its ledger lies, its keys, its clock and its rules."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pos_app
from pos_app.clock import Clock
from pos_app.ids import OperatorId
from pos_app.ledger.ledger import Founding, Ledger, LedgerKeys
from pos_app.ledger.rules.identity_documents import Document, DocumentKind
from pos_app.ledger.store.driver import Opener, connect

KEYS = LedgerKeys(database=b"d" * 32, node=b"n" * 32, pepper=b"p" * 32)
NOW = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
PROGRAMME = Path(pos_app.__file__).parent.parent / "resources" / "programme.default.toml"
MANAGER = ("0001", "林晓雯", "740283")
SHOWN = Document(DocumentKind.PASSPORT, "E12345678", "王晓明")


@dataclass
class Hands:
    """A clock that stands until it is moved."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def go(self, step: timedelta) -> None:
        """Move on."""
        self.at += step


def ledger_in(folder: Path) -> Path:
    """Return where a folder's ledger lies."""
    return folder / "ledger.db"


def open_ledger(folder: Path, clock: Clock, opener: Opener = connect) -> Ledger:
    """Open a folder's ledger; a new folder gets a new one."""
    founding = Founding("S001", "徐家汇店", "3 号机", PROGRAMME.read_bytes())
    return Ledger(ledger_in(folder), KEYS, clock, founding, opener)


def manager_of(ledger: Ledger) -> OperatorId:
    """Return the shop's manager."""
    row = ledger.read().execute("SELECT id FROM operator WHERE number = ?", MANAGER[:1]).fetchone()
    return OperatorId(UUID(bytes=row[0]))


def copied(folder: Path, to: Path) -> Path:
    """Copy a closed ledger into a new folder and return the folder."""
    to.mkdir(parents=True)
    shutil.copy2(ledger_in(folder), ledger_in(to))
    settled(ledger_in(to))
    return to


def settled(path: Path) -> None:
    """Wait until the file is on the disk, so that no later flush pays for it."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
