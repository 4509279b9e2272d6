"""The cards of a member, and what can be done with each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from pos_app.errors import PosError
from pos_app.ids import CardId, IntentId, MemberId, new_id
from pos_app.language import _
from pos_app.ledger import cards
from pos_app.ledger.cards import CardDeed, CardLine
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.store.card_rows import CardForm, CardState
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card: what it is, and what can be done with it; dead for ever, nothing."""

    place: int
    number: str
    form: str
    standing: str
    tone: str
    active: bool
    lost: bool


@dataclass(frozen=True, slots=True)
class CardsState:
    """The cards, the number that is to be bound, and what was refused."""

    rows: tuple[CardRow, ...] = ()
    number: str = field(default="", repr=False)
    problem: str = ""
    busy: bool = False


class CardsPresenter:
    """One deed at a time, each its own intent; `done` hears what was done."""

    def __init__(
        self,
        ledger: Ledger,
        work: Work,
        operator: Callable[[], SignedIn],
        done: Callable[[str], None],
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._operator = operator
        self._told = done
        self._member: MemberId | None = None
        self._lines: tuple[CardLine, ...] = ()
        self.shown = Shown(CardsState())

    def open(self, member: MemberId) -> None:
        """Read the cards of a member."""
        self._member, self._lines = member, ()
        self.shown.show(CardsState())
        self._read(member)

    def type_number(self, text: str) -> None:
        """Follow the number of a card that lies here."""
        self.shown.show(replace(self.shown.state, number=text, problem=""))

    def scanned(self, code: str) -> bool:
        """Take a scanned number as if it was typed."""
        self.type_number(code.strip())
        return True

    def add(self) -> None:
        """Bind the typed number; without one, make an electronic card."""
        deed, number = self._deed(), self.shown.state.number or None
        self._do(_("Card issued"), lambda: cards.issue(self._ledger, deed, number))

    def report_lost(self, place: int) -> None:
        """Kill a card."""
        deed, card = self._deed(), self._lines[place].id
        self._do(_("Card reported lost"), lambda: cards.report_lost(self._ledger, deed, card))

    def found_again(self, place: int) -> None:
        """Take the report back."""
        deed, card = self._deed(), self._lines[place].id
        assert card is not None, "a lost card has its record"
        self._do(_("Card found again"), lambda: cards.found_again(self._ledger, deed, card))

    def replace_card(self, place: int) -> None:
        """Put the typed number, or an electronic one, in a card's place."""
        deed, card = self._deed(), self._lines[place].id
        number = self.shown.state.number or None
        self._do(_("Card replaced"), partial(_replace, self._ledger, deed, card, number))

    def _deed(self) -> CardDeed:
        assert self._member is not None, "cards are somebody's"
        return CardDeed(self._member, self._operator().id, IntentId(new_id()))

    def _do(self, what: str, task: Callable[[], None]) -> None:
        member = self._member
        if member is None or self.shown.state.busy:
            return
        self.shown.show(replace(self.shown.state, busy=True, problem=""))
        self._work.run(
            task,
            done=lambda _nothing: self._done(member, what),
            failed=lambda fact: self._failed(member, fact),
        )

    def _done(self, member: MemberId, what: str) -> None:
        if member == self._member:
            self.shown.show(replace(self.shown.state, busy=False, number=""))
            self._read(member)
            self._told(_("Done: {what}").format(what=what))

    def _failed(self, member: MemberId, fact: PosError) -> None:
        if member == self._member:
            self.shown.show(replace(self.shown.state, busy=False, problem=sentence(fact)))

    def _read(self, member: MemberId) -> None:
        self._work.run(
            lambda: cards.cards(self._ledger, member),
            done=lambda lines: self._opened(member, lines),
            failed=lambda fact: self._failed(member, fact),
        )

    def _opened(self, member: MemberId, lines: tuple[CardLine, ...]) -> None:
        if member == self._member:
            self._lines = lines
            rows = tuple(self._row(place, line) for place, line in enumerate(lines))
            self.shown.show(replace(self.shown.state, rows=rows))

    def _row(self, place: int, line: CardLine) -> CardRow:
        names = {CardForm.PHYSICAL: _("Physical card"), CardForm.ELECTRONIC: _("Electronic card")}
        standing, tone = _standing(line)
        if line.since is not None:
            day = line.since.astimezone(self._ledger.programme.zone).date()
            standing = f"{standing} · {day.isoformat()}"
        active, lost = line.state is CardState.ACTIVE, line.state is CardState.LOST
        return CardRow(place, line.masked, names[line.form], standing, tone, active, lost)


def _standing(line: CardLine) -> tuple[str, str]:
    return {
        CardState.ACTIVE: (_("In use"), "ok"),
        CardState.LOST: (_("Reported lost"), "danger"),
        CardState.REPLACED: (_("Replaced"), "muted"),
        CardState.VOID: (_("Void"), "muted"),
    }[line.state]


def _replace(ledger: Ledger, deed: CardDeed, card: CardId | None, number: str | None) -> None:
    cards.replace_card(ledger, deed, card, number)
