"""The strip in which a document is typed; it is there only where one is asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pos_app.language import _
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.editors import ChoiceBox, code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.theme import Theme
from pos_app.ui.top_up.document import DocumentPresenter, DocumentState, kind_choices


class DocumentStrip(QFrame):
    """Kind, name, number, side by side, until all of it is there."""

    def __init__(self, theme: Theme, presenter: DocumentPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.setProperty("kind", "card")
        self.kind = ChoiceBox(theme, *((one.name, one.text) for one in kind_choices()))
        self.name = QLineEdit()
        self.number = code_entry()
        self._numbered = Field(theme, _("Number"), self.number)
        fields = row(gap=12)
        shown = Field(theme, _("Identity document"), self.kind)
        named = Field(theme, _("Name in the document"), self.name)
        for stretch, field in enumerate((shown, named, self._numbered), 1):
            fields.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        why = _(
            "By law a document is shown before a member's card is topped up. It is asked for once"
            " and kept sealed."
        )
        explained = label(why, Role.MUTED, wrap=True)
        self.setLayout(column(explained, fields, gap=8, margins=(18, 12, 18, 12)))
        self._connect()
        presenter.shown.attach(self.render_state)

    def focus_first(self) -> None:
        """Lead to what is to be typed first: a registered name need not be."""
        (self.number if self.name.placeholderText() else self.name).setFocus()

    def render_state(self, state: DocumentState) -> None:
        self.setVisible(state.asked and not state.settled)
        self.kind.select(state.kind)
        self.number.setReadOnly(bool(state.masked))
        _lay(self.number, state.masked or state.number)
        _lay(self.name, state.name)
        self.name.setPlaceholderText(state.name_hint)
        self._numbered.set_error(state.problem)

    def _connect(self) -> None:
        presenter = self._presenter
        self.kind.activated.connect(lambda _index: presenter.choose_kind(self.kind.current))
        self.number.textEdited.connect(presenter.type_number)
        self.number.editingFinished.connect(presenter.finish_number)
        self.name.textEdited.connect(presenter.type_name)
        self.name.editingFinished.connect(presenter.finish_name)


class DocumentNote(QWidget):
    """What was typed, masked, and the way back to it."""

    def __init__(self, theme: Theme, presenter: DocumentPresenter) -> None:
        super().__init__()
        self._text = label("", Role.MUTED)
        self.anew = Button(theme, _("Type again"), kind=Kind.GHOST)
        self.anew.clicked.connect(presenter.type_anew)
        self.setLayout(row(self._text, None, self.anew))
        presenter.shown.attach(self.render_state)

    def render_state(self, state: DocumentState) -> None:
        self.setVisible(state.settled)
        self._text.setText(_("Identity document: {number}").format(number=state.masked))


def _lay(edit: QLineEdit, text: str) -> None:
    if edit.text() != text:
        edit.setText(text)
