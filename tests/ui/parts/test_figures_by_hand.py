"""Figures of a member led back to their events, and a statement printed, by keys alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.parts.pages import Pages


def test_a_figure_is_led_back_to_an_event_of_the_journal_by_keys(pages: Pages) -> None:
    view = pages.about()
    why = view.overview.why_money
    why.setFocus()
    QTest.keyClick(why, Qt.Key.Key_Space)
    shown = view.origin.isVisible()
    wanted: list[str] = []
    view.origin.event_wanted.connect(wanted.append)
    table = view.origin.table.table

    QTest.keyClick(table, Qt.Key.Key_Down)
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    heading_leads_nowhere = wanted == []
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Return)

    assert shown
    assert heading_leads_nowhere
    assert len(wanted) == 1
    assert not view.origin.isVisible()


def test_escape_closes_the_sheet_of_a_figure(pages: Pages) -> None:
    view = pages.about()
    view.overview.why_points.click()

    QTest.keyClick(view.origin, Qt.Key.Key_Escape)

    assert not view.origin.isVisible()
    view.overview.why_points.click()
    assert view.origin.isVisible()


def test_a_statement_is_printed_by_keys(pages: Pages) -> None:
    view = pages.about()
    wanted: list[tuple[str, str]] = []
    view.statement.print_wanted.connect(lambda *days: wanted.append(days))

    view.value.statement.setFocus()
    view.value.statement.click()
    shown = view.statement.isVisible()
    QTest.keyClick(view.statement, Qt.Key.Key_Return)

    assert shown
    assert len(wanted) == 1
    assert not view.statement.isVisible()
