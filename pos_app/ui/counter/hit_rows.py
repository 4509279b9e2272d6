"""Rows of members: in the list under the look-up and among the recent ones."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.counter.state import Hit, Lookup
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.labels import Icon, Role, label
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.theme import Theme

_HEIGHT = 54
_RADIUS = 12
_WIDE = 360
_NARROW = 236


class HitRow(QAbstractButton):
    """One member: initial, name and tier, phone, last visit; a warning where there is one."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, hit: Hit, *, marked: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._hit = hit
        self._marked = marked
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = (hit.name, hit.phone, hit.tier, hit.visit, hit.warning)
        self.setAccessibleName(", ".join(filter(None, said)))
        self.clicked.connect(self._tell)

    def sizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._marked or self.underMouse() or self.hasFocus():
            painter.setBrush(self._theme.colour("brand_soft" if self._marked else "sunken"))
            painter.drawRoundedRect(self.rect(), _RADIUS, _RADIUS)
        self._draw_initial(painter)
        sizes = self._theme.density
        room = self._draw_tier(painter) - 66
        name, small = self._theme.font(sizes.body, 600), self._theme.font(sizes.caption)
        self._draw(painter, QRectF(60, 6, room, 22), name, "text", self._hit.name)
        roomy = self.width() > _WIDE
        below = f"{self._hit.phone} · {self._hit.visit}" if roomy else self._hit.phone
        self._draw(painter, QRectF(60, 28, room, 20), small, "text2", below)

    def _draw_initial(self, painter: QPainter) -> None:
        circle = QRectF(12, 8, 38, 38)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("surface" if self._marked else "brand_soft"))
        painter.drawEllipse(circle)
        painter.setPen(self._theme.colour("on_brand_soft"))
        painter.setFont(self._theme.font(16, 600))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self._hit.initial)

    def _draw_tier(self, painter: QPainter) -> float:
        """Draw tier or warning on the right; return where it begins. A narrow row has no tier."""
        if self.width() < _NARROW and not self._hit.warning:
            return self.width() - 8.0
        text = self._hit.warning or self._hit.tier
        tone = "danger" if self._hit.warning else "gold"
        painter.setFont(self._theme.font(self._theme.density.caption, 600))
        width = painter.fontMetrics().horizontalAdvance(text) + 20
        box = QRectF(self.width() - width - 14, (self.height() - 24) / 2, width, 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(f"{tone}_soft"))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(self._theme.colour(tone))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return box.left()

    def _draw(self, painter: QPainter, box: QRectF, font: QFont, colour: str, text: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(colour))
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(box.width())
        )
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, left, shown)

    def _tell(self) -> None:
        self.chosen.emit(self._hit.key)


class HitList(QWidget):
    """Rows one below the other, made anew when they differ."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[tuple[Hit, ...], int] | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)

    def show_hits(self, hits: tuple[Hit, ...], marked: int = -1) -> None:
        if (hits, marked) == self._shown:
            return
        self._shown = (hits, marked)
        while (item := self._rows.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for place, hit in enumerate(hits):
            made = HitRow(self._theme, hit, marked=place == marked)
            made.chosen.connect(self.chosen)
            self._rows.addWidget(made)
            made.show()  # now, not at the next turn of the loop: the list is measured first


class ResultsList(QFrame):
    """Lies over the page, under the look-up, while something is typed there."""

    chosen = Signal(str)
    new_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._hits = HitList(theme)
        self._hits.chosen.connect(self.chosen)
        self._icon = Icon(theme, "search", "text3")
        self._message = label("", Role.BODY, wrap=True)
        self._new = Button(theme, _("New member"), "user-plus", hint="F3")
        self._new.clicked.connect(self.new_wanted)
        line = row(self._icon, self._message, self._new, gap=12, margins=(12, 6, 6, 6))
        line.setStretch(1, 1)
        self._line = QWidget()
        self._line.setLayout(line)
        self._column = column(self._hits, self._line, gap=4, margins=(8, 8, 8, 8))
        self.setLayout(self._column)
        self.hide()

    def show_lookup(self, lookup: Lookup) -> None:
        self._hits.show_hits(lookup.hits, lookup.marked)
        self._hits.setVisible(bool(lookup.hits))
        waiting = lookup.searching and not lookup.hits
        self._message.setText(lookup.message or (_("Looking…") if waiting else ""))
        self._line.setVisible(bool(lookup.message) or waiting)
        self._new.setVisible(lookup.offers_new)
        self.setVisible(lookup.open)
        self._fit()
        self.raise_()

    def _fit(self) -> None:
        """Be as high as the rows need now; the layouts would find out only later."""
        self._column.invalidate()
        self._column.activate()
        self.setFixedHeight(self.sizeHint().height())
