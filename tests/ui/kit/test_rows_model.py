"""One model for every list."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.data_table import DataTable
from pos_app.ui.kit.rows_model import Column, RowsModel
from pos_app.ui.kit.theme import Theme
from tests.ui.kit.conftest import show_active

RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Sale:
    what: str
    sum_text: str


SALES = (Sale("latte", "¥28.00"), Sale("croissant\twarm", "¥16.00"), Sale("mug", "¥60.00"))


def _what(sale: Sale) -> str:
    return sale.what


def _sum(sale: Sale) -> str:
    return sale.sum_text


@pytest.fixture
def model() -> RowsModel[Sale]:
    """Return a model of three sales."""
    made: RowsModel[Sale] = RowsModel(
        (Column("What", _what), Column("Amount", _sum, numeric=True)),
    )
    made.show_rows(SALES)
    return made


@pytest.fixture
def table(qtbot: QtBot, theme: Theme, model: RowsModel[Sale]) -> DataTable[Sale]:
    """Show the sales in an active window."""
    made: DataTable[Sale] = DataTable(theme, model, "Sales")
    show_active(qtbot, made)
    made.setFocus()
    return made


def test_the_model_keeps_qts_contract(model: RowsModel[Sale]) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    model.show_rows(SALES[:1])
    model.show_rows(())

    assert tester.model() is model


def test_cells_and_titles_are_text_and_figures_stand_right(model: RowsModel[Sale]) -> None:
    cell = model.index(0, 1)
    across = Qt.Orientation.Horizontal

    assert cell.data() == "¥28.00"
    assert model.headerData(1, across) == "Amount"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert Qt.AlignmentFlag(cell.data(Qt.ItemDataRole.TextAlignmentRole)) & RIGHT
    assert not Qt.AlignmentFlag(model.index(0, 0).data(Qt.ItemDataRole.TextAlignmentRole)) & RIGHT
    assert cell.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.headerData(0, across, Qt.ItemDataRole.DecorationRole) is None


def test_a_row_gives_its_value_back(model: RowsModel[Sale]) -> None:
    assert model.row_at(2) == SALES[2]
    assert model.row_at(model.index(1, 0)) == SALES[1]
    assert [column.title for column in model.columns] == ["What", "Amount"]
    assert model.rowCount(QModelIndex()) == 3
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(model.index(0, 0)) == 0


def test_copied_rows_are_tab_separated_under_their_titles(table: DataTable[Sale]) -> None:
    table.selectRow(1)

    table.copy_rows()

    assert QApplication.clipboard().text() == "What\tAmount\ncroissant warm\t¥16.00"


def test_without_a_selection_all_rows_are_copied_by_key(table: DataTable[Sale]) -> None:
    table.clearSelection()

    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QApplication.clipboard().text().count("\n") == 3


def test_arrows_walk_and_enter_opens(table: DataTable[Sale]) -> None:
    opened: list[int] = []
    picked: list[int] = []
    table.opened.connect(opened.append)
    table.picked.connect(picked.append)
    table.selectRow(0)

    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)

    assert picked[-1] == 1
    assert opened == [1]
    assert table.chosen_rows() == (SALES[1],)


def test_tab_leaves_the_table_and_one_column_may_stretch(table: DataTable[Sale]) -> None:
    table.stretch(0)

    assert not table.tabKeyNavigation()
    assert table.rowHeight(0) >= 44
