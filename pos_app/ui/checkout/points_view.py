"""The sheet in which points become money."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos_app.language import _
from pos_app.ui.checkout.gift_list import GiftList
from pos_app.ui.checkout.points_presenter import PointsPresenter
from pos_app.ui.checkout.points_state import PointsState
from pos_app.ui.kit.banner import Note
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.editors import code_entry
from pos_app.ui.kit.keypad import PinPad
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.section_card import SoftBox
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme

_NARROW, _WIDE = 460, 860


class PointsSheet(Sheet):
    """Stepper and keypad; Enter uses what is shown."""

    def __init__(self, theme: Theme, host: QWidget, presenter: PointsPresenter) -> None:
        super().__init__(theme, host, _("Use points"), icon="gift", width=_NARROW)
        self._presenter = presenter
        self.wanted = code_entry("0", digits=True)
        self.wanted.setAccessibleName(_("Points to use"))
        self.wanted.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lower = Button(theme, "−")
        self._raise = Button(theme, "+")
        self._lower.setAccessibleName(_("Fewer points"))
        self._raise.setAccessibleName(_("More points"))
        self._most = Button(theme, "", "check-check")
        self._worth = label("", Role.DUE, align=Qt.AlignmentFlag.AlignRight)
        self._rule = Note(theme, "", "info")
        self._problem = label("", Role.DANGER, wrap=True)
        self.call = CallToAction(theme, large=False)
        self.gifts = GiftList(theme)
        self._fill(theme)
        self._connect()
        presenter.shown.attach(self.render_state)

    def render_state(self, state: PointsState) -> None:
        if not state.open:
            self.dismiss()
            return
        self.set_subtitle(_("Balance {points} points").format(points=state.balance))
        if self.wanted.text() != state.wanted:
            self.wanted.setText(state.wanted)
        self._worth.setText(state.worth)
        self._most.label = state.most
        self._rule.tell(state.rule)
        self.gifts.show_gifts(state.gifts)
        self.card.setFixedWidth(_WIDE if state.gifts else _NARROW)
        self._problem.setText(state.problem)
        self._problem.setVisible(bool(state.problem))
        self._lower.setEnabled(state.can_lower)
        self._raise.setEnabled(state.can_raise)
        if state.ready:
            self.call.ready(state.call)
        else:
            self.call.blocked(state.problem)
        if not self.isVisible():
            self.open(self.wanted)
            self.wanted.selectAll()

    def _tapped(self, key: str) -> None:
        self.wanted.insert(key)
        self._presenter.typed(self.wanted.text())

    def _erase(self) -> None:
        self.wanted.backspace()
        self._presenter.typed(self.wanted.text())

    def _fill(self, theme: Theme) -> None:
        well = SoftBox()
        words = label(_("Worth"), Role.MUTED)
        well.setLayout(row(words, None, self._worth, margins=(18, 8, 18, 8)))
        stepper = row(self._lower, self.wanted, self._raise, gap=8)
        stepper.setStretch(1, 1)
        pad = PinPad(theme)
        pad.digit.connect(self._tapped)
        pad.erased.connect(self._erase)
        pad.cleared.connect(self._presenter.use_none)
        lines = column(self._rule, self._problem, gap=4)
        entry = QWidget()
        entry.setLayout(column(stepper, self._most, well, pad, lines, self.call, gap=12))
        self.body.addLayout(row(entry, self.gifts, gap=24))

    def _connect(self) -> None:
        to = self._presenter
        self.wanted.textEdited.connect(to.typed)
        self.wanted.returnPressed.connect(to.confirm)
        self._lower.clicked.connect(to.lower)
        self._raise.clicked.connect(to.raise_)
        self._most.clicked.connect(to.use_most)
        self.call.clicked.connect(to.confirm)
        self.gifts.chosen.connect(to.add_gift)
        self.closed.connect(to.close)
