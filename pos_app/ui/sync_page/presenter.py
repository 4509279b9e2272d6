"""Lists what waits for HQ and what needs somebody, explains each, and tries again at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from pos_app.errors import PosError
from pos_app.ids import IntentId, OperatorId, new_id
from pos_app.language import _
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.sync_list import CaseLine, SyncList, sync_list
from pos_app.ui.approval.presenter import ApprovalPresenter
from pos_app.ui.parts.link import SyncState
from pos_app.ui.parts.state import TableRow
from pos_app.ui.shown import Shown
from pos_app.ui.sync_page import words
from pos_app.ui.sync_page.deciding import Deciding
from pos_app.ui.sync_page.state import DecideSheet, Detail, Head, SyncPageState
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

MOST = 200
_EMPTY = SyncList((), 0, (), 0)


@dataclass(frozen=True, slots=True)
class _Listing:
    list: SyncList
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class SyncPageDoors:
    """Who works here; go to HQ now; write what is unsent into a file and say where it is."""

    operator: Callable[[], SignedIn]
    retry: Callable[[], None]
    export: Callable[[OperatorId, IntentId], Path]


class SyncPagePresenter:
    """Reads the list anew whenever the link has news, as long as somebody looks."""

    def __init__(self, ledger: Ledger, work: Work, doors: SyncPageDoors) -> None:
        self._ledger = ledger
        self._work = work
        self._doors = doors
        self._cause, self._failures = "", 0
        self._listing = _Listing(_EMPTY, ZoneInfo("UTC"))
        self._picked = ""
        self._watched = False
        self._asked = 0
        self._seen = (0, 0)
        self.shown = Shown(SyncPageState())
        self.approval = ApprovalPresenter(ledger, work)
        self.deciding = Deciding(ledger, work, doors.operator, self)

    def open(self) -> None:
        """Show everything that waits or needs somebody."""
        self._watched, self._picked = True, ""
        self.deciding.cancel()
        self._change(SyncPageState(head=self.shown.state.head, busy=True))
        self._read()

    def leave(self) -> None:
        """Read no more: nobody looks."""
        self._watched = False

    def show_group(self, name: str) -> None:
        """Show only what waits, what needs somebody, or what is resolved."""
        self._change(replace(self.shown.state, group=name))

    def pick(self, key: str) -> None:
        """Explain one line."""
        self._picked = key
        self._change(self.shown.state)

    def close_detail(self) -> None:
        """Close the explanation."""
        self.pick("")

    def retry(self) -> None:
        """Go to HQ now."""
        self._doors.retry()

    def decide(self, how: str) -> None:
        """Begin to decide the exception that was picked."""
        case = self._picked_case()
        if case is not None:
            self.deciding.start(case, how)

    def export(self) -> None:
        """Write what HQ has not heard into a file that only HQ can read."""
        operator, intent = self._doors.operator().id, IntentId(new_id())
        self._change(replace(self.shown.state, notice="", problem=""))
        self._work.run(
            lambda: self._doors.export(operator, intent), done=self._exported, failed=self._failed
        )

    def show_sheet(self, sheet: DecideSheet | None) -> None:
        """Show the sheet of a decision, or none."""
        self.shown.show(replace(self.shown.state, sheet=sheet))

    def decided(self, notice: str) -> None:
        """Say what was decided, read the list again, and take it to HQ."""
        self._change(replace(self.shown.state, notice=notice))
        self._read()
        self._doors.retry()

    def _exported(self, path: Path) -> None:
        told = _("Sealed for HQ: {path}. Take the file there; HQ imports it.")
        self._change(replace(self.shown.state, notice=told.format(path=path)))
        self._read()

    def show_link(self, link: SyncState) -> None:
        """Show how the link fares, and read again what has come of it."""
        badge = link.badge
        self._cause, self._failures = link.cause, link.failures
        head = Head(badge.text, badge.icon, badge.tone, link.cause, link.busy)
        self._change(replace(self.shown.state, head=head))
        seen = (link.waiting, link.beats)
        if seen != self._seen:
            self._seen = seen
            if self._watched:
                self._read()

    def _read(self) -> None:
        self._asked += 1
        asked = self._asked
        self._work.run(
            lambda: _Listing(sync_list(self._ledger, MOST), self._ledger.programme.zone),
            done=lambda listing: self._listed(asked, listing),
            failed=self._failed,
        )

    def _listed(self, asked: int, listing: _Listing) -> None:
        if asked == self._asked:
            self._listing = listing
            self._change(replace(self.shown.state, busy=False, problem=""))

    def _failed(self, fact: PosError) -> None:
        self._change(replace(self.shown.state, busy=False, problem=sentence(fact)))

    def _change(self, state: SyncPageState) -> None:
        """Show a state with the rows and the explanation that belong to it."""
        rows = self._rows(state.group)
        detail = self._detail() if any(line.key == self._picked for line in rows) else None
        empty = "" if rows or state.busy else _empty(state.group)
        more = self._more(state.group)
        self.shown.show(replace(state, rows=rows, detail=detail, empty=empty, more=more))

    def _rows(self, group: str) -> tuple[TableRow, ...]:
        zone, failures = self._listing.zone, self._failures
        rows = [words.case_row(one, zone) for one in self._cases(group)]
        if group in ("all", "waiting"):
            rows += [
                words.waiting_row(line, zone, failures=failures, cause=self._cause)
                for line in self._listing.list.waiting
            ]
        return tuple(rows)

    def _cases(self, group: str) -> list[CaseLine]:
        wanted = {"all": (True,), "attention": (True,), "resolved": (False,)}.get(group, ())
        return [one for one in self._listing.list.cases if one.open in wanted]

    def _detail(self) -> Detail | None:
        zone = self._listing.zone
        for line in self._listing.list.waiting:
            if self._picked == f"{words.WAITING}{line.seq}":
                return words.waiting_detail(line, zone)
        case = self._picked_case()
        return None if case is None else words.case_detail(case, zone)

    def _picked_case(self) -> CaseLine | None:
        named = {f"{words.CASE}{one.id}": one for one in self._listing.list.cases}
        return named.get(self._picked)

    def _more(self, group: str) -> str:
        told = self._listing.list
        waiting = told.waiting_in_all - len(told.waiting) if group in ("all", "waiting") else 0
        cases = told.cases_in_all - len(told.cases) if group != "waiting" else 0
        said = (
            _("{count} more wait behind these; they are sent in this order.").format(count=waiting),
            _("{count} older exceptions are at HQ only.").format(count=cases),
        )
        return " ".join(text for text, count in zip(said, (waiting, cases), strict=True) if count)


def _empty(group: str) -> str:
    return {
        "attention": _("Nothing needs anybody."),
        "resolved": _("No exception was ever resolved here."),
        "waiting": _("Everything is at HQ."),
    }.get(group, _("Everything is at HQ, and nothing needs anybody."))
