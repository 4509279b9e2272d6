"""The registration sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos_app.language import _
from pos_app.ui.kit.banner import InlineError, Note
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.editors import TickBox, code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import Pill, Role, Tone, label
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.section_card import SoftBox
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.centred import scrolled
from pos_app.ui.register.presenter import RegisterPresenter
from pos_app.ui.register.state import Form, PhoneCheck, RegisterState
from pos_app.ui.register.who_fields import WhoFields

_WIDTH = 640
_TERMS_HEIGHT = 292


class RegisterSheet(Sheet):
    """One page: the number, then what the member likes to tell, then two separate consents."""

    def __init__(self, theme: Theme, host: QWidget, presenter: RegisterPresenter) -> None:
        super().__init__(theme, host, _("New member"), icon="user-plus", width=_WIDTH)
        self._presenter = presenter
        self._round = 0
        self.phone = code_entry("138 0000 0000", digits=True)
        self.phone.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.phone_field = Field(theme, _("Phone number"), self.phone)
        self._found = Pill("", Tone.OK)
        self.duplicate = Button(theme, "", "arrow-right")
        self.who = WhoFields(theme, presenter)
        self.terms = TickBox(theme, _("Agrees to the terms and the privacy notice"))
        self.marketing = TickBox(theme, _("Agrees to receive offers by message"))
        self.read = Button(theme, "", "file-text", Kind.GHOST)
        self._text = label("", Role.MUTED, wrap=True)
        self._text_area = scrolled(self._text)
        self._gift = Note(theme, "", "gift")
        self._error = InlineError(theme)
        self.cancel = Button(theme, _("Cancel"), hint="Esc")
        self.submit = CallToAction(theme, large=False)
        self._lay_out(theme)
        self._connect()
        presenter.shown.attach(self.render_state)

    def open_for(self, phone: str = "") -> None:
        """Open with an empty form, or with a number that was not found."""
        self._presenter.open(phone)
        self.open(self.who.name if phone else self.phone)

    def render_state(self, state: RegisterState) -> None:
        if not state.open:
            self.dismiss()
            return
        if state.round != self._round:
            self._round = state.round
            self._empty(state)
        self._show_phone(state)
        self.who.render_state(state)
        self.who.setVisible(not state.terms_open)
        self._text.setText(state.terms_text)
        self._text_area.setVisible(state.terms_open)
        read = _("Hide the text") if state.terms_open else _("Read version {version}")
        self.read.label = read.format(version=state.terms_version)
        self._error.tell(state.problem or state.closed)
        self._gift.tell(state.gift)
        if state.blocked:
            self.submit.blocked(state.blocked)
        else:
            self.submit.ready(state.cta)

    def _show_phone(self, state: RegisterState) -> None:
        wrong = state.phone_check is PhoneCheck.TYPING
        taken = state.phone_check is PhoneCheck.TAKEN
        self.phone_field.set_error(state.phone_note if wrong or taken else "")
        good = state.phone_check in (PhoneCheck.FREE, PhoneCheck.CHECKING)
        tone = Tone.OK if state.phone_check is PhoneCheck.FREE else Tone.MUTE
        self._found.say(state.phone_note if good else "", tone)
        self.duplicate.label = state.duplicate
        self.duplicate.setVisible(taken)

    def _empty(self, state: RegisterState) -> None:
        self.phone.setText(state.phone)
        self.who.empty()
        for tick in (self.terms, self.marketing):
            tick.setChecked(False)

    def _connect(self) -> None:
        presenter = self._presenter
        self.phone.textEdited.connect(self._changed)
        self.phone.returnPressed.connect(self.who.name.setFocus)
        self.who.changed.connect(self._changed)
        self.terms.toggled.connect(self._changed)
        self.marketing.toggled.connect(self._changed)
        self.duplicate.clicked.connect(presenter.open_duplicate)
        self.read.clicked.connect(presenter.toggle_terms)
        self.cancel.clicked.connect(self.dismiss)
        self.submit.clicked.connect(presenter.save)
        self.closed.connect(presenter.close)
        self.set_default(self.submit)

    def _changed(self) -> None:
        who = self.who.answers()
        self._presenter.change(
            Form(
                phone=self.phone.text(),
                terms=self.terms.isChecked(),
                marketing=self.marketing.isChecked(),
                **who,
            )
        )

    def _lay_out(self, theme: Theme) -> None:
        self.body.setSpacing(10)
        found = held(row(self._found, self.duplicate))
        found.setMinimumHeight(theme.density.button)
        beside = column(label("", Role.MUTED), found, None)
        phone = row(self.phone_field, beside, gap=12)
        phone.setStretch(0, 1)
        phone.setAlignment(self.phone_field, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(phone)
        self.body.addWidget(self.who)
        consents = SoftBox()
        consents.setLayout(
            column(
                row(self.terms, None, self.read, gap=6),
                self._text_area,
                self.marketing,
                gap=0,
                margins=(14, 6, 10, 6),
            )
        )
        self._text_area.setFixedHeight(_TERMS_HEIGHT)
        self.body.addWidget(consents)
        law = _("Nothing is ticked in advance. The second one can be withdrawn at any time.")
        self.body.addWidget(Note(theme, law, "info"))
        self.body.addWidget(self._gift)
        self.body.addWidget(self._error)
        buttons = row(self.cancel, self.submit, gap=12)
        buttons.setStretch(0, 2)
        buttons.setStretch(1, 3)
        self.body.addLayout(buttons)
