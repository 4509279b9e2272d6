"""One table model for every list: rows are values, columns know how to write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A title, how a row writes itself here, and whether it is a figure."""

    title: str
    text: Callable[[R], str]
    numeric: bool = False


class RowsModel(QAbstractTableModel, Generic[R]):
    """Shows a sequence of frozen values."""

    def __init__(self, columns: Sequence[Column[R]]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._rows: tuple[R, ...] = ()

    @property
    def columns(self) -> tuple[Column[R], ...]:
        return self._columns

    def show_rows(self, rows: Iterable[R]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_at(self, index: Index | int) -> R:
        """Return the value behind a row of the table."""
        return self._rows[index if isinstance(index, int) else index.row()]

    def as_tsv(self, rows: Sequence[int]) -> str:
        """Return rows under their titles, as a spreadsheet takes them from the clipboard."""
        head = "\t".join(column.title for column in self._columns)
        return "\n".join((head, *(self._line(self._rows[number]) for number in rows)))

    def rowCount(self, parent: Index = _TOP, /) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP, /) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, /, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(self._rows[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(numeric=column.numeric)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        /,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(numeric=self._columns[section].numeric)
        return None

    def _line(self, value: R) -> str:
        cells = (column.text(value) for column in self._columns)
        return "\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in cells)


def _alignment(*, numeric: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
