"""A table of plain rows of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui.kit.data_table import DataTable
from pos_app.ui.kit.rows_model import Column, RowsModel
from pos_app.ui.kit.theme import Theme
from pos_app.ui.parts.state import TableRow


class RowTable(QWidget):
    """Columns by title, the figures right-aligned; speaks of rows by their keys."""

    opened = Signal(str)
    picked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        titles: Sequence[str],
        *,
        numeric: Sequence[int] = (),
        stretch: int = 0,
    ) -> None:
        super().__init__()
        columns: list[Column[TableRow]] = [
            Column(title, _cell(place), numeric=place in numeric)
            for place, title in enumerate(titles)
        ]
        self._model: RowsModel[TableRow] = RowsModel(columns)
        self.table: DataTable[TableRow] = DataTable(theme, self._model, name)
        self._stretched = stretch
        self.table.opened.connect(self._open)
        self.table.picked.connect(self._pick)
        theme.changed.connect(self._stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        self._rows: tuple[TableRow, ...] = ()
        self._stretch()

    def show_rows(self, rows: tuple[TableRow, ...]) -> None:
        """Show rows; the same ones again leave selection and scroll position alone."""
        if rows == self._rows:
            return
        self._rows = rows
        self._model.show_rows(rows)

    def _stretch(self) -> None:
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.stretch(self._stretched)

    def _open(self, number: int) -> None:
        self.opened.emit(self._model.row_at(number).key)

    def _pick(self, number: int) -> None:
        self.picked.emit(self._model.row_at(number).key)


def _cell(place: int) -> Callable[[TableRow], str]:
    return lambda line: line.cells[place]
