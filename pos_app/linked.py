"""The network side of the program: the way to HQ, its lane, its pulse, and its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import SystemRandom
from time import monotonic
from typing import TypeVar

from pos_app.clock import Clock, system_clock
from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, OperatorId
from pos_app.language import _
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.link import link_state
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.store.right_rows import Want
from pos_app.recovery import tell_archives
from pos_app.security.keystore import NODE, KeyStore
from pos_app.security.signing import Signer
from pos_app.settings import Settings
from pos_app.sync.bundle import export_unsent
from pos_app.sync.courier import Clocks, Courier
from pos_app.sync.cycle import AtLedger
from pos_app.sync.errands import Errands
from pos_app.sync.hq import Hq, Identity
from pos_app.sync.transport import HttpTransport, Line
from pos_app.ui.far import Far
from pos_app.ui.kit.sheet import Host
from pos_app.ui.kit.theme import Theme
from pos_app.ui.kit.work import Lane
from pos_app.ui.shell.presenter import ShellPresenter
from pos_app.ui.shell.view import Page
from pos_app.ui.shell.ways import SYNC, PageDoor
from pos_app.ui.sync.presenter import SyncDoors, SyncPresenter
from pos_app.ui.sync.pulse import Pulse
from pos_app.ui.sync_page.leaving import Leaving, LeavingDoors
from pos_app.ui.sync_page.presenter import SyncPageDoors, SyncPagePresenter
from pos_app.ui.sync_page.view import SyncView
from pos_app.ui.work import Callee

T = TypeVar("T")
# A request that hangs loses nothing when the program ends without its answer.
PATIENCE_S = 2
# In the folder of the ledger: what is carried to HQ in a file.
EXPORTS = "exports"


@dataclass(frozen=True, slots=True)
class Way:
    """How this terminal reaches its HQ: for the courier, and beside it for who stands waiting."""

    transport: Line
    hq: Hq
    counter_transport: Line
    counter_hq: Hq
    tell_archives: Callable[[], int] = int


def transport_to(settings: Settings, url: str) -> HttpTransport:
    """Return a way to an address, trusting the certificates of the settings."""
    return HttpTransport(url, certificates=settings.hq_certificates or None)


def way_to_hq(settings: Settings, keys: KeyStore, ledger: Ledger) -> Way | None:
    """Return the way to the HQ that the ledger belongs to; None for a terminal that stands alone.

    Ask it where the ledger is open. Raises KeyMissing, KeyStoreUnusable.
    """
    known = link_state(ledger).key
    if known is None or not settings.hq_url:
        return None
    transport = transport_to(settings, settings.hq_url)
    archives = partial(tell_archives, settings, keys, system_clock, transport, known)
    return way_by(transport, keys, ledger, archives)


def way_by(line: Line, keys: KeyStore, ledger: Ledger, archives: Callable[[], int] = int) -> Way:
    """Return the way over this line to the HQ that the ledger has joined.

    Ask it where the ledger is open. Raises KeyMissing, KeyStoreUnusable.
    """
    known, node = link_state(ledger).key, ledger.node
    assert known is not None, "it has joined"
    who = Identity(node.id.hex, node.epoch, Signer(keys.get(NODE)), known)
    aside = line.for_counter()
    return Way(line, Hq(line, who), aside, Hq(aside, who), archives)


class Linked:
    """Lives from the moment the desk is built until the program closes."""

    def __init__(self, ledger: Ledger, lane: Lane, way: Way, clock: Clock, exports: Path) -> None:
        """Keep what is carried to HQ in a file in the folder `exports`."""
        self._ledger = ledger
        self._ledger_lane = lane
        self._way = way
        self._network = Lane("network")
        self._counter = Lane("counter")
        route = (at_ledger(ledger, lane), way.hq, Clocks(clock, monotonic), way.transport.renew)
        self._courier = Courier(*route, way.tell_archives)
        doors = SyncDoors(lane, self._network, clock, SystemRandom().random)
        self.sync = SyncPresenter(ledger, self._courier, doors)
        self._shell: ShellPresenter | None = None
        export = partial(self._export, exports)
        page = SyncPageDoors(self._operator, self.sync.beat, export)
        self.page = SyncPagePresenter(ledger, lane, page)
        self.sync.shown.attach(self.page.show_link)
        self._pulse: Pulse | None = None

    def page_of(self, theme: Theme, host: Host) -> Page:
        """Return the sync page for the foot of the rail; its sheets lie over the host."""
        door = PageDoor(lambda _member: self.page.open())
        view = SyncView(theme, host, self.page)
        return Page(SYNC, _("Sync"), "cloud-upload", view, door, at_foot=True)

    def begin(self, shell: ShellPresenter) -> None:
        """Show the link in the window and go out for the first time."""
        self._shell = shell
        doors = LeavingDoors(self._operator, shell.show_sync, shell.say, shell.offer)
        self.leaving = Leaving(self._ledger, self._ledger_lane, doors)
        self.sync.shown.attach(shell.show_link)
        shell.sync_now = self.sync.beat
        self._pulse = Pulse(self.sync)
        self.resume()

    def resume(self) -> None:
        """Go out now, and from now on by itself."""
        if self._pulse is not None:
            self._pulse.begin()

    def pause(self) -> None:
        """Go out no more until `resume`; what is under way comes back."""
        if self._pulse is not None:
            self._pulse.stop()

    def cover(
        self,
        member: MemberId,
        wants: tuple[Want, ...],
        done: Callable[[None], None],
        failed: Callable[[PosError], None],
    ) -> None:
        """Fetch from HQ what a payment spends beyond what is held here; it never blocks.

        It goes beside the courier, who may be out and hear nothing for a long time.
        """
        fetch = partial(self._courier.cover, member, wants, self._way.counter_hq)
        self._counter.run(fetch, done=done, failed=failed)

    @property
    def far(self) -> Far:
        """The way to HQ for who stands waiting, beside the courier's own."""
        errands = Errands(at_ledger(self._ledger, self._ledger_lane), self._way.counter_hq)
        return Far(self._counter, errands)

    def _operator(self) -> SignedIn:
        assert self._shell is not None, "the window is there before anybody works"
        return self._shell.operator

    def _export(self, folder: Path, operator: OperatorId, intent: IntentId) -> Path:
        return export_unsent(self._ledger, self._way.hq, folder, operator=operator, intent=intent)

    def close(self) -> None:
        """Go out no more; what hangs in the network is left to end with the process."""
        self.pause()
        if self._counter.close(PATIENCE_S):
            self._way.counter_transport.close()
        if self._network.close(PATIENCE_S):
            self._way.transport.close()


def at_ledger(ledger: Ledger, lane: Callee) -> AtLedger:
    """Return the courier's door to the ledger's own lane."""

    def at(task: Callable[[Ledger], T], /) -> T:
        return lane.call(partial(task, ledger))

    return at
