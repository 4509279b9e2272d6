"""Lets the courier go out, one beat at a time, and says in the window how the link fares."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from pos_app.clock import Clock
from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger import outbox
from pos_app.ledger.credit import CreditHere, credit_here
from pos_app.ledger.ledger import Ledger
from pos_app.sync import health as how
from pos_app.sync.courier import Courier, LinkNews
from pos_app.sync.health import Health, Link
from pos_app.ui.parts.link import Badge, LinkBanner, SyncState
from pos_app.ui.shown import Shown
from pos_app.ui.sync import words
from pos_app.ui.text import sentence
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class SyncDoors:
    """The lanes of ledger and network, the clock, and a dice that falls between 0 and 1."""

    ledger: Work
    network: Work
    now: Clock
    dice: Callable[[], float]


class SyncPresenter:
    """What the courier says is shown as it says it: whether it is offline is not judged here."""

    def __init__(self, ledger: Ledger, courier: Courier, doors: SyncDoors) -> None:
        self._ledger = ledger
        self._courier = courier
        self._doors = doors
        self._news: LinkNews | None = None
        self._broken: PosError | None = None
        self._credit: CreditHere | None = None
        self._waiting = self._beats = 0
        self._whole = 0
        self._beating = self._counting = self._long = False
        self._alarm: Callable[[int], None] = _unset
        self.serving: Callable[[], Collection[MemberId]] = frozenset
        self.shown = Shown(SyncState(words.connecting()))

    def attach_alarm(self, alarm: Callable[[int], None]) -> None:
        """Let a timer call `beat` when so many milliseconds have passed; it replaces the last."""
        self._alarm = alarm

    def beat(self) -> None:
        """Let the courier go out now, unless it is out already."""
        if self._beating:
            return
        self._beating, self._long, self._whole = True, False, self._waiting
        self._show()
        serving = frozenset(self.serving())
        self._doors.network.run(
            lambda: self._courier.beat(serving), done=self._told, failed=self._broke
        )

    def tick(self) -> None:
        """Look every second how much waits, and go at once with what was committed since."""
        self._long = self._beating
        self._show()
        if not self._counting:
            self._counting = True
            self._doors.ledger.run(
                lambda: (outbox.unsent(self._ledger).count, credit_here(self._ledger)),
                done=self._counted,
                failed=self._lost,
            )

    def _told(self, news: LinkNews) -> None:
        self._news, self._broken = news, None
        self._waiting = news.waiting
        self._rest()

    def _broke(self, fact: PosError) -> None:
        """Show what kept the courier from even trying: the ledger itself."""
        self._broken = fact
        self._rest()

    def _rest(self) -> None:
        self._beating = self._long = False
        if self._news is None or not self._news.reading:
            self._beats += 1  # of one long tale only the end is worth a look
        self._show()
        self._alarm(int(self._courier.wait_s(self._doors.dice()) * 1000))

    def _counted(self, told: tuple[int, CreditHere | None]) -> None:
        waiting, self._credit = told
        self._counting = False
        more = waiting > self._waiting
        self._waiting, self._whole = waiting, max(self._whole, waiting)
        self._show()
        if more and self._news is not None and self._news.health.online:
            self.beat()

    def _lost(self, _fact: PosError) -> None:
        """Let the next second count again; the act in front of it says what is wrong."""
        self._counting = False

    def _show(self) -> None:
        news = self._news
        health = Health() if news is None else news.health
        trouble = self._broken or (None if news is None else news.trouble)
        cause = words.cause(health.cause) if trouble is None else sentence(trouble)
        link = self._link(news)
        cases = 0 if news is None else news.open_cases
        self.shown.show(
            SyncState(
                badge=self._badge(link, health, cases),
                cause=cause,
                count=words.count(link, self._waiting, cases),
                banner=self._banner(news, "" if trouble is None else cause),
                busy=self._long,
                waiting=self._waiting,
                failures=health.failures,
                beats=self._beats,
            )
        )

    def _link(self, news: LinkNews | None) -> Link | None:
        if self._broken is not None:
            return Link.ACTION
        link = None
        if news is not None:
            health, cases = news.health, news.open_cases
            link = how.link_of(
                health,
                waiting=self._waiting,
                open_cases=cases,
                working=self._long,
                reading=news.reading,
            )
        told_something = self._long and self._waiting < self._whole
        return Link.SYNCING if told_something and link in (None, Link.OFFLINE) else link

    def _badge(self, link: Link | None, health: Health, cases: int) -> Badge:
        if link is Link.ACTION:
            return words.action(cases, self._waiting)
        if link is Link.OFFLINE:
            now = self._doors.now()
            return words.offline(now - (health.since or now), self._waiting)
        if link is Link.SYNCING:
            return words.syncing(self._whole - self._waiting, self._whole)
        if link is Link.SLOW:
            return words.slow(health.latency)
        return words.connecting() if link is None else words.online(health.latency)

    def _banner(self, news: LinkNews | None, trouble: str) -> LinkBanner | None:
        if trouble:
            return words.attention_banner(trouble, self._waiting)
        if news is None:
            return None
        if not news.health.online:
            return words.offline_banner(self._waiting, self._credit)
        return words.clock_banner() if news.clock_suspect else None


def _unset(_milliseconds: int) -> None:
    """Nobody has a timer yet."""
