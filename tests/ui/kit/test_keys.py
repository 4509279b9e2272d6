"""One table of keys for shortcuts, hints and the sheet."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.keys import Action, Preset, bindings, hints, key_of, listed
from pos_app.ui.kit.shortcuts import Shortcuts
from tests.ui.kit.conftest import show_active


@pytest.mark.parametrize("preset", Preset)
def test_no_key_means_two_things(preset: Preset) -> None:
    keys = Counter(binding.key for binding in bindings(preset))

    assert keys.most_common(1)[0][1] == 1
    assert len(keys) == len(Action)


@pytest.mark.parametrize("preset", Preset)
def test_every_key_exists_and_has_words(preset: Preset) -> None:
    for binding in bindings(preset):
        assert QKeySequence(binding.key).count() == 1
        assert binding.label


def test_the_familiar_preset_searches_members_by_f9() -> None:
    assert key_of(Action.FIND, Preset.FAMILIAR) == "F9"
    assert key_of(Action.REFUND, Preset.FAMILIAR) == "F1"
    assert key_of(Action.FIND) == "F1"


def test_hints_are_keys_of_the_table() -> None:
    known = {binding.key for binding in bindings()} | {"?"}

    assert {key for key, _text in hints()} <= known


def test_the_list_names_every_key_or_its_group() -> None:
    shown = {key for key, _text in listed()}

    assert {"F1", "F12", "Ctrl+L", "Esc", "+", "?"} <= shown | {"?"}
    assert len(shown) == len(listed())


def test_another_preset_takes_the_place_of_the_first(qtbot: QtBot) -> None:
    window, started = QWidget(), list[str]()
    show_active(qtbot, window)
    keys = Shortcuts(window, bindings())
    keys.triggered.connect(started.append)

    QTest.keyClick(window, Qt.Key.Key_F9)
    keys.bind(bindings(Preset.FAMILIAR))
    QTest.keyClick(window, Qt.Key.Key_F9)
    keys.set_enabled(enabled=False)
    QTest.keyClick(window, Qt.Key.Key_F9)

    assert started == ["refund", "find"]
