"""Where the focus may go, and where it goes next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def can_take_focus(widget: QWidget) -> bool:
    """Tell whether Tab could stop at a widget now."""
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.isVisible()


def neighbour(within: QWidget, now: QWidget | None, *, forward: bool) -> QWidget | None:
    """Return the next stop of Tab inside `within`, going around at the end."""
    stops = _stops(within)
    if not stops:
        return None
    if now not in stops:
        return stops[0] if forward else stops[-1]
    step = 1 if forward else -1
    return stops[(stops.index(now) + step) % len(stops)]


def _stops(within: QWidget) -> list[QWidget]:
    """Return the stops in the window's own Tab order, the close button of a sheet last."""
    stops: list[QWidget] = []
    walker = within.nextInFocusChain()
    while walker is not None and walker is not within:
        if within.isAncestorOf(walker) and can_take_focus(walker):
            stops.append(walker)
        walker = walker.nextInFocusChain()
    return stops
