"""A stick in a till: it can be pulled and put back, and torn in the middle of a write."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pos_app.copies.reading import read_copy
from pos_app.copies.second_copy import SecondCopy, files_in, folder_of
from pos_app.copies.source import Source
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store.copying import Stored, stored_after
from tests.shop import TEST_KEYS, Shop


@dataclass
class Stick:
    """A volume with a folder that somebody has made on it."""

    volume: Path
    drawer: Path

    def pull(self) -> None:
        self.volume.rename(self.drawer)

    def put_in(self) -> None:
        self.drawer.rename(self.volume)

    def files(self, source: Source) -> list[Path]:
        return files_in(folder_of(self.volume, source))

    def events(self, source: Source) -> list[int]:
        """Read the whole copy, and prove it meanwhile."""
        return [stored.seq for stored in read_copy(self.volume, source)]

    def tear(self, source: Source, by: int) -> None:
        """Lose the last bytes, as a stick does that is pulled while it writes."""
        last = self.files(source)[-1]
        os.truncate(last, last.stat().st_size - by)

    def spoil(self, path: Path, place: int) -> None:
        """Change one byte."""
        data = bytearray(path.read_bytes())
        data[place] ^= 1
        path.write_bytes(data)


def new_stick(folder: Path) -> Stick:
    volume = folder / "stick"
    volume.mkdir()
    return Stick(volume, folder / "drawer")


def source_in(ledger: Ledger) -> Source:
    return Source(ledger.path, TEST_KEYS.database, ledger.node.id, ledger.node.epoch)


def copy_of(shop: Shop, stick: Stick) -> SecondCopy:
    return SecondCopy(source_in(shop.ledger), stick.volume, stopping=lambda: False)


def journal_of(ledger: Ledger) -> list[Stored]:
    return stored_after(ledger.read(), 0, 1_000_000)


def head(ledger: Ledger) -> int:
    return journal_of(ledger)[-1].seq
