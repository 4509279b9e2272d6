"""A table to read, walk through by keyboard, and copy from."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from pos_app.ui.kit.rows_model import RowsModel
from pos_app.ui.kit.theme import Theme

R = TypeVar("R")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DataTable(QTableView, Generic[R]):
    """Whole rows are selected; Enter or a double click opens one, Ctrl+C copies as TSV."""

    opened = Signal(int)
    picked = Signal(int)

    def __init__(self, theme: Theme, model: RowsModel[R], name: str) -> None:
        super().__init__()
        self._theme = theme
        self._rows = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._dress_headers()
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self._dress_headers)

    def stretch(self, column: int) -> None:
        """Let one column take what the others leave."""
        self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def chosen_rows(self) -> tuple[R, ...]:
        """Return the values of the selected rows, from top to bottom."""
        return tuple(self._rows.row_at(number) for number in self._chosen())

    def copy_rows(self) -> None:
        """Put the selected rows, or all of them, on the clipboard as TSV."""
        numbers = self._chosen() or list(range(self._rows.rowCount()))
        QApplication.clipboard().setText(self._rows.as_tsv(numbers))

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() in _ENTER and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
        /,
    ) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.picked.emit(current.row())

    def _chosen(self) -> list[int]:
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def _dress_headers(self) -> None:
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        across.setStretchLastSection(True)
        down = self.verticalHeader()
        down.setVisible(False)
        down.setDefaultSectionSize(max(44, self._theme.density.row))
        down.setMinimumSectionSize(44)
