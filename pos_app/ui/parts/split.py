"""A till that nobody works at yet: the house on the left, a form on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QWidget

from pos_app.language import _
from pos_app.ui.kit.labels import Icon, Role, label
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.widths import FixedWidth

_FORM_WIDTH = 440


class HousePanel(QFrame):
    """The dark panel that says where this is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "member")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._store = label("", Role.STAT, wrap=True)
        self._terminal = label("", Role.CARD_CAPTION)
        self._lines = [label("", Role.CARD_CAPTION, wrap=True) for _line in range(3)]
        gem = Icon(theme, "gem", "card_gold", 44)
        promises = [self._promise(theme, line) for line in self._lines]
        self.setLayout(
            column(
                gem,
                12,
                label(_("Member terminal"), Role.CARD_CAPTION),
                None,
                self._store,
                self._terminal,
                18,
                *promises,
                None,
                gap=6,
                margins=(44, 40, 44, 40),
            )
        )

    def show_place(self, store: str, terminal: str) -> None:
        self._store.setText(store)
        self._terminal.setText(terminal)

    def show_lines(self, lines: tuple[str, ...]) -> None:
        for place, made in enumerate(self._lines):
            made.setText(lines[place] if place < len(lines) else "")
            parent = made.parentWidget()
            if parent is not None and parent is not self:
                parent.setVisible(place < len(lines))

    def _promise(self, theme: Theme, line: QWidget) -> QWidget:
        layout = row(Icon(theme, "check", "card_gold", 18), line, gap=10)
        layout.setStretch(1, 1)
        return held(layout)


def split_page(theme: Theme, page: QWidget, house: QWidget, form: QLayout) -> None:
    """Lay a page out as house and form."""
    page.setProperty("kind", "page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    holder = held(form)
    FixedWidth(theme, holder, _FORM_WIDTH)
    right = column(None, holder, None)
    right.setAlignment(holder, Qt.AlignmentFlag.AlignHCenter)
    layout = row(house, held(right), gap=0, margins=(18, 18, 18, 18))
    layout.setStretch(0, 5)
    layout.setStretch(1, 6)
    page.setLayout(layout)
