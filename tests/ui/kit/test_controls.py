"""Buttons, coupons, tenders and segments do what they look like."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.coupon import Coupon, CouponFace
from pos_app.ui.kit.labels import Elided, Pill, Role, Tone, label
from pos_app.ui.kit.layouts import held, row
from pos_app.ui.kit.segmented import Segmented
from pos_app.ui.kit.tenders import TenderRow
from pos_app.ui.kit.theme import Theme
from tests.ui.kit.conftest import Stage

TENDERS = (Option("stored_value", "Stored", "wallet", "Ctrl+1"), Option("cash", "Cash", "banknote"))
FACE = CouponFace("30", "¥", "Money off", "Spend ¥200", "Expires today", hot=True, hotkey="Alt+1")


def test_a_name_with_markup_stays_as_it_is(qtbot: QtBot) -> None:
    made = label("<b>Wang</b>", Role.NAME)
    qtbot.addWidget(made)

    assert made.textFormat() is Qt.TextFormat.PlainText


def test_pills_are_round_in_every_language(stage: Stage) -> None:
    pills = [Pill("GOLD", Tone.TIER), Pill("\u91d1\u5361", Tone.TIER)]
    stage.show(held(row(*pills)))

    assert all(pill.height() >= 22 for pill in pills)


def test_an_empty_pill_is_not_there_and_needs_no_window(qtbot: QtBot, stage: Stage) -> None:
    pill = Pill("", Tone.OK)
    qtbot.addWidget(pill)

    pill.say("Synced", Tone.WARN)
    assert not pill.isVisible()

    stage.show(pill)
    assert pill.isVisible()
    pill.say("")
    assert not pill.isVisible()


def test_long_words_end_in_an_ellipsis(stage: Stage) -> None:
    made = Elided("A very long note of a member's habits", Role.BODY)
    stage.show(made)
    made.setFixedWidth(80)

    assert made.grab().width() == 80
    assert made.minimumSizeHint().width() < 80


@pytest.mark.parametrize("kind", Kind)
def test_enter_and_space_press_a_button(stage: Stage, theme: Theme, kind: Kind) -> None:
    button, presses = Button(theme, "Top up", "wallet", kind, hint="F6"), list[str]()
    button.clicked.connect(lambda: presses.append("pressed"))
    stage.show(button)
    button.setFocus()

    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Space)

    assert len(presses) == 2
    assert button.accessibleName() == button.label == "Top up"


def test_a_click_on_a_button_leaves_the_focus_where_it_is(stage: Stage, theme: Theme) -> None:
    field, button = QLineEdit(), Button(theme, "Top up")
    stage.show(held(row(field, button)))
    field.setFocus()

    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert field.hasFocus()


def test_a_blocked_call_to_action_says_why(stage: Stage, theme: Theme) -> None:
    call, presses = CallToAction(theme), list[str]()
    call.clicked.connect(lambda: presses.append("pressed"))
    stage.show(call)

    call.blocked("Enter an amount")
    call.click()
    assert call.accessibleName() == "Enter an amount"

    call.ready("Take payment ¥269.60")
    call.setFocus()
    QTest.keyClick(call, Qt.Key.Key_Enter)
    QTest.keyClick(call, Qt.Key.Key_Space)

    assert len(presses) == 2
    assert call.height() >= 66


def test_a_coupon_is_a_check_box_to_a_screen_reader(stage: Stage, theme: Theme) -> None:
    coupon = Coupon(theme, FACE)
    stage.show(coupon)
    coupon.setFocus()

    QTest.keyClick(coupon, Qt.Key.Key_Space)

    reader = QAccessible.queryAccessibleInterface(coupon)
    assert coupon.isChecked()
    assert reader.role() is QAccessible.Role.CheckBox
    assert "Money off" in coupon.accessibleName()
    assert "Expires today" in coupon.accessibleName()


def test_a_coupon_that_cannot_be_used_gives_its_reason(stage: Stage, theme: Theme) -> None:
    coupon = Coupon(theme, FACE)
    stage.show(coupon)
    usable = coupon.grab().toImage()

    coupon.show_face(CouponFace("8.8", "%", "Birthday", "Drinks", "", reason="From 11-24"))

    assert not coupon.isEnabled()
    assert "From 11-24" in coupon.accessibleName()
    assert coupon.grab().toImage() != usable


def test_tenders_report_a_persons_choice_only(stage: Stage, theme: Theme) -> None:
    tenders, chosen = TenderRow(theme, TENDERS), list[str]()
    tenders.chosen.connect(chosen.append)
    stage.show(tenders)
    buttons = {each.text(): each for each in tenders.buttons}

    tenders.select("stored_value")
    assert chosen == []
    QTest.mouseClick(buttons["Cash"], Qt.MouseButton.LeftButton)

    assert chosen == ["cash"]
    assert tenders.current == "cash"
    tenders.select("")
    assert tenders.current == ""


def test_a_refused_tender_keeps_its_place_and_says_why(stage: Stage, theme: Theme) -> None:
    tenders = TenderRow(theme, TENDERS)
    stage.show(tenders)

    tenders.refuse("stored_value", "Walk-in customer")
    refused = tenders.buttons[0]
    assert refused.isVisible()
    assert not refused.isEnabled()
    assert "Walk-in customer" in refused.accessibleName()

    tenders.allow("stored_value")
    assert refused.isEnabled()
    assert refused.accessibleName() == "Stored, Ctrl+1"


def test_arrows_walk_through_segments(stage: Stage, theme: Theme) -> None:
    segments, chosen = Segmented(theme, TENDERS), list[str]()
    segments.chosen.connect(chosen.append)
    stage.show(segments)
    first = segments.findChildren(QPushButton)[0]
    first.setFocus()

    QTest.keyClick(first, Qt.Key.Key_Right)

    assert segments.current == "cash"
    segments.set_enabled("stored_value", enabled=False, reason="Offline")
    assert first.toolTip() == "Offline"
