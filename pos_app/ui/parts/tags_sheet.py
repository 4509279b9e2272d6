"""Sheets that say why: of tags, stage and band, or of the figures of a price."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from pos_app.language import _
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.fact_list import FactList
from pos_app.ui.parts.state import Explained

_WIDTH = 640
_TALLEST = 520
_ROOM = 60  # what the sheet's own margins take from its width


class ExplainedSheet(Sheet):
    """One card for each thing that was found out."""

    def __init__(self, theme: Theme, host: QWidget, title: str) -> None:
        super().__init__(theme, host, title, icon="info", width=_WIDTH)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.viewport().setAutoFillBackground(False)
        self.body.addWidget(self._scroll)

    def explain(self, found: tuple[Explained, ...]) -> None:
        """Show these and open."""
        inner = QWidget()
        inner.setLayout(column(*map(_card, found), None, gap=12, margins=(2, 2, 8, 2)))
        self._scroll.setWidget(inner)
        inner.setAutoFillBackground(False)  # the scroll area has just turned it on
        layout = inner.layout()
        assert layout is not None
        needed = layout.totalHeightForWidth(_WIDTH - _ROOM)
        self._scroll.setFixedHeight(min(max(needed, inner.sizeHint().height()) + 4, _TALLEST))
        self.open()


class TagsSheet(ExplainedSheet):
    """Why a member has a tag, a stage, a band."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host, _("What HQ found"))


class PriceSheet(ExplainedSheet):
    """How the figures of a price were made."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host, _("How the price was made"))


def _card(one: Explained) -> QFrame:
    card = QFrame()
    card.setProperty("kind", "soft")
    facts = FactList(gap=4)
    facts.show_facts(one.facts)
    facts.setVisible(bool(one.facts))
    rule, found = label(one.rule, wrap=True), label(one.found, Role.FAINT, wrap=True)
    title = label(one.title, Role.BOLD)
    card.setLayout(column(title, rule, facts, found, gap=6, margins=(16, 12, 16, 12)))
    card.setAccessibleName(f"{one.title}: {one.rule}")
    return card
