"""What a program opens behind its first picture: the ledger, a demo's store, the way to HQ."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing

from pos_app.admission import ask_hq, decline, found_as_told, joined_as
from pos_app.clock import Clock
from pos_app.copies.source import Source, source_of
from pos_app.demo.beside import Beside, make_beside
from pos_app.demo.credentials import Credentials, kept
from pos_app.demo.store import STORE, Size, make_demo
from pos_app.embedded import EmbeddedHq, line_home
from pos_app.joining import Joined, ensure_protected
from pos_app.ledger.ledger import Ledger
from pos_app.linked import Way, transport_to, way_by, way_to_hq
from pos_app.opening import DEFAULT_PROGRAMME, found_ledger, key_store_of, new_keys, open_ledger
from pos_app.security.keystore import CHAIN_PEPPER, KeyStore, get_or_create
from pos_app.settings import Settings, settings_with_hq
from pos_app.sync.wire import Enrolled
from pos_app.ui.first_start.presenter import ChainDoors
from pos_app.ui.work import Work

Demo = Size | Beside
Progress = Callable[[int, int], None]


class Premises:
    """Use it on the ledger's lane. `hq` is an HQ on this machine, which whoever made it stops."""

    def __init__(
        self, settings: Settings, clock: Clock, demo: Demo | None, hq: EmbeddedHq | None
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._demo = demo
        self._hq = hq
        self._open = ExitStack()
        self.ledger: Ledger | None = None
        self.way: Way | None = None
        self.source: Source | None = None  # a demo has no copies
        self.credentials: Credentials | None = None
        self._told: tuple[Settings, Enrolled] | None = None

    def open(self, told: Progress) -> Ledger:
        """Open the ledger, made first where it is a demo's; `told` hears how far that has come.

        Raises NoLedger, KeyMissing, NoDemo and the facts of the ledger file.
        """
        keys = key_store_of(self._settings, demo=self._demo is not None)
        if self._demo is not None:
            self._settings.data_dir.mkdir(parents=True, exist_ok=True)
            self.credentials = self._make_demo(keys, self._demo, told)
        ledger = self._open.enter_context(open_ledger(self._settings, keys, self._clock))
        self.way = self._way_out(keys, ledger)
        self.source = None if self._demo is not None else source_of(ledger, keys)
        self.ledger = ledger
        return ledger

    def found(self, store: str, terminal: str) -> Ledger:
        """Make the ledger that the wizard has named, or go on with the one that is there."""
        if self.ledger is None:
            keys = key_store_of(self._settings, demo=False)
            made = found_ledger(self._settings, keys, self._clock, (store, terminal))
            self.ledger = self._open.enter_context(made)
            self.source = source_of(made, keys)
        return self.ledger

    def doors_to_hq(self, network: Work) -> ChainDoors:
        """Return how the wizard asks an HQ what this till is."""
        address = self._settings.hq_url
        return ChainDoors(network, self._ask_hq, self._found_as_told, self._decline, address)

    def close(self) -> None:
        """Close the ledger."""
        self._open.close()

    def _make_demo(self, keys: KeyStore, demo: Demo, told: Progress) -> Credentials:
        folder, rules = self._settings.data_dir, DEFAULT_PROGRAMME.read_bytes()
        if isinstance(demo, Beside):
            return make_beside(folder, demo, rules, self._clock)

        def tell(done: int, whole: int) -> None:
            self._begin_hq()  # it is founded meanwhile
            told(done, whole)

        if kept(folder) is not None:
            self._begin_hq()
        elif self._hq is not None:
            get_or_create(keys, CHAIN_PEPPER)  # HQ takes it over: the year's PINs are the chain's
        return make_demo(folder, new_keys(keys), rules, self._clock, demo, tell)

    def _way_out(self, keys: KeyStore, ledger: Ledger) -> Way | None:
        if self._hq is None:
            return way_to_hq(self._settings, keys, ledger)
        self._begin_hq()
        line = line_home(ledger, keys, self._hq)
        return None if line is None else way_by(line, keys, ledger, line.awaited)

    def _begin_hq(self) -> None:
        """Start the embedded HQ behind everything else; a second call changes nothing."""
        if self._hq is not None:
            self._hq.begin(*STORE[:2])

    def _ask_hq(self, address: str, code: str) -> Joined:
        """Ask on the network's lane. Raises AddressOpen and what `ask_hq` raises."""
        settings = settings_with_hq(self._settings, address)
        ensure_protected(settings.hq_url)
        keys, line = key_store_of(settings, demo=False), transport_to(settings, settings.hq_url)
        with closing(line):
            told = ask_hq(keys, line, lambda: code)
        self._told = (settings, told)
        return joined_as(told)

    def _decline(self) -> None:
        """Forget what HQ said, on the network's lane."""
        decline(key_store_of(self._settings, demo=False))

    def _found_as_told(self) -> Ledger:
        """Make the ledger that HQ described, or go on with the one that is there."""
        if self.ledger is None:
            assert self._told is not None, "HQ was asked first"
            self._settings, told = self._told
            keys = key_store_of(self._settings, demo=False)
            made = found_as_told(self._settings, keys, self._clock, told)
            self.ledger = self._open.enter_context(made)
            self.way = way_to_hq(self._settings, keys, made)
        return self.ledger
