"""Finds members by whatever the cashier knows of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.language import _
from pos_app.ledger import members
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.members import MemberHit
from pos_app.ledger.rules.holder import Status
from pos_app.ui.members_page.state import MembersState
from pos_app.ui.parts.state import TableRow
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.words import status_name
from pos_app.ui.work import Work

MOST_SHOWN = 50
_LEAST_TYPED = 2


@dataclass(frozen=True, slots=True)
class MembersExits:
    """Where the list leads: a member's page, the counter, or the registration of this number."""

    opened: Callable[[MemberId], None]
    served: Callable[[MemberId], None]
    register: Callable[[str], None]


class MembersPresenter:
    """Shows who was here last, and whoever is looked for; an answer to an older text is dropped."""

    def __init__(self, ledger: Ledger, work: Work, exits: MembersExits) -> None:
        self._ledger = ledger
        self._work = work
        self._exits = exits
        self._asked = ""
        self.shown = Shown(MembersState())

    def open(self) -> None:
        """Show who was here last."""
        self.look_for("")

    def look_for(self, text: str) -> None:
        """Search while it is typed."""
        text = text.strip()
        self._asked = text
        self.shown.show(replace(self.shown.state, text=text, busy=True, problem=""))
        if len(text) < _LEAST_TYPED:
            self._work.run(
                lambda: (members.recent(self._ledger, MOST_SHOWN), self._ledger.today()),
                done=lambda answer: self._found(text, *answer),
                failed=self._failed,
            )
            return
        self._work.run(
            lambda: (members.search(self._ledger, text, MOST_SHOWN), self._ledger.today()),
            done=lambda answer: self._found(text, *answer),
            failed=self._failed,
        )

    def open_member(self, key: str) -> None:
        """Open everything about a member."""
        self._exits.opened(MemberId(UUID(key)))

    def serve(self, key: str) -> None:
        """Take a member to the counter."""
        self._exits.served(MemberId(UUID(key)))

    def register(self) -> None:
        """Register somebody, with the number that was looked for."""
        self._exits.register(self._asked if self._asked.isdecimal() else "")

    def _found(self, text: str, hits: tuple[MemberHit, ...], today: date) -> None:
        if text != self._asked:
            return
        searched = len(text) >= _LEAST_TYPED
        heading = _("Found") if searched else _("Here last")
        empty = (
            _("Nobody is found under “{text}”.").format(text=text)
            if searched
            else _("Nobody has been here yet. Register the first member.")
        )
        self.shown.show(
            replace(
                self.shown.state,
                rows=tuple(_row(hit, today) for hit in hits),
                heading=heading,
                empty="" if hits else empty,
                can_register=not hits,
                busy=False,
            )
        )

    def _failed(self, fact: PosError) -> None:
        self.shown.show(replace(self.shown.state, busy=False, problem=sentence(fact)))


def _row(hit: MemberHit, today: date) -> TableRow:
    cells = (
        hit.masked_name,
        hit.masked_phone,
        hit.number,
        hit.tier_name,
        "" if hit.status is Status.NORMAL else status_name(hit.status),
        _day(hit.last_visit, today),
    )
    return TableRow(str(hit.id), cells, "" if hit.status is Status.NORMAL else "danger")


def _day(day: date | None, today: date) -> str:
    if day is None:
        return _("never")
    if day == today:
        return _("today")
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()
