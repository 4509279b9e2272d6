"""What is asked of a person, wherever it is asked."""

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.theme import Theme
from pos_app.ui.member_page.edit_fields import EditFields


def test_a_birthday_takes_figures_only_when_it_is_corrected(qtbot: QtBot, theme: Theme) -> None:
    fields = EditFields(theme)
    qtbot.addWidget(fields)

    QTest.keyClicks(fields.year, "19a9-0")
    QTest.keyClicks(fields.month, "1x23")

    assert (fields.answers().year, fields.answers().month) == ("1990", "12")
