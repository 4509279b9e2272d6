"""The slot under the amount: deductions, cash, two tenders or a notice, always of one size."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.checkout.askable import Askable
from pos_app.ui.checkout.money_edit import MoneyEdit
from pos_app.ui.checkout.state import CashDesk, CheckoutState, Deduction, Detail, Notice, Split
from pos_app.ui.kit.announce import announce
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.labels import TONE_ICONS, Icon, Role, Tone, label, repolish
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.section_card import FigureRow
from pos_app.ui.kit.theme import Theme

NOTES = 3
LINES = 4
PATIENCE_MS = 3_000
_AIRY = 6


class Deductions(QWidget):
    """What is taken off, line by line; each says how it was made when it is asked."""

    why_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows = [FigureRow("") for _line in range(LINES)]
        self.asked = [Askable(figure) for figure in self._rows]
        self._column = column(*self.asked, None, gap=0)
        for line in self.asked:
            line.why_wanted.connect(self.why_wanted)
        self.setLayout(self._column)

    def show_lines(self, lines: tuple[Deduction, ...], *, tags: bool) -> None:
        self._column.setSpacing(_AIRY if len(lines) < LINES else 0)
        for place, shown in enumerate(self._rows):
            self.asked[place].setVisible(place < len(lines))
            if place < len(lines):
                self.asked[place].ask_for((lines[place].why,), lines[place].name)
                name, tag = lines[place].name, lines[place].tag
                shown.set_caption(name if tags or not tag else f"{name} · {tag}")
                shown.show_figure(lines[place].amount, tag if tags else "", Role.MINUS)


class CashPane(QWidget):
    """Received, likely notes, change."""

    noted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.received = MoneyEdit(_("Cash received"))
        self.received.setFixedWidth(112)
        self._notes = [_NoteButton(theme, place) for place in range(NOTES)]
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for note in self._notes:
            note.chosen.connect(self.noted)
            buttons.addWidget(note, 1)
        caption = label(_("Received"), Role.MUTED)
        top = row(caption, self.received, buttons, gap=8)
        top.setStretch(2, 1)
        self._caption = label(_("Change"), Role.BOLD)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._change = label("", Role.DUE, align=right)
        below = row(self._caption, None, self._change)
        self.setLayout(column(top, below, None, gap=0))

    def show_cash(self, cash: CashDesk) -> None:
        self.received.show_amount(cash.received)
        self.received.setPlaceholderText(cash.to_pay)
        for place, note in enumerate(self._notes):
            note.setVisible(place < len(cash.notes))
            if place < len(cash.notes):
                note.label = cash.notes[place]
        if cash.change and cash.change != self._change.text():
            announce(self, f"{self._caption.text()} {cash.change}")
        self._change.setText(cash.change)
        self._caption.setText(_("Change") if cash.change else _("Empty means exact"))


class _NoteButton(Button):
    chosen = Signal(int)

    def __init__(self, theme: Theme, place: int) -> None:
        super().__init__(theme, "")
        self._place = place
        self.setProperty("kind", "note")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self._tell)

    def _tell(self) -> None:
        self.chosen.emit(self._place)


class SplitPane(QWidget):
    """Two tenders: the sum of the first is typed."""

    ended = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.first = MoneyEdit(_("Sum of the first tender"))
        self.first.setFixedWidth(150)
        self._first_name = label("", Role.BOLD)
        self._rest_name = label("", Role.BOLD)
        self._rest = label("", Role.MONEY)
        end = Button(theme, _("One tender"), "x")
        end.clicked.connect(self.ended)
        top = row(self._first_name, None, self.first)
        below = row(self._rest_name, self._rest, None, end)
        self.setLayout(column(top, below, None, gap=0))

    def show_split(self, split: Split) -> None:
        self._first_name.setText(split.first)
        self.first.show_amount(split.typed)
        self.first.setPlaceholderText(split.hint)
        self._rest_name.setText(split.rest)
        self._rest.setText(split.rest_amount)


class NoticePane(QWidget):
    """What happened and what to do, with at most two ways out."""

    acted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._icon = Icon(theme, "info", "info")
        self._text = label("", Role.BOLD, wrap=True)
        top = row(self._icon, self._text, gap=10)
        top.setStretch(1, 1)
        self._buttons = [Button(theme, ""), Button(theme, "")]
        self._names = ["", ""]
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._shown = Notice()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._tell_slow)
        self._buttons[0].clicked.connect(self._first)
        self._buttons[1].clicked.connect(self._second)
        ways = row(*self._buttons, gap=8)
        layout: QVBoxLayout = column(None, top, ways, None, gap=6)
        self.setLayout(layout)

    def show_notice(self, notice: Notice) -> None:
        if notice == self._shown:
            return
        self._shown = notice
        tone = Tone(notice.tone)
        self._icon.show_icon(TONE_ICONS[tone], tone.value)
        roles = {"danger": Role.DANGER, "warn": Role.WARN}
        self._text.setProperty("role", roles.get(notice.tone, Role.BOLD).value)
        repolish(self._text)
        if notice.text != self._text.text():
            announce(self, notice.text, urgent=tone is Tone.DANGER)
        self._text.setText(notice.text)
        self._patience.stop()
        if notice.slow:
            self._patience.start()
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(notice.actions))
            if place < len(notice.actions):
                button.label = notice.actions[place].text
                self._names[place] = notice.actions[place].name

    @property
    def said(self) -> str:
        return self._text.text()

    @property
    def waiting(self) -> bool:
        """Say whether the text is still to be replaced by the one for the impatient."""
        return self._patience.isActive()

    def be_left(self) -> None:
        """Wait no longer: something else is shown now."""
        self._shown = Notice()
        self._patience.stop()

    def _tell_slow(self) -> None:
        self._text.setText(self._shown.slow)
        announce(self, self._shown.slow)

    def _first(self) -> None:
        self.acted.emit(self._names[0])

    def _second(self) -> None:
        self.acted.emit(self._names[1])


class DetailSlot(QStackedWidget):
    """One of four panes; the panel around it never moves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._short = False
        self.deductions = Deductions()
        self.cash = CashPane(theme)
        self.split = SplitPane(theme)
        self.notice = NoticePane(theme)
        self._panes = {
            Detail.DEDUCTIONS: self.deductions,
            Detail.CASH: self.cash,
            Detail.SPLIT: self.split,
            Detail.NOTICE: self.notice,
        }
        for pane in self._panes.values():
            self.addWidget(pane)
        self._follow_theme()
        theme.changed.connect(self._follow_theme)

    def render_state(self, state: CheckoutState) -> None:
        self.deductions.show_lines(state.deductions, tags=not self._short)
        if state.cash is not None:
            self.cash.show_cash(state.cash)
        if state.split is not None:
            self.split.show_split(state.split)
        if state.notice is not None:
            self.notice.show_notice(state.notice)
        else:
            self.notice.be_left()
        self.setCurrentWidget(self._panes[state.detail])

    def be_short(self, *, short: bool) -> None:
        """Take less room in a low window; lines then go without their tags."""
        self._short = short
        self._follow_theme()

    def _follow_theme(self) -> None:
        spare = -8 if self._short else 6
        self.setFixedHeight(self._theme.density.button * 2 + spare)
