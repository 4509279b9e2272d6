"""The first-start wizard."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from pos_app.language import _
from pos_app.ui.first_start.presenter import FirstStartPresenter
from pos_app.ui.first_start.state import Answers, FirstStartState, Step
from pos_app.ui.kit.banner import InlineError, Note
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.editors import code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import IconTile, Role, label
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.progress import Steps
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.split import HousePanel, split_page

_STEPS = tuple(Step)
_PIN_DIGITS = 6


class FirstStartView(QWidget):
    """Two short pages and a greeting."""

    def __init__(self, theme: Theme, presenter: FirstStartPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._attempt = 0
        self._house = HousePanel(theme)
        self._house.show_lines(_promises())
        self._steps = Steps(theme, (_("This till"), _("First manager"), _("Ready")))
        self.store, self.terminal, self.name = QLineEdit(), QLineEdit(), QLineEdit()
        self.number = code_entry("1001", digits=True)
        self.pin, self.pin_again = _pin_entry(), _pin_entry()
        self._fields = self._make_fields(theme)
        self._error = InlineError(theme)
        self._ready = label("", Role.H1, wrap=True)
        self.back = Button(theme, _("Back"), "arrow-left", Kind.GHOST)
        self.forward = CallToAction(theme)
        self._pages = QStackedWidget()
        self._pages.setMinimumHeight(theme.density.row * 9)
        for page in (self._terminal_page(), self._manager_page(), self._ready_page()):
            self._pages.addWidget(page)
        self._connect()
        foot = row(self.back, self.forward, gap=10)
        foot.setStretch(1, 1)
        split_page(
            theme,
            self,
            self._house,
            column(self._steps, 10, self._pages, self._error, foot, gap=12),
        )
        presenter.shown.attach(self.render_state)

    def render_state(self, state: FirstStartState) -> None:
        step = _STEPS.index(state.step)
        turned = self._pages.currentIndex() != step or not self._house.accessibleName()
        self._steps.go_to(step)
        self._pages.setCurrentIndex(step)
        self._house.show_place(state.store_name or _("A new till"), state.terminal_name)
        for name, field in self._fields.items():
            field.set_error(getattr(state.problems, name))
        self._error.tell(state.problem)
        self.back.setVisible(state.step is Step.MANAGER)
        self._ready.setText(_("Welcome, {who}").format(who=state.manager))
        self._show_forward(state)
        if state.attempt != self._attempt:
            self._attempt = state.attempt
            self.pin.clear()
            self.pin_again.clear()
            self.pin.setFocus()
        elif turned:
            self._house.setAccessibleName(_("Member terminal"))
            self.focus_first()

    def focus_first(self) -> None:
        """Put the focus where typing begins on this page."""
        first: tuple[QWidget, ...] = (self.store, self.number, self.forward)
        first[self._pages.currentIndex()].setFocus()

    def _show_forward(self, state: FirstStartState) -> None:
        if state.busy:
            self.forward.blocked(_("Creating the book …"))
            return
        texts = {
            Step.TERMINAL: _("Next"),
            Step.MANAGER: _("Create the till"),
            Step.READY: _("Open the till"),
        }
        self.forward.ready(texts[state.step])

    def _connect(self) -> None:
        self.forward.clicked.connect(self._go)
        self.back.clicked.connect(self._presenter.back)
        chain = (self.store, self.terminal), (self.number, self.name, self.pin, self.pin_again)
        for edits in chain:
            for edit, after in pairwise(edits):
                edit.returnPressed.connect(after.setFocus)
            edits[-1].returnPressed.connect(self._go)

    def _go(self) -> None:
        act = (self._presenter.name_terminal, self._presenter.create, self._finish)
        act[self._pages.currentIndex()](self._answers())

    def _finish(self, _answers: Answers) -> None:
        self._presenter.finish()

    def _answers(self) -> Answers:
        return Answers(
            self.store.text(),
            self.terminal.text(),
            self.number.text(),
            self.name.text(),
            self.pin.text(),
            self.pin_again.text(),
        )

    def _make_fields(self, theme: Theme) -> dict[str, Field]:
        self.store.setPlaceholderText(_("Xujiahui store"))
        self.terminal.setPlaceholderText(_("Till 3"))
        help_pin = _("Six digits, not easily guessed. Nobody can look it up later.")
        return {
            "store_name": Field(theme, _("Store name"), self.store),
            "terminal_name": Field(theme, _("Name of this till"), self.terminal),
            "number": Field(theme, _("Staff number"), self.number),
            "name": Field(theme, _("Name"), self.name),
            "pin": Field(theme, _("PIN"), self.pin, help_text=help_pin),
            "pin_again": Field(theme, _("PIN once more"), self.pin_again),
        }

    def _terminal_page(self) -> QWidget:
        intro = _("These names stand on every slip and in every report.")
        return held(
            column(
                label(_("What is this till called?"), Role.H1),
                label(intro, Role.MUTED, wrap=True),
                6,
                self._fields["store_name"],
                self._fields["terminal_name"],
                None,
                gap=10,
            )
        )

    def _manager_page(self) -> QWidget:
        intro = _("Managers appoint cashiers and approve what cashiers may not do alone.")
        who = row(self._fields["number"], self._fields["name"], gap=12)
        who.setStretch(0, 2)
        who.setStretch(1, 3)
        return held(
            column(
                label(_("Who is the first manager?"), Role.H1),
                label(intro, Role.MUTED, wrap=True),
                6,
                who,
                self._fields["pin"],
                self._fields["pin_again"],
                None,
                gap=10,
            )
        )

    def _ready_page(self) -> QWidget:
        book = _("The book is open: encrypted, signed by this till, and only ever added to.")
        keys = _("Its keys lie in the key store of this computer. Back up both, apart.")
        return held(
            column(
                IconTile(self._theme, "circle-check", "ok", 64),
                6,
                self._ready,
                label(book, Role.MUTED, wrap=True),
                Note(self._theme, keys, "key-round"),
                None,
                gap=10,
            )
        )


def _pin_entry() -> QLineEdit:
    edit = code_entry(digits=True)
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setMaxLength(_PIN_DIGITS)
    return edit


def _promises() -> tuple[str, ...]:
    return (
        _("No default password: you choose the first one."),
        _("Everything works without a network."),
        _("Set up in one minute."),
    )
