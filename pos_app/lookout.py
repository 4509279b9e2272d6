"""The fraud radar in the window: its page, what the rail counts, and when it looks around."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.language import _n
from pos_app.ledger import alerts
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.access import Role
from pos_app.ui.journal_page.view import JournalView
from pos_app.ui.kit.labels import Tone
from pos_app.ui.kit.rail import Rail
from pos_app.ui.kit.theme import Theme
from pos_app.ui.radar_page.presenter import RadarExits, RadarPresenter
from pos_app.ui.radar_page.view import RadarView
from pos_app.ui.shell.presenter import ShellPresenter
from pos_app.ui.shell.view import Page
from pos_app.ui.shell.ways import JOURNAL, RADAR, PageDoor
from pos_app.ui.text import sentence
from pos_app.ui.work import Work

Ways = tuple[Callable[[int], None], Callable[[MemberId], None]]


class Lookout:
    """Everything runs on the ledger's lane, behind whatever waits there."""

    def __init__(self, ledger: Ledger, lane: Work, shell: ShellPresenter, ways: Ways) -> None:
        """`ways` lead to an event of the journal, and to a member."""
        self._ledger = ledger
        self._lane = lane
        self._shell = shell
        exits = RadarExits(*ways, self.count)
        self.page = RadarPresenter(ledger, lane, lambda: shell.operator, exits)

    def page_of(self, theme: Theme) -> Page:
        """Return the radar's page; it is entered from the journal."""
        door = PageDoor(lambda _member: self.page.open())
        return Page(RADAR, "", "shield-alert", RadarView(theme, self.page), door)

    def shows_in(self, rail: Rail, journal: JournalView) -> None:
        """Show the count on the journal's button, and lead from there to the page."""
        self._rail, self._journal = rail, journal
        journal.alerts_wanted.connect(self._go)

    def count(self) -> None:
        """Read how many alerts wait."""
        self._run(lambda: alerts.count_open(self._ledger))

    def look_around(self) -> None:
        """Look whether anything odd was done here lately."""
        self._run(lambda: alerts.look_around(self._ledger))

    def _run(self, task: Callable[[], int]) -> None:
        self._lane.run(task, done=self._show, failed=self._say)

    def _show(self, count: int) -> None:
        """Show a manager how many alerts wait; nobody else is told of a suspicion."""
        shown = count if self._shell.operator.role is Role.MANAGER else 0
        said = _n("{count} alert to be looked at", "{count} alerts to be looked at", shown)
        words = said.format(count=shown) if shown else ""
        tone = Tone.WARN if shown else Tone.MUTE
        self._rail.set_badge(JOURNAL, str(shown or ""), tone, words)
        self._journal.show_alerts(words)

    def _say(self, fact: PosError) -> None:
        self._shell.say(sentence(fact), "warn")

    def _go(self) -> None:
        self._shell.go(RADAR)
