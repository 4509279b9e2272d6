"""One thing in the middle of the page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from pos_app.ui.kit.layouts import column, held, row


def centred(widget: QWidget) -> QWidget:
    """Return a page that holds a widget in its middle."""
    return held(column(None, row(None, widget, None), None))


def scrolled(widget: QWidget) -> QScrollArea:
    """Return a page that scrolls only when the window is too low for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    # setWidget would paint the window's ground inside a white card.
    for ground in (area.viewport(), widget):
        ground.setAutoFillBackground(False)
    return area
