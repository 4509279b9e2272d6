"""The document that the law wants shown: typed once, checked, and masked at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from pos_app.language import _
from pos_app.ledger.masking import mask_identity
from pos_app.ledger.rules.identity_documents import (
    Document,
    DocumentKind,
    DocumentRefused,
    clean_number,
)
from pos_app.ui.parts.state import Choice
from pos_app.ui.shown import Shown
from pos_app.ui.text import sentence

_WHOLE_RESIDENT_ID = 18


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What the strip shows; `masked` in the place of a number that was accepted.

    `settled`: nothing is left to be typed.
    """

    asked: bool = False
    kinds: tuple[Choice, ...] = ()
    kind: str = DocumentKind.RESIDENT_ID.value
    name: str = field(default="", repr=False)
    name_hint: str = ""
    number: str = field(default="", repr=False)
    masked: str = ""
    problem: str = ""
    settled: bool = False


class DocumentPresenter:
    """Keeps the number to itself as soon as it can be one; `changed` hears whenever it may be."""

    def __init__(self, today: Callable[[], date], changed: Callable[[], None]) -> None:
        self._today = today
        self._changed = changed
        self._registered = ""
        self._number = ""
        self.shown = Shown(DocumentState())

    def ask(self, registered: str, masked_name: str) -> None:
        """Ask for a document; without another name it is of whom the member is registered as."""
        self._registered, self._number = registered, ""
        hint = _("as registered: {name}").format(name=masked_name) if registered else ""
        self.shown.show(DocumentState(asked=True, kinds=kind_choices(), name_hint=hint))

    def close(self) -> None:
        """Ask for nothing, and forget what was typed."""
        self._registered = self._number = ""
        self.shown.show(DocumentState())

    def choose_kind(self, name: str) -> None:
        """Take another kind of document; a number of the old one is none of this."""
        self._number = ""
        self.shown.show(replace(self.shown.state, kind=name, number="", masked="", problem=""))
        self._changed()

    def type_name(self, text: str) -> None:
        """Follow the name as it stands in the document."""
        self.shown.show(replace(self.shown.state, name=text))
        self._changed()

    def finish_name(self) -> None:
        """Be done where the number was accepted before."""
        self._settle()

    def type_number(self, text: str) -> None:
        """Follow the number; a whole one of a resident is checked without being asked."""
        self._number = ""
        self.shown.show(
            replace(self.shown.state, number=text, masked="", problem="", settled=False)
        )
        resident = self.shown.state.kind == DocumentKind.RESIDENT_ID.value
        if resident and len(text.strip()) >= _WHOLE_RESIDENT_ID:
            self.finish_number()
        else:
            self._changed()

    def finish_number(self) -> None:
        """Check what was typed: from here on only its mask is to be seen."""
        state = self.shown.state
        if not state.number:
            return
        try:
            self._number = clean_number(DocumentKind(state.kind), state.number, self._today())
        except DocumentRefused as refused:
            self.shown.show(replace(state, problem=sentence(refused)))
        else:
            masked = mask_identity(self._number)
            self.shown.show(replace(state, number="", masked=masked, problem=""))
            self._settle()
        self._changed()

    def type_anew(self) -> None:
        """Forget the number, to type another."""
        self.type_number("")

    def missing(self) -> str:
        """Say what is still to be typed, where a document is asked for."""
        if not self.shown.state.asked:
            return ""
        if not self._number:
            return _("Type the identity document")
        return "" if self._name() else _("Type the name in the document")

    def given(self) -> Document | None:
        """Return what was shown, where it was asked for."""
        if not self.shown.state.asked or self.missing():
            return None
        return Document(DocumentKind(self.shown.state.kind), self._number, self._name())

    def _settle(self) -> None:
        settled = bool(self.shown.state.asked and not self.missing())
        self.shown.show(replace(self.shown.state, settled=settled))

    def _name(self) -> str:
        return self.shown.state.name.strip() or self._registered


def kind_choices() -> tuple[Choice, ...]:
    """Return the kinds of documents, by name."""
    names = {
        DocumentKind.RESIDENT_ID: _("Resident identity card"),
        DocumentKind.PASSPORT: _("Passport"),
        DocumentKind.HK_MACAO_PERMIT: _("Hong Kong or Macao permit"),
        DocumentKind.TAIWAN_PERMIT: _("Taiwan permit"),
    }
    return tuple(Choice(kind.value, name, "") for kind, name in names.items())
