"""Named values under each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pos_app.ui.kit.labels import Elided, Role, label, set_role
from pos_app.ui.kit.layouts import row
from pos_app.ui.parts.state import Fact

_ROLES = {
    "": Role.MONEY,
    "ok": Role.MINUS,
    "danger": Role.DANGER,
    "warn": Role.WARN,
    "strong": Role.H2,
    "brand": Role.FIGURE,
}


class FactLine(QWidget):
    """A name on the left, its value on the right, a remark between."""

    def __init__(self) -> None:
        super().__init__()
        self._name = Elided("", Role.MUTED)
        self._note = label("", Role.FAINT)
        self._value = label("", Role.MONEY, align=Qt.AlignmentFlag.AlignRight)
        self.setLayout(row(self._name, None, self._note, self._value, gap=10))

    def show_fact(self, fact: Fact) -> None:
        """Show another fact; one with a long remark keeps it for the tool tip."""
        self._name.setText(fact.label)
        short = fact.note if len(fact.note) < _LONG_NOTE else ""
        self._note.setText(short)
        self._note.setVisible(bool(short))
        self._value.setText(fact.value)
        self._value.setToolTip(fact.note)
        set_role(self._value, _ROLES[fact.tone])
        self.setAccessibleName(" ".join(filter(None, (fact.label, fact.note, fact.value))))


_LONG_NOTE = 24


class FactList(QWidget):
    """Shows a tuple of facts and keeps its lines for the next one."""

    def __init__(self, *, gap: int = 6) -> None:
        super().__init__()
        self._lines: list[FactLine] = []
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(gap)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        while len(self._lines) < len(facts):
            line = FactLine()
            self._lines.append(line)
            self._stack.addWidget(line)
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(facts))
        for line, fact in zip(self._lines, facts, strict=False):
            line.show_fact(fact)


class Paragraphs(QWidget):
    """A few sentences under each other, each wrapped."""

    def __init__(self, role: Role = Role.FAINT) -> None:
        super().__init__()
        self._role = role
        self._made: list[QLabel] = []
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(4)

    def show_texts(self, texts: Sequence[str]) -> None:
        while len(self._made) < len(texts):
            made = label("", self._role, wrap=True)
            self._made.append(made)
            self._stack.addWidget(made)
        for place, made in enumerate(self._made):
            made.setText(texts[place] if place < len(texts) else "")
            made.setVisible(place < len(texts))
        self.setVisible(bool(texts))
