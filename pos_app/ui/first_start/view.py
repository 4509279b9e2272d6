"""The first-start wizard."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from pos_app.language import _
from pos_app.ui.first_start.presenter import FirstStartPresenter
from pos_app.ui.first_start.state import Answers, FirstStartState, Step, Way
from pos_app.ui.first_start.terminal_page import TerminalPage
from pos_app.ui.kit.banner import InlineError, Note
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.editors import code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import IconTile, Role, label
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.progress import Steps
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.fact_list import FactList
from pos_app.ui.parts.split import HousePanel, split_page
from pos_app.ui.parts.state import Fact

_STEPS = tuple(Step)
_DOTS = {Step.TERMINAL: 0, Step.CONFIRM: 0, Step.MANAGER: 1, Step.READY: 2}
_PIN_DIGITS = 6


class FirstStartView(QWidget):
    """A few short pages and a greeting."""

    def __init__(self, theme: Theme, presenter: FirstStartPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._attempt = 0
        self._house = HousePanel(theme)
        self._house.show_lines(_promises())
        self._steps = Steps(theme, (_("This till"), _("First manager"), _("Ready")))
        self.first = TerminalPage(theme)
        self.name = QLineEdit()
        self.number = code_entry("1001", digits=True)
        self.pin, self.pin_again = _pin_entry(), _pin_entry()
        self._fields = self._make_fields(theme)
        self._error = InlineError(theme)
        self._ready = label("", Role.H1, wrap=True)
        self._hq_told = label("", Role.MUTED, wrap=True)
        self._till = FactList(gap=10)
        self.back = Button(theme, _("Back"), "arrow-left", Kind.GHOST)
        self.forward = CallToAction(theme)
        self._pages = QStackedWidget()
        self._pages.setMinimumHeight(theme.density.row * 9)
        rest = (self._confirm_page(), self._manager_page(), self._ready_page())
        for page in (self.first, *rest):
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
        self._steps.go_to(_DOTS[state.step])
        self._pages.setCurrentIndex(step)
        self.first.render_state(state)
        self._show_what_hq_told(state)
        self._house.show_place(state.store_name or _("A new till"), state.terminal_name)
        for name, field in self._fields.items():
            field.set_error(getattr(state.problems, name))
        self._error.tell(state.problem)
        self.back.setVisible(state.can_go_back and state.step is not Step.READY)
        self._ready.setText(_("Welcome, {who}").format(who=state.manager))
        self._show_forward(state)
        if state.attempt != self._attempt:
            self._attempt = state.attempt
            self._empty_pins(state.step)
        elif turned:
            self._house.setAccessibleName(_("Member terminal"))
            self.focus_first()

    def focus_first(self) -> None:
        """Put the focus where typing begins on this page."""
        if self._pages.currentWidget() is self.first:
            self.first.focus_first()
            return
        first: tuple[QWidget, ...] = (self.forward, self.number, self.forward)
        first[self._pages.currentIndex() - 1].setFocus()

    def _empty_pins(self, step: Step) -> None:
        """After a refusal: nobody types the same PIN again without looking."""
        self.pin.clear()
        self.pin_again.clear()
        if step is Step.MANAGER:
            self.pin.setFocus()
        else:
            self.focus_first()

    def _show_forward(self, state: FirstStartState) -> None:
        asks = state.step is Step.TERMINAL and state.way is Way.CHAIN
        if state.busy:
            self.forward.blocked(_("Asking HQ …") if asks else _("Creating the book …"))
            return
        texts = {
            Step.TERMINAL: _("Ask HQ") if asks else _("Next"),
            Step.CONFIRM: _("Yes, this is the till"),
            Step.MANAGER: _("Create the till"),
            Step.READY: _("Open the till"),
        }
        self.forward.ready(texts[state.step])

    def _connect(self) -> None:
        self.forward.clicked.connect(self._go)
        self.back.clicked.connect(self._presenter.back)
        self.first.ways.chosen.connect(self._presenter.choose)
        self.first.finished.connect(self._go)
        edits = (self.number, self.name, self.pin, self.pin_again)
        for edit, after in pairwise(edits):
            edit.returnPressed.connect(after.setFocus)
        edits[-1].returnPressed.connect(self._go)

    def _go(self) -> None:
        step = _STEPS[self._pages.currentIndex()]
        if step is Step.TERMINAL:
            self._presenter.go_on(self._answers())
        elif step is Step.CONFIRM:
            self._presenter.confirm()
        elif step is Step.MANAGER:
            self._presenter.create(self._answers())
        else:
            self._presenter.finish()

    def _answers(self) -> Answers:
        return Answers(
            self.first.store.text(),
            self.first.terminal.text(),
            self.number.text(),
            self.name.text(),
            self.pin.text(),
            self.pin_again.text(),
            self.first.address.text(),
            self.first.code.text(),
        )

    def _show_what_hq_told(self, state: FirstStartState) -> None:
        told = _("This is what the HQ at {address} has told.").format(address=state.address)
        self._hq_told.setText(told)
        store = f"{state.store} · {state.store_name}"
        self._till.show_facts(
            (Fact(_("Store"), store, "strong"), Fact(_("This till"), state.terminal_name, "strong"))
        )

    def _make_fields(self, theme: Theme) -> dict[str, Field]:
        help_pin = _("Six digits, not easily guessed. Nobody can look it up later.")
        return {
            "number": Field(theme, _("Staff number"), self.number),
            "name": Field(theme, _("Name"), self.name),
            "pin": Field(theme, _("PIN"), self.pin, help_text=help_pin),
            "pin_again": Field(theme, _("PIN once more"), self.pin_again),
        }

    def _confirm_page(self) -> QWidget:
        wrong = _("If not, go back and let HQ make a code for the right one.")
        return held(
            column(
                label(_("Is this the right till?"), Role.H1),
                self._hq_told,
                6,
                self._till,
                6,
                Note(self._theme, wrong, "info"),
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
