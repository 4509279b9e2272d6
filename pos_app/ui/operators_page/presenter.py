"""Shows a manager who works here and who left, and lets it be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from pos_app.errors import PosError
from pos_app.language import _
from pos_app.ledger import appointments
from pos_app.ledger.appointments import LastManager, NotOneself, OperatorCard
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.rules.access import Role
from pos_app.ui.operators_page import words
from pos_app.ui.operators_page.deeds import Deeds
from pos_app.ui.operators_page.state import Deed, DeedSheet, OperatorsState
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence
from pos_app.ui.work import Work


@dataclass(frozen=True, slots=True)
class OperatorsExits:
    """Whom the page tells that the operator at this till has another name."""

    renamed: Callable[[SignedIn], None]


@dataclass(frozen=True, slots=True)
class _Listing:
    cards: tuple[OperatorCard, ...]
    zone: ZoneInfo


class OperatorsPresenter:
    """Cashiers see why they see nothing; a late list for another operator is dropped."""

    def __init__(
        self, ledger: Ledger, work: Work, operator: Callable[[], SignedIn], exits: OperatorsExits
    ) -> None:
        self._ledger = ledger
        self._work = work
        self._operator = operator
        self._exits = exits
        self._cards: dict[str, OperatorCard] = {}
        self._asked = 0
        self.shown = Shown(OperatorsState())
        self.deeds = Deeds(ledger, work, operator, self)

    def open(self) -> None:
        """Show everybody, to a manager."""
        self._asked += 1
        self._cards = {}
        self.deeds.cancel()
        if self._operator().role is Role.MANAGER:
            self.shown.show(self._offering(OperatorsState()))
            self._read()
        else:
            self.shown.show(OperatorsState(refused=words.refused()))

    def pick(self, key: str) -> None:
        """Offer what can be done about one operator."""
        if key in self._cards:
            self.shown.show(self._offering(replace(self.shown.state, picked=key)))

    def add(self) -> None:
        """Begin with somebody new."""
        self.deeds.start(Deed.ADD, None, "")

    def start(self, deed: Deed) -> None:
        """Open the sheet of a deed about the operator who was picked."""
        card = self._cards.get(self.shown.state.picked)
        if card is not None:
            self.deeds.start(deed, card, self._bound(card))

    def show_sheet(self, sheet: DeedSheet | None) -> None:
        """Show the sheet of a deed, or none."""
        notice = "" if sheet is not None else self.shown.state.notice
        self.shown.show(replace(self.shown.state, sheet=sheet, notice=notice))

    def done(self, card: OperatorCard, notice: str) -> None:
        """Read everybody again after a change."""
        you = self._operator()
        if card.id == you.id and card.name != you.name:
            self._exits.renamed(replace(you, name=card.name))
        if not self.shown.state.refused:
            self.shown.show(replace(self.shown.state, picked=str(card.id), notice=notice))
            self._read()

    def _read(self) -> None:
        self._asked += 1
        asked = self._asked
        self._work.run(
            lambda: _Listing(appointments.listed(self._ledger), self._ledger.programme.zone),
            done=lambda listing: self._listed(asked, listing),
            failed=self._failed,
        )

    def _listed(self, asked: int, listing: _Listing) -> None:
        if asked != self._asked:
            return
        self._cards = {str(card.id): card for card in listing.cards}
        you = self._operator().id
        rows = tuple(
            words.table_row(card, listing.zone, is_you=card.id == you) for card in listing.cards
        )
        self.shown.show(self._offering(replace(self.shown.state, rows=rows, problem="")))

    def _failed(self, fact: PosError) -> None:
        self.shown.show(replace(self.shown.state, problem=sentence(fact)))

    def _offering(self, state: OperatorsState) -> OperatorsState:
        """Return the state with what can be done about whoever is picked in it."""
        card = self._cards.get(state.picked)
        note = _("Choose somebody in the list.") if card is None else self._bound(card)
        return replace(state, deeds=words.buttons(card, note), note=note)

    def _bound(self, card: OperatorCard) -> str:
        """Say why this operator can neither leave nor be less than a manager."""
        if card.id != self._operator().id:
            return ""
        managers = [one for one in self._cards.values() if one.active and one.role is Role.MANAGER]
        fact = NotOneself(card.id) if len(managers) > 1 else LastManager(card.id)
        return sentence(fact)
