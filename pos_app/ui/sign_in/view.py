"""The sign-in screen and its locked variant."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget

from pos_app.language import _
from pos_app.ui.kit.banner import InlineError
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.editors import code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.keypad import PinPad
from pos_app.ui.kit.labels import IconTile, Role, label
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.otp_edit import OtpEdit
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.split import HousePanel, split_page
from pos_app.ui.sign_in.presenter import SignInPresenter
from pos_app.ui.sign_in.state import SignInState


class SignInView(QWidget):
    """Staff number, PIN, and keys for fingers; the sixth figure of the PIN submits."""

    def __init__(self, theme: Theme, presenter: SignInPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._attempt = -1
        self._house = HousePanel(theme)
        self._heading = label("", Role.H1, wrap=True)
        self._note = label("", Role.MUTED, wrap=True)
        self._tile = IconTile(theme, "log-in")
        self._lock_tile = IconTile(theme, "lock", "warn")
        self.number = code_entry("1001", digits=True)
        self.pin = OtpEdit(theme, secret=True)
        self._error = InlineError(theme, keeps_its_place=True)
        self.submit = CallToAction(theme)
        self._pad = PinPad(theme)
        self._connect()
        split_page(theme, self, self._house, self._form(theme))
        presenter.shown.attach(self.render_state)

    def render_state(self, state: SignInState) -> None:
        self._house.show_place(state.store, state.terminal)
        self._house.show_lines(state.notices or _promises())
        self._heading.setText(state.heading)
        self._note.setText(state.note)
        self._tile.setVisible(not state.locked)
        self._lock_tile.setVisible(state.locked)
        self._error.tell(state.problem)
        for part in (self.number, self.pin, self._pad):
            part.setEnabled(not state.busy)
        if state.busy:
            self.submit.blocked(_("Checking …"))
        else:
            self.submit.ready(_("Unlock") if state.locked else _("Sign in"))
        if state.attempt != self._attempt:
            self._attempt = state.attempt
            self._begin_again(state)

    def focus_first(self) -> None:
        """Put the focus where typing begins."""
        (self.pin if self.number.text() else self.number).setFocus()

    def _begin_again(self, state: SignInState) -> None:
        self.number.setText(state.number)
        if state.problem:
            self.pin.refuse()
        else:
            self.pin.reset()
        self.focus_first()

    def _connect(self) -> None:
        self.number.returnPressed.connect(self.pin.setFocus)
        self.pin.completed.connect(self._submit)
        self.pin.returnPressed.connect(self._submit)
        self.submit.clicked.connect(self._submit)
        self._pad.digit.connect(self._tapped)
        self._pad.erased.connect(self._erase)
        self._pad.cleared.connect(self._clear)

    def _submit(self) -> None:
        self._presenter.submit(self.number.text(), self.pin.text())

    def _tapped(self, digit: str) -> None:
        if self.number.hasFocus():
            self.number.insert(digit)
        else:
            self.pin.put(digit)

    def _erase(self) -> None:
        (self.number if self.number.hasFocus() else self.pin).backspace()

    def _clear(self) -> None:
        if self.number.hasFocus():
            self.number.clear()
        else:
            self.pin.reset()

    def _form(self, theme: Theme) -> QLayout:
        words = column(None, self._heading, self._note, None, gap=2)
        head = row(self._tile, self._lock_tile, words, gap=14)
        head.setStretch(2, 1)
        return column(
            head,
            6,
            Field(theme, _("Staff number"), self.number),
            column(label(_("PIN"), Role.MUTED), self.pin, gap=4),
            self._error,
            self._pad,
            self.submit,
            gap=10,
        )


def _promises() -> tuple[str, ...]:
    return (
        _("Works with the network unplugged."),
        _("Every fen is in the book, signed and chained."),
        _("No password is built in: the first manager chose theirs here."),
    )
