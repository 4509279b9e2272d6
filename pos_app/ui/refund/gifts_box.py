"""Gifts that are no longer deserved: each comes back, is paid for, or is waived with a reason."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column
from pos_app.ui.kit.segmented import Segmented
from pos_app.ui.kit.theme import Theme
from pos_app.ui.refund.case import RefundCase
from pos_app.ui.refund.state import GiftLine, RefundState


class GiftsBox(QWidget):
    """A line for each gift, and the reasons as soon as one is waived."""

    def __init__(self, theme: Theme, case: RefundCase) -> None:
        super().__init__()
        self._theme = theme
        self._case = case
        self._keys: tuple[str, ...] = ()
        self._rows = QVBoxLayout()
        self.rows: list[GiftRow] = []
        self.waivers: Segmented | None = None
        self._why = label(_("Why is the gift waived?"), Role.MUTED)
        self._reasons = QVBoxLayout()
        self.setLayout(column(self._rows, self._why, self._reasons, gap=6))

    def render_state(self, state: RefundState) -> None:
        gifts = state.planned.gifts if state.planned is not None else ()
        self.setVisible(bool(gifts))
        if not gifts:
            return
        if tuple(gift.key for gift in gifts) != self._keys:
            self._lay_out(gifts)
        for line, gift in zip(self.rows, gifts, strict=True):
            line.ends.select(gift.end)
        self._show_waivers(state, waived=any(gift.end == "waived" for gift in gifts))

    def _lay_out(self, gifts: tuple[GiftLine, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._keys = tuple(gift.key for gift in gifts)
        self.rows = [GiftRow(self._theme, self._case, gift) for gift in gifts]
        for line in self.rows:
            self._rows.addWidget(line)

    def _show_waivers(self, state: RefundState, *, waived: bool) -> None:
        if self.waivers is None:
            options = [Option(one.name, one.text) for one in state.waivers]
            self.waivers = Segmented(self._theme, options)
            self.waivers.chosen.connect(self._case.choose_waiver)
            self._reasons.addWidget(self.waivers)
        self.waivers.select(state.waiver)
        self.waivers.setVisible(waived)
        self._why.setVisible(waived)


class GiftRow(QWidget):
    """One gift and the three ways it can go."""

    def __init__(self, theme: Theme, case: RefundCase, gift: GiftLine) -> None:
        super().__init__()
        self._case = case
        self._key = gift.key
        self.ends = Segmented(
            theme,
            (
                Option("back", _("Comes back")),
                Option("kept", gift.deduct),
                Option("waived", _("Waive")),
            ),
        )
        self.ends.chosen.connect(self._settle)
        self.setLayout(column(label(gift.title, Role.WARN, wrap=True), self.ends, gap=4))

    def _settle(self, end: str) -> None:
        self._case.settle_gift(self._key, end)
