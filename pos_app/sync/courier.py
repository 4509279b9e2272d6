"""The courier: goes between ledger and HQ on the network lane, and remembers how it went."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger import allowances, grants, outbox
from pos_app.ledger.inbox import FeedUnreadable
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.link import OtherHq
from pos_app.ledger.outbox import ChainDiffers, HoldingsDiffer
from pos_app.ledger.store import remote_rows
from pos_app.ledger.store.right_rows import Want
from pos_app.sync import health as how
from pos_app.sync.cycle import (
    AtLedger,
    CycleReport,
    push,
    push_news,
    read_on,
    run_cycle,
    settle,
    settle_all,
)
from pos_app.sync.facts import (
    HqMisbehaved,
    HqOlder,
    HqRefused,
    HqUnreachable,
    Rewound,
    TerminalOlder,
)
from pos_app.sync.health import Health, Link
from pos_app.sync.hq import Hq

ALLOWANCES_EVERY = timedelta(minutes=10)
_FOR_A_PERSON = (
    HqRefused,
    HqOlder,
    TerminalOlder,
    Rewound,
    ChainDiffers,
    HoldingsDiffer,
    OtherHq,
    FeedUnreadable,
)


@dataclass(frozen=True, slots=True)
class LinkNews:
    """What the badge and the sync page show; `trouble` is the fact that stopped the last cycle.

    `reading`: HQ has more to tell, and the next beat comes at once.
    """

    link: Link
    health: Health
    waiting: int
    oldest: datetime | None
    open_cases: int
    trouble: PosError | None = None
    clock_suspect: bool = False
    reading: bool = False


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of a courier: the time of day, and seconds that only ever run forwards."""

    now: Callable[[], datetime]
    seconds: Callable[[], float]


class Courier:
    """A cycle that breaks is told, never lost.

    Use `beat` from one thread, the network lane's; `cover` may run beside it on another one: HQ
    takes a push twice and answers a grant twice, and the book only moves in the ledger's lane.
    """

    def __init__(
        self,
        at: AtLedger,
        hq: Hq,
        clocks: Clocks,
        renew: Callable[[], None],
        tell_archives: Callable[[], int] = int,
    ) -> None:
        """`renew` makes the connection anew when it seems dead.

        `tell_archives` tells HQ what old chains on this disk still know.
        """
        self._at = at
        self._hq = hq
        self._clocks = clocks
        self._renew = renew
        self._tell_archives = tell_archives
        self._allowed_at: datetime | None = None
        self._staying: set[MemberId] = set()
        self._more = self._suspect = False
        self._cycled_at = 0.0
        self.health = Health()

    def beat(self, serving: Collection[MemberId] = frozenset()) -> LinkNews:
        """Run one cycle and tell how the link fares.

        A long tale is read a page a beat, so that a payment never waits for the whole of it.
        """
        trouble, suspect = None, False
        self._staying = set(serving)
        try:
            begun = self._clocks.seconds()
            report = self._went(begun, self._staying)
            took = timedelta(seconds=self._clocks.seconds() - begun)
            self._more = report.more
            if not self._more:
                self._fetch_allowances()
        except HqUnreachable as broken:
            self.health = how.failed(self.health, self._clocks.now(), broken.outage.value)
        except HqMisbehaved as doubtful:
            self.health = how.failed(self.health, self._clocks.now(), doubtful.doubt.value)
        except _FOR_A_PERSON as fact:
            trouble = fact
            need = type(fact).__name__
            self.health = how.needs_person(self.health, self._clocks.now(), need)
        else:
            suspect = self._suspect
            self._went_well(report, took)
        return self._news(trouble, clock_suspect=suspect)

    def cover(self, member: MemberId, wants: tuple[Want, ...], by: Hq | None = None) -> None:
        """Fetch what a payment needs beyond what is held here; `by` goes beside a beat.

        What HQ does not know yet is pushed before, and what it still owes is settled: else it would
        refuse rights that have just gone back, or are on their way here.
        Raises HqUnreachable, HqRefused, HqMisbehaved; the grant then heals with the next cycle.
        """
        self._staying.add(member)  # a beat that is out must not return what comes
        hq = by or self._hq
        push_news(self._at, hq)
        settle_all(self._at, hq)
        left = self._at(lambda ledger: grants.without_coupons_here(ledger, member, wants))
        if left:
            wish = self._at(lambda ledger: grants.ask(ledger, member, left, "jit"))
            settle(self._at, hq, wish)

    def wait_s(self, jitter: float) -> float:
        """Return the seconds until the next beat: none while there is more to be read."""
        return 0.0 if self._reading() else how.wait_s(self.health, jitter)

    def _went(self, now: float, serving: Collection[MemberId]) -> CycleReport:
        """Read on where much is left; a whole cycle comes first as often as it ever does."""
        if self._reading() and now - self._cycled_at < how.EVERY_S:
            return read_on(self._at, self._hq)
        self._tell_archives()
        report = run_cycle(self._at, self._hq, serving=serving)
        self._cycled_at, self._suspect = now, report.clock_suspect
        return report

    def _reading(self) -> bool:
        return self._more and not self.health.failures

    def _fetch_allowances(self) -> None:
        """Ask for allowances now and then, once both books are at one point.

        They are settled at once: a payment must not meet one that is on its way.
        """
        now = self._clocks.now()
        if self._allowed_at is None or now - self._allowed_at >= ALLOWANCES_EVERY:
            self._at(allowances.ask_allowances)
            self._allowed_at = now
            if settle_all(self._at, self._hq):
                push(self._at, self._hq)

    def _went_well(self, report: CycleReport, latency: timedelta) -> None:
        moved = bool(report.pushed or report.pulled)
        if report.granted or report.more or report.pushed > outbox.BATCH_EVENTS:
            latency = self.health.latency  # much work says nothing about the line
        self.health = how.answered(self.health, self._clocks.now(), latency, moved=moved)

    def _news(self, trouble: PosError | None, *, clock_suspect: bool) -> LinkNews:
        waiting, open_cases = self._at(self._standing)
        if how.is_stuck(self.health, self._clocks.now(), waiting=waiting.count):
            self._renew()
        count, reading = waiting.count, self._reading()
        link = how.link_of(
            self.health, waiting=count, open_cases=open_cases, working=False, reading=reading
        )
        return LinkNews(
            link=link,
            health=self.health,
            waiting=count,
            oldest=waiting.oldest,
            open_cases=open_cases,
            trouble=trouble,
            clock_suspect=clock_suspect,
            reading=reading,
        )

    def _standing(self, ledger: Ledger) -> tuple[outbox.Unsent, int]:
        ledger.online = self.health.online
        return outbox.unsent(ledger), remote_rows.open_exceptions(ledger.read())
