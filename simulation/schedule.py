"""The schedule: what cashiers, members, the network and the machines do, drawn from one seed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from enum import Enum
from itertools import count
from pathlib import Path
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import MemberId, NodeId, OperatorId
from pos_app.ledger import returns
from pos_app.ledger.ledger import LedgerRewound
from pos_app.ledger.outbox import ChainDiffers, HoldingsDiffer
from pos_app.sync.facts import Rewound
from pos_hq import orphans, restoration
from simulation.disk import PowerCut
from simulation.network import DEAF, FAIR, FOUL
from simulation.oracle import Broken, Oracle, Rights
from simulation.promises import check_credit, check_end, check_now, released_at, settled
from simulation.till import Till, early, order_of
from simulation.world import World, open_hq

STEPS = 120
CHECK_EVERY = 10
HEALING_ROUNDS = 40
_BUGS = (HoldingsDiffer,)


class Trouble(Enum):
    """What goes wrong most: the network always does, terminals' disks, HQ's, or HQ's replies."""

    NETWORK = "network"
    DISKS = "disks"
    HQ = "hq"
    REPLIES = "replies"


class Schedule:
    """Plays one seed. `run` raises Broken where a promise does not hold."""

    def __init__(self, folder: Path, seed: int, trouble: Trouble | None = None) -> None:
        """Play in a copy of the template; without a `trouble` the seed picks one."""
        self.trouble = trouble or list(Trouble)[seed % len(Trouble)]
        weather = DEAF if self.trouble is Trouble.REPLIES else FOUL
        self.world = World(folder, seed, weather)
        self.random = self.world.random
        self.oracle = Oracle()
        self.lends = self.world.tills[0].ledger.programme.offline.credit.enabled
        self.images: dict[str, Path] = {}
        self.backup: Path | None = None
        self.numbers = count()
        for till in self.world.tills:
            self.oracle.watch(till.ledger, Rights())

    def run(self, steps: int = STEPS) -> None:
        """Play, heal, and look at what is left."""
        for number in range(steps):
            self.step()
            if number % CHECK_EVERY == 0:
                check_now(self.world.hq)
                check_credit(self.world.hq, self.oracle)
        self.heal()
        check_end(self.world, self.oracle)

    def step(self) -> None:
        """Let a little time pass and one thing happen."""
        till = self.random.choice(self.world.tills)
        self.world.clock.at += timedelta(seconds=self.random.randrange(1, 240))
        act = self.random.choices(*zip(*self._acts(), strict=True))[0]
        if self.random.random() < 0.04:
            till.disk.cut_after = self.random.randrange(60)
        try:
            act(till)
        except PowerCut:
            till.restart()
        except _BUGS as bug:
            raise Broken(repr(bug)) from bug
        except (Rewound, ChainDiffers, LedgerRewound):
            self._begin_epoch(till, archive=True)
        except PosError:
            pass  # refused in front of the cashier: nothing happened
        till.disk.cut_after = None
        self._watch(till)
        if self.random.random() < 0.1:
            self.world.wire.deliver_late()

    def heal(self) -> None:
        """Let the network be fair and everybody come home."""
        world = self.world
        world.wire.weather, world.wire.cut = FAIR, set()
        for clock in world.clocks:
            clock.off = max(clock.off, timedelta())
        for _ in range(HEALING_ROUNDS):
            world.clock.at += timedelta(minutes=2)
            for till in world.tills:
                self._settle(till)
            if settled(world):
                break
        for till in world.tills:
            self._go_home(till)
        self._release_all()

    def _acts(self) -> tuple[tuple[Callable[[Till], None], int], ...]:
        disks, hq = self.trouble is Trouble.DISKS, self.trouble is Trouble.HQ
        return (
            (self._top_up, 12),
            (self._sell, 30),
            (self._sell_early, 30 if self.lends else 0),
            (self._refund, 6),
            (self._refund_elsewhere, 5),
            (self._issue, 3),
            (self._register, 2),
            (self._sync, 30),
            (self._return, 4),
            (self._cut_or_join, 8),
            (self._jump, 2),
            (self._long_wait, 2),
            (self._image, 8 if disks else 1),
            (self._restore_or_wipe, 5 if disks else 0 if hq else 1),
            (self._release, 5 if disks else 1),
            (self._forget_asking, 10 if self.trouble is Trouble.REPLIES else 0),
            (self._back_up_hq, 3 if hq else 0),
            (self._restore_hq, 2 if hq else 0),
        )

    def _member(self) -> MemberId:
        return self.random.choice(self.world.members)

    def _top_up(self, till: Till) -> None:
        till.top_up(self._member(), self.random.randrange(100, 300) * 100, self._manager(till))

    def _sell(self, till: Till) -> None:
        till.ledger.online = till.name not in self.world.wire.cut
        fen = self.random.randrange(1, 40_000)
        stored = self.random.choice([None, self.random.randrange(1, 40_000)])
        points = self.random.choice([0, 0, 100, 200])
        till.sell(self._member(), order_of(fen, stored, points), self._manager(till))

    def _sell_early(self, till: Till) -> None:
        """Sell while HQ does not answer: stored value pays, and credit what it lacks."""
        till.ledger.online = False
        till.sell(self._member(), early(self.random.randrange(1, 6_000)), self._manager(till))

    def _refund(self, till: Till) -> None:
        till.refund(self.random.randrange, self._manager(till))

    def _refund_elsewhere(self, till: Till) -> None:
        """Return a sale of another terminal: HQ knows what of it came back, and where."""
        till.ledger.online = till.name not in self.world.wire.cut
        till.refund_elsewhere(self._member(), self.random.randrange, self._manager(till))

    def _register(self, till: Till) -> None:
        """Make a member of a number that is nobody's: HQ gives them the welcome gift, once."""
        member = till.register(f"1391000{next(self.numbers):04}", self._manager(till))
        self.world.members += (member,)

    def _issue(self, till: Till) -> None:
        till.issue(self._member(), self._manager(till))

    def _sync(self, till: Till) -> None:
        till.sync(frozenset({self._member()}))

    def _return(self, till: Till) -> None:
        """Let a term be over: a member's rights go back, though HQ may not hear of it yet."""
        with till.ledger.write() as book:
            returns.return_all(book, self._member(), "due")

    def _cut_or_join(self, till: Till) -> None:
        self.world.wire.cut ^= {till.name}

    def _jump(self, till: Till) -> None:
        """Let a terminal's clock be wrong, by minutes or by years."""
        clock = self.world.clocks[self.world.tills.index(till)]
        clock.off = timedelta(minutes=self.random.choice([-(10**6), -30, -5, 0, 5, 600, 10**6]))

    def _long_wait(self, _till: Till) -> None:
        self.world.clock.at += timedelta(hours=self.random.randrange(1, 40))

    def _image(self, till: Till) -> None:
        """Copy the disk, as backup programs do."""
        copy = self.world.folder / f"image-{till.name}"
        shutil.rmtree(copy, ignore_errors=True)
        till.close()
        shutil.copytree(till.place.folder, copy)
        till.open()
        self.images[till.name] = copy

    def _restore_or_wipe(self, till: Till) -> None:
        image = self.images.pop(till.name, None)
        if image is None or self.random.random() < 0.3:
            self.oracle.lose_disk(
                [(one.node.hex, one.epoch) for one in (till.place, *till.archives)]
            )
            self._begin_epoch(till, archive=False)
        else:
            self._restore(till, image)

    def _restore(self, till: Till, image: Path) -> None:
        """Go back to a copy of the disk; the guard outside of it may notice."""
        till.close()
        shutil.rmtree(till.place.folder)
        shutil.copytree(image, till.place.folder)
        till.open()
        self.oracle.lose(till.place.node.hex, till.place.epoch, _head(till))
        if till.ledger.rewound is not None:
            self._begin_epoch(till, archive=True)

    def _forget_asking(self, till: Till) -> None:
        """Ask HQ for a payment, and go back to a copy of the disk that knows nothing of it.

        Where only the answer was lost, no event tells the copy from the disk.
        """
        self._image(till)
        with suppress(PosError):
            self._sell(till)
        self._watch(till)
        self._restore(till, self.images.pop(till.name))

    def _begin_epoch(self, till: Till, *, archive: bool) -> None:
        """Bring a terminal back: a manager makes a code, the ledger begins anew."""
        till.begin_epoch(self.world.next_place(till), archive=archive)
        till.join(till.founding.store, self._incarnation())
        self.world.employ(till)
        self.images.pop(till.name, None)

    def _release(self, _till: Till) -> None:
        waiting = orphans.waiting(self.world.hq)
        if waiting:
            one = self.random.choice(waiting)
            with suppress(PosError):
                orphans.release(
                    self.world.hq, NodeId(UUID(one.node)), one.epoch, by="HQ", reason="disk lost"
                )

    def _back_up_hq(self, _till: Till) -> None:
        self.world.engine.dispose()
        self.backup = self.world.folder / "backup"
        shutil.rmtree(self.backup, ignore_errors=True)
        self.backup.mkdir()
        for part in self.world.folder.glob("hq.db*"):
            shutil.copy(part, self.backup / part.name)

    def _restore_hq(self, _till: Till) -> None:
        if self.backup is None:
            return
        self.world.engine.dispose()
        for part in self.world.folder.glob("hq.db*"):
            part.unlink()
        for part in self.backup.iterdir():
            shutil.copy(part, self.world.folder / part.name)
        self.world.engine, self.world.hq = open_hq(self.world.folder, self.world.clock)
        restoration.after_restore(self.world.hq)

    def _settle(self, till: Till) -> None:
        try:
            till.sync()
        except (Rewound, ChainDiffers, LedgerRewound):
            self._begin_epoch(till, archive=True)
        except _BUGS as bug:
            raise Broken(repr(bug)) from bug
        except PosError:
            pass  # HQ grants nothing yet, or the like: the next round goes on
        self._watch(till)

    def _go_home(self, till: Till) -> None:
        """Return everything that is held, and let HQ hear of it."""
        with till.ledger.write() as book:
            for member in self.world.members:
                returns.return_all(book, member, "node_close")
        self._watch(till)
        till.sync()
        till.sync()
        self._watch(till)

    def _release_all(self) -> None:
        for one in orphans.waiting(self.world.hq):
            if one.state != "released":
                orphans.release(
                    self.world.hq, NodeId(UUID(one.node)), one.epoch, by="HQ", reason="disk lost"
                )
            orphans.seal(self.world.hq, NodeId(UUID(one.node)), one.epoch, by="HQ")

    def _watch(self, till: Till) -> None:
        self.oracle.watch(till.ledger, released_at(self.world.hq))

    def _incarnation(self) -> int:
        with self.world.hq.read() as book:
            return self.world.hq.incarnation(book)

    def _manager(self, till: Till) -> OperatorId:
        return self.world.managers[till.name]


def _head(till: Till) -> int:
    return int(till.ledger.read().execute("SELECT max(seq) FROM journal").fetchone()[0])
