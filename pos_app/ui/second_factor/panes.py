"""What the sheet asks for: the member's PIN, or a manager's number and PIN."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos_app.language import _
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.editors import code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.keypad import PinPad
from pos_app.ui.kit.labels import Icon, Role, label
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.otp_edit import OtpEdit
from pos_app.ui.kit.theme import Theme


class PinPane(QWidget):
    """Six boxes and keys for fingers; the last figure submits."""

    completed = Signal(str)
    typed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.boxes = OtpEdit(theme, secret=True)
        self.boxes.completed.connect(self.completed)
        self.boxes.textEdited.connect(self._typed)
        pad = PinPad(theme)
        pad.digit.connect(self._tapped)
        pad.erased.connect(self.boxes.backspace)
        pad.cleared.connect(self.boxes.reset)
        self.setLayout(column(self.boxes, pad, gap=14))

    def begin(self, *, wrong: bool) -> None:
        """Empty the boxes, in red after a wrong PIN, and take the focus."""
        if wrong:
            self.boxes.refuse()
        else:
            self.boxes.reset()
        self.boxes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tapped(self, key: str) -> None:
        self.typed.emit()
        self.boxes.put(key)

    def _typed(self) -> None:
        # The last figure may have been answered already, and the boxes emptied.
        if self.boxes.text():
            self.typed.emit()


class ApprovalPane(QWidget):
    """Why a manager is needed, and what the manager types."""

    submitted = Signal(str, str)
    typed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.reason = label("", Role.BOLD, wrap=True)
        self.number = code_entry("", digits=True)
        self.number.returnPressed.connect(self._to_pin)
        self.number.textEdited.connect(self._typed)
        self.pin = OtpEdit(theme, secret=True)
        self.pin.completed.connect(self._submit)
        self.pin.textEdited.connect(self._typed)
        why = row(Icon(theme, "shield-alert", "warn", 22), self.reason, gap=10)
        why.setStretch(1, 1)
        field = Field(theme, _("Manager's number, or scan the badge"), self.number)
        caption = label(_("Manager's PIN"), Role.MUTED)
        self.setLayout(column(why, field, caption, self.pin, None, gap=10))

    def begin(self, number: str, *, wrong: bool) -> None:
        """Ask for what is still missing."""
        self.number.setText(number)
        if wrong:
            self.pin.refuse()
        else:
            self.pin.reset()
        target = self.pin if number else self.number
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_number(self, number: str) -> None:
        """Show the number of a scanned badge and go on to the PIN."""
        if number and number != self.number.text():
            self.number.setText(number)
            self._to_pin()

    def _to_pin(self) -> None:
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self, pin: str) -> None:
        self.submitted.emit(self.number.text(), pin)

    def _typed(self) -> None:
        if self.pin.text():
            self.typed.emit()


class BarredPane(QWidget):
    """No PIN can be taken now: other tenders can."""

    other_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._text = label("", Role.BOLD, wrap=True)
        self.other = Button(theme, _("Use another tender"), "credit-card")
        self.other.clicked.connect(self.other_wanted)
        top = row(Icon(theme, "lock", "warn", 28), self._text, gap=14)
        top.setStretch(1, 1)
        self.setLayout(column(6, top, 10, self.other, None, gap=6))

    def tell(self, text: str) -> None:
        self._text.setText(text)

    def begin(self) -> None:
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)
