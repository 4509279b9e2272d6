"""Leafs through the journal and explains any line of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.language import _
from pos_app.ledger import journal_page
from pos_app.ledger.journal_page import EventDetail, JournalFilter, JournalLine
from pos_app.ledger.ledger import Ledger
from pos_app.ui.journal_page import words
from pos_app.ui.journal_page.state import JournalState
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

PAGE = 50


@dataclass(frozen=True, slots=True)
class _Page:
    lines: tuple[JournalLine, ...]
    zone: ZoneInfo
    today: date


class JournalPresenter:
    """Shows one day, or everything of one member; a late page of another filter is dropped."""

    def __init__(self, ledger: Ledger, work: Work, print_again: Callable[[int], None]) -> None:
        self._ledger = ledger
        self._work = work
        self._print_again = print_again
        self._day: date | None = None
        self._today: date | None = None
        self._member: MemberId | None = None
        self._lines: tuple[JournalLine, ...] = ()
        self._asked = JournalFilter()
        self.shown = Shown(JournalState())

    def open(self, member: MemberId | None = None, name: str = "") -> None:
        """Show today, or all of this member."""
        self._member, self._day = member, None
        self.shown.show(JournalState(member=name, busy=True))
        if member is not None:
            self._load(None)
            return
        self._work.run(self._ledger.today, done=self._open_day, failed=self._failed)

    def refresh(self) -> None:
        """Read the first page again; nothing else changes."""
        self._load(None)

    def show_day(self, step: int) -> None:
        """Go that many days on or back; from all days, to the last one."""
        if self._today is None:
            return
        day = self._day + timedelta(days=step) if self._day is not None else self._today
        self._day = min(day, self._today)
        self._load(None)

    def show_all_days(self) -> None:
        """Show every day, newest first."""
        self._day = None
        self._load(None)

    def show_group(self, name: str) -> None:
        """Show only one kind of events."""
        self.shown.show(replace(self.shown.state, group=name))
        self._load(None)

    def show_everybody(self) -> None:
        """Drop the member from the filter."""
        self.open()

    def more(self) -> None:
        """Read on behind the last line."""
        if self._lines and not self.shown.state.busy:
            self._load(self._lines[-1].seq)

    def explain(self, key: str) -> None:
        """Open one event; the line may be gone from the list by the time it comes."""
        self._work.run(
            lambda: (journal_page.explain(self._ledger, int(key)), self._ledger.programme.zone),
            done=self._explained,
            failed=self._failed,
        )

    def close_explained(self) -> None:
        """Close the panel."""
        self.shown.show(replace(self.shown.state, explained=None))

    def reprint(self) -> None:
        """Print the slip of the open event once more; it says so on the paper."""
        explained = self.shown.state.explained
        if explained is not None and explained.has_slip:
            self._print_again(explained.seq)

    def _open_day(self, today: date) -> None:
        self._today = self._day = today
        self._load(None)

    def _load(self, before: int | None) -> None:
        kinds = words.GROUPS[self.shown.state.group]
        asked = JournalFilter(self._day, kinds, self._member, before)
        self._asked = asked
        self.shown.show(replace(self.shown.state, busy=True, problem=""))
        self._work.run(
            lambda: _page(self._ledger, asked),
            done=lambda page: self._loaded(asked, page),
            failed=self._failed,
        )

    def _loaded(self, asked: JournalFilter, page: _Page) -> None:
        if asked is not self._asked:
            return
        self._today = page.today
        kept = self._lines if asked.before is not None else ()
        self._lines = (*kept, *page.lines)
        with_day = asked.day is None
        rows = tuple(words.table_row(line, page.zone, with_day=with_day) for line in self._lines)
        self.shown.show(
            replace(
                self.shown.state,
                rows=rows,
                day="" if self._day is None else self._day.isoformat(),
                day_words=self._day_words(),
                newest_day=self._day is not None and self._day >= page.today,
                more=len(page.lines) == PAGE,
                busy=False,
            )
        )

    def _explained(self, answer: tuple[EventDetail, ZoneInfo]) -> None:
        detail, zone = answer
        self.shown.show(replace(self.shown.state, explained=words.explained(detail, zone)))

    def _failed(self, fact: PosError) -> None:
        self.shown.show(replace(self.shown.state, busy=False, problem=sentence(fact)))

    def _day_words(self) -> str:
        if self._day is None:
            return _("All days")
        if self._day == self._today:
            return _("Today")
        if self._today is not None and self._day == self._today - timedelta(days=1):
            return _("Yesterday")
        return self._day.isoformat()


def _page(ledger: Ledger, asked: JournalFilter) -> _Page:
    lines = journal_page.page(ledger, asked, PAGE)
    return _Page(lines, ledger.programme.zone, ledger.today())
