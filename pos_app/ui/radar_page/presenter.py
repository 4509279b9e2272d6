"""Lists what the fraud radar found, explains each, and takes a manager's word on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, new_id
from pos_app.language import _
from pos_app.ledger import alerts
from pos_app.ledger.alert_list import AlertLine, alert_list
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.rules.access import Role
from pos_app.ui.radar_page import words
from pos_app.ui.radar_page.state import AlertDetail, RadarState
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

MOST = 200


@dataclass(frozen=True, slots=True)
class RadarExits:
    """Where the page leads: to an event of the journal, to a member, and who hears of a change."""

    event: Callable[[int], None]
    member: Callable[[MemberId], None]
    changed: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Listing:
    lines: tuple[AlertLine, ...]
    zone: ZoneInfo


class RadarPresenter:
    """Shows a manager everything that was found; nothing here stands in a payment's way."""

    def __init__(
        self, ledger: Ledger, work: Work, operator: Callable[[], SignedIn], exits: RadarExits
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._operator = operator
        self._exits = exits
        self._listing = _Listing((), ZoneInfo("UTC"))
        self._picked = ""
        self._intent = IntentId(new_id())
        self._turn = 0
        self.shown = Shown(RadarState())

    def open(self) -> None:
        """Show a manager what is known, and look for more."""
        self._picked = ""
        if self._operator().role is not Role.MANAGER:
            self.shown.show(RadarState(refused=_("Only a manager looks at alerts.")))
            return
        self.shown.show(RadarState(busy=True))
        self._read()
        self._work.run(
            lambda: alerts.look_around(self._ledger),
            done=lambda _open: self._read(),
            failed=self._failed,
        )

    def pick(self, key: str) -> None:
        """Explain one alert."""
        self._picked = key
        self._intent = IntentId(new_id())
        self._turn += 1
        self._show(replace(self.shown.state, problem="", notice=""))

    def close_detail(self) -> None:
        """Close the explanation."""
        self.pick("")

    def open_event(self, key: str) -> None:
        """Open an event in the journal; one of another till is not in it."""
        if key.startswith("-"):
            notice = _("This event lies at another till; HQ has it.")
            self.shown.show(replace(self.shown.state, notice=notice))
        else:
            self._exits.event(int(key))

    def open_member(self) -> None:
        """Open the member whom the alert concerns."""
        line = self._line()
        if line is not None and line.member is not None:
            self._exits.member(line.member)

    def dismiss(self, why: str) -> None:
        """Write down what was found out; the alert is closed then."""
        line = self._line()
        if line is None or not line.closes or self.shown.state.busy:
            return
        if not why.strip():
            problem = _("Please write down what you found.")
            self.shown.show(replace(self.shown.state, problem=problem))
            return
        who, intent = self._operator().id, self._intent
        self.shown.show(replace(self.shown.state, busy=True, problem=""))
        self._work.run(
            lambda: alerts.dismiss(self._ledger, line.id, why.strip(), operator=who, intent=intent),
            done=lambda _event: self._dismissed(),
            failed=self._failed,
        )

    def _dismissed(self) -> None:
        self._turn += 1
        notice = _("Written down. The same events raise no other alert.")
        self.shown.show(replace(self.shown.state, notice=notice))
        self._exits.changed()
        self._read()

    def _read(self) -> None:
        self._work.run(
            lambda: _Listing(alert_list(self._ledger, MOST), self._ledger.programme.zone),
            done=self._listed,
            failed=self._failed,
        )

    def _listed(self, listing: _Listing) -> None:
        self._listing = listing
        self._show(replace(self.shown.state, busy=False))

    def _failed(self, fact: PosError) -> None:
        self.shown.show(replace(self.shown.state, busy=False, problem=sentence(fact)))

    def _show(self, state: RadarState) -> None:
        zone = self._listing.zone
        rows = tuple(words.table_row(line, zone) for line in self._listing.lines)
        empty = "" if rows or state.busy else _("Nothing odd was found.")
        self.shown.show(replace(state, rows=rows, empty=empty, detail=self._detail()))

    def _detail(self) -> AlertDetail | None:
        line = self._line()
        return None if line is None else words.detail(line, self._listing.zone, self._turn)

    def _line(self) -> AlertLine | None:
        return next((one for one in self._listing.lines if one.id.hex == self._picked), None)
