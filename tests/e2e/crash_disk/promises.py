"""A till on a crash disk: what it acknowledged before a power cut, and what it finds after it."""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from pos_app.errors import PosError
from pos_app.ids import OperatorId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.slip_state import mark_printed, pending_slips
from pos_app.ledger.store.verify import verify
from tests.e2e.crash_disk.connection import CrashOpener
from tests.e2e.crash_disk.disk import CrashDisk, PowerCut
from tests.e2e.crash_disk.trading_till import Wish, next_wish
from tests.fakes import FakeClock
from tests.shop import TEST_KEYS, Shop, founding

LONGEST_LIFE_STEPS = 600
_EVENTS = (
    "SELECT intent, seq, event_id, kind, day, at, member, of, payload, hash, sig FROM journal"
    " WHERE intent IS NOT NULL"
)
# What a broken file makes of our own reading, beside the facts of the store.
_UNREADABLE = (PosError, driver.DatabaseError, ValueError, TypeError)


@dataclass(frozen=True, slots=True)
class Found:
    """What one cut has left: acknowledged transactions that are gone, and the first thing wrong."""

    lost: int = 0
    wrong: str = ""


class Till:
    """Trades on one ledger, through many cuts, and remembers every word that it gave."""

    def __init__(
        self, path: Path, manager: OperatorId, disk: CrashDisk, opener: CrashOpener
    ) -> None:
        self._path = path
        self._manager = manager
        self._disk = disk
        self._opener = opener
        self._clock = FakeClock()
        self._shop: Shop | None = None
        self._wish: Wish | None = None
        self._printed: set[int] = set()
        self.acknowledged: dict[bytes, tuple[Any, ...]] = {}
        self.unheard = 0

    def trade_until_cut(self, dice: random.Random) -> None:
        """Open and trade; somewhere on the way the power goes."""
        self._disk.cut_in(dice.randint(1, LONGEST_LIFE_STEPS))
        try:
            while True:
                self._serve(self._opened(), dice)
        except PowerCut:
            self.close()
        self._disk.power_returns()

    def look(self) -> Found:
        """Open the ledger on what is left, and hold it against every word given."""
        try:
            return self._held_against_promises(self._opened().ledger)
        except _UNREADABLE as broken:
            return Found(wrong=f"unreadable: {broken!r}")

    def close(self) -> None:
        """Close the ledger, if it is open."""
        if self._shop is not None:
            self._shop.ledger.close()
            self._shop = None

    def _opened(self) -> Shop:
        if self._shop is None:
            ledger = Ledger(self._path, TEST_KEYS, self._clock, founding(), opener=self._opener)
            self._shop = Shop(ledger, self._clock, self._manager)
        return self._shop

    def _serve(self, shop: Shop, dice: random.Random) -> None:
        wish = self._wish = self._wish or next_wish(shop, dice)
        if self._row_of(wish, shop) is None:
            wish.fulfil(shop)
        else:
            self.unheard += 1
        self.acknowledged[wish.intent.bytes] = self._row_of(wish, shop)
        self._wish = None
        for seq in pending_slips(shop.ledger):
            mark_printed(shop.ledger, seq)
            self._printed.add(seq)
        rest = dice.random()
        if rest < 0.1:
            shop.ledger.tidy()
        elif rest < 0.15:
            self.close()

    def _row_of(self, wish: Wish, shop: Shop) -> Any:  # noqa: ANN401 -- a row of the journal
        found = shop.ledger.read().execute(f"{_EVENTS} AND intent = ?", (wish.intent.bytes,))
        return found.fetchone()

    def _held_against_promises(self, ledger: Ledger) -> Found:
        rows = ledger.read().execute(_EVENTS).fetchall()
        kept = {row[0]: row for row in rows}
        gone = self.acknowledged.keys() - kept.keys()
        unmarked = self._printed.intersection(pending_slips(ledger))
        return Found(len(gone) + len(unmarked), _first_wrong(ledger) or self._misremembered(rows))

    def _misremembered(self, rows: list[tuple[Any, ...]]) -> str:
        kept = {row[0]: row for row in rows}
        if len(kept) < len(rows):
            return "an intent was committed twice"
        other = [row for intent, row in self.acknowledged.items() if kept.get(intent, row) != row]
        return f"{len(other)} acknowledged events have other bytes" if other else ""


def _first_wrong(ledger: Ledger) -> str:
    (said,) = ledger.read().execute("PRAGMA integrity_check(1)").fetchone()
    fault = next((one.fault for one in verify(ledger.read()) if one.fault), None)
    return str(fault or ("" if said == "ok" else said))
