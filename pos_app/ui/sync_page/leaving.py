"""Signing out: nobody leaves unknowingly what is open, and who can settle it stays for that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.language import _, _n
from pos_app.ledger.leaving import StillOpen, still_open
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.ui.sync_page.case_words import case_words
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

Leave = Callable[[], None]


@dataclass(frozen=True, slots=True)
class LeavingDoors:
    """Who works here; show the list; say something; offer a step beside it."""

    operator: Callable[[], SignedIn]
    show_list: Callable[[], None]
    say: Callable[[str, str], None]
    offer: Callable[[str, str, Leave], None]


class Leaving:
    """Asks the book, and then lets go, asks once more, or says what comes first."""

    def __init__(self, ledger: Ledger, work: Work, doors: LeavingDoors) -> None:
        self._ledger = ledger
        self._work = work
        self._doors = doors

    def ask(self, leave: Leave) -> None:
        """Sign out if nothing is open; else show what is."""
        self._work.run(
            lambda: still_open(self._ledger),
            done=lambda found: self._found(found, leave),
            failed=self._failed,
        )

    def _found(self, found: StillOpen, leave: Leave) -> None:
        if not (found.cases or found.unsent):
            leave()
            return
        self._doors.show_list()
        if found.keeps(self._doors.operator().role):
            first = _("{cases} Decide it here before you sign out, or hand in a correction.")
            self._doors.say(first.format(cases=_cases(found)), "danger")
        else:
            text = " ".join(filter(None, (_cases(found), _unsent(found))))
            self._doors.offer(text, _("Sign out"), leave)

    def _failed(self, fact: PosError) -> None:
        self._doors.say(sentence(fact), "danger")


def _cases(found: StillOpen) -> str:
    if not found.cases:
        return ""
    count = len(found.cases)
    said = _n("{count} waits for a manager: {list}.", "{count} wait for a manager: {list}.", count)
    names = dict.fromkeys(case_words(case.type).title for case in found.cases)
    return said.format(count=count, list=_(", ").join(names))


def _unsent(found: StillOpen) -> str:
    if not found.unsent:
        return ""
    said = _n(
        "{count} entry is not at HQ yet. Nothing is lost: it is sent by itself.",
        "{count} entries are not at HQ yet. Nothing is lost: they are sent by themselves.",
        found.unsent,
    )
    return said.format(count=found.unsent)
