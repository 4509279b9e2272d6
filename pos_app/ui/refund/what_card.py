"""How much comes back, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.kit.amount_box import AmountBox
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.choices import Choices, Option
from pos_app.ui.kit.editors import TickBox
from pos_app.ui.kit.labels import Pill, Role, Tone, label
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.segmented import Segmented
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.centred import scrolled
from pos_app.ui.refund.case import RefundCase
from pos_app.ui.refund.state import Mode, RefundState, UnitLine


class WhatCard(QFrame):
    """All, some articles, or a sum; a void where one is possible; the reason."""

    def __init__(self, theme: Theme, case: RefundCase) -> None:
        super().__init__()
        self._theme = theme
        self._case = case
        self._lines: tuple[UnitLine, ...] | None = None
        self.setProperty("kind", "card")
        self._paid = label("", Role.MUTED, wrap=True)
        self._partly = Pill("", Tone.WARN)
        self.modes = Segmented(theme, _modes())
        self.modes.chosen.connect(case.choose_mode)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._units = scrolled(held(column(self._list, None, gap=0)))
        self.amount = AmountBox(theme, _("Sum"), "Enter")
        self.amount.edited.connect(case.type_sum)
        self.void = TickBox(theme, _("Void instead of refund"))
        self.void.clicked.connect(case.toggle_void)
        self._void_note = label("", Role.FAINT, wrap=True)
        self.reasons = Choices(self)
        self.reasons.chosen.connect(case.choose_reason)
        self._reason_grid = QGridLayout()
        self._reason_grid.setSpacing(2)
        self._reason_grid.setContentsMargins(4, 4, 4, 4)
        self._lay_out()

    def _lay_out(self) -> None:
        reasons = QFrame()
        reasons.setProperty("kind", "segments")
        reasons.setLayout(self._reason_grid)
        head = row(label(_("What comes back?"), Role.H2), None, self._partly)
        layout = column(
            head,
            self._paid,
            self.modes,
            self._units,
            self.amount,
            None,
            self.void,
            self._void_note,
            label(_("Why?"), Role.H2),
            reasons,
            gap=8,
            margins=(18, 14, 18, 16),
        )
        layout.setStretch(3, 100)
        self.setLayout(layout)

    def render_state(self, state: RefundState) -> None:
        self._show_slip(state)
        for mode in state.modes:
            self.modes.set_enabled(mode.name, enabled=not mode.reason, reason=mode.reason)
        self.modes.select(state.mode)
        self._show_units(state)
        self.amount.setVisible(state.mode == Mode.SUM.value)
        self.amount.show_amount(state.entry)
        self.void.setVisible(state.can_void)
        self.void.setChecked(state.void)
        self._void_note.setText(state.void_note)
        self._show_reasons(state)
        self.setEnabled(not state.busy)

    def _show_slip(self, state: RefundState) -> None:
        if state.slip is None:
            return
        words = _("Paid {paid}, of which {rest} can still come back.")
        self._paid.setText(words.format(paid=state.slip.paid, rest=state.slip.rest))
        self._partly.say(_("Partly returned") if state.slip.partly else "")

    def _show_units(self, state: RefundState) -> None:
        self._units.setVisible(bool(state.units))
        if state.units == self._lines:
            return
        same = self._lines is not None and len(self._lines) == len(state.units)
        self._lines = state.units
        if not same:
            self._lay_units(state.units)
        for place, unit in enumerate(state.units):
            item = self._list.itemAt(place)
            line = item.widget() if item is not None else None
            if isinstance(line, UnitRow):
                line.show_unit(unit)

    def _lay_units(self, units: tuple[UnitLine, ...]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for unit in units:
            self._list.addWidget(UnitRow(self._theme, self._case, unit))

    def _show_reasons(self, state: RefundState) -> None:
        if not self.reasons.all_buttons():
            for place, reason in enumerate(state.reasons):
                button = Button(self._theme, reason.text)
                button.setProperty("kind", "segment")
                self.reasons.add(reason.name, button)
                self._reason_grid.addWidget(button, place // 3, place % 3)
        if self.reasons.current != state.reason:
            self.reasons.select(state.reason)


class UnitRow(QWidget):
    """One unit with its tick and what was paid for it."""

    def __init__(self, theme: Theme, case: RefundCase, unit: UnitLine) -> None:
        super().__init__()
        self._case = case
        self._index = unit.index
        self.tick = TickBox(theme, unit.title)
        self.tick.clicked.connect(self._toggle)
        self._badge = Pill("", Tone.MUTE)
        self._amount = label(unit.amount, Role.MONEY)
        self.setLayout(row(self.tick, None, self._badge, self._amount, gap=8))

    def show_unit(self, unit: UnitLine) -> None:
        self._index = unit.index
        self.tick.setText(unit.title)
        self.tick.setChecked(unit.chosen)
        self.tick.setEnabled(not unit.returned)
        self._badge.say(_("Returned") if unit.returned else "")
        self._amount.setText(unit.amount)

    def _toggle(self) -> None:
        self._case.toggle_unit(self._index)


def _modes() -> tuple[Option, ...]:
    return (
        Option(Mode.WHOLE.value, _("Everything left")),
        Option(Mode.UNITS.value, _("Some articles")),
        Option(Mode.SUM.value, _("A sum")),
    )
