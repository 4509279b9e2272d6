"""Frames, notices and lists say what they show."""

from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.kit.banner import Banner, InlineError, Note
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.coupon import CouponFace
from pos_app.ui.kit.editors import ChoiceBox, DateBox, TickBox, code_entry
from pos_app.ui.kit.field import Field
from pos_app.ui.kit.labels import Role, Tone
from pos_app.ui.kit.layouts import held, row, rule
from pos_app.ui.kit.member_frame import Avatar, Stat
from pos_app.ui.kit.mini_bars import Bar, MiniBars
from pos_app.ui.kit.placeholders import EmptyState, Skeleton
from pos_app.ui.kit.progress import ProgressLine, Steps
from pos_app.ui.kit.rail import Rail
from pos_app.ui.kit.section_card import FigureRow, ListRow, RowText, SectionCard
from pos_app.ui.kit.status_bar import StatusBar, StatusItem
from pos_app.ui.kit.theme import Theme
from tests.ui.kit.conftest import Stage

TENDERS = (Option("stored_value", "Stored", "wallet", "Ctrl+1"), Option("cash", "Cash", "banknote"))
FACE = CouponFace("30", "¥", "Money off", "Spend ¥200", "Expires today", hot=True, hotkey="Alt+1")


def test_the_rail_counts_what_waits(stage: Stage, theme: Theme) -> None:
    rail = Rail(theme, TENDERS, (Option("sync", "Sync", "cloud-upload"),))
    stage.show(rail)
    plain = rail.grab().toImage()

    rail.set_badge("sync", "3", Tone.DANGER)
    rail.set_allowed("cash", allowed=False, reason="Managers only")
    rail.select("sync")

    assert rail.current == "sync"
    assert rail.grab().toImage() != plain


def test_a_banner_is_there_only_when_it_has_something_to_say(stage: Stage, theme: Theme) -> None:
    banner, acted = Banner(theme), list[str]()
    banner.acted.connect(lambda: acted.append("acted"))
    stage.show(banner)
    assert not banner.isVisible()

    banner.tell(Tone.WARN, "Offline", "Selling goes on", action="Show what waits")
    banner.findChildren(QPushButton)[0].click()
    banner.tell(Tone.DANGER, "Two need you")

    assert banner.isVisible()
    assert acted == ["acted"]
    assert not banner.findChildren(QPushButton)[0].isVisible()


def test_an_error_may_keep_its_place_free(stage: Stage, theme: Theme) -> None:
    error = InlineError(theme, keeps_its_place=True)
    stage.show(error)

    error.tell("The code is wrong")
    assert (error.text, error.isVisible()) == ("The code is wrong", True)

    error.tell("")
    assert not error.isVisible()
    assert error.sizePolicy().retainSizeWhenHidden()


def test_a_note_goes_when_it_is_empty(stage: Stage, theme: Theme) -> None:
    note = Note(theme, "Data of 14:30", "clock")
    stage.show(note)

    note.tell("")

    assert not note.isVisible()


def test_a_field_shows_its_error_below_and_its_help_again(stage: Stage, theme: Theme) -> None:
    editor = code_entry("138 0000 0000", digits=True)
    field = Field(theme, "Phone", editor, help_text="Eleven figures")
    stage.show(field)

    field.set_error("This phone is a member already")
    assert field.error == "This phone is a member already"
    assert editor.accessibleDescription() == field.error

    field.set_error("")
    assert field.error == ""
    assert field.editor is editor
    assert editor.accessibleName() == "Phone"
    assert not editor.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_an_input_is_as_high_with_focus_as_without(stage: Stage, theme: Theme) -> None:
    editors: list[QWidget] = [QLineEdit(), ChoiceBox(theme, ("a", "A")), DateBox(theme)]
    stage.show(*editors)
    before = [editor.sizeHint().height() for editor in editors]

    for editor in editors:
        editor.setFocus()
        assert editor.hasFocus()

    assert before == [44, 44, 44]
    assert [editor.sizeHint().height() for editor in editors] == before


def test_choices_are_known_by_name(qtbot: QtBot, theme: Theme) -> None:
    box = ChoiceBox(theme, ("quality", "Quality"), ("other", "Other"))
    qtbot.addWidget(box)

    box.select("other")

    assert box.current == "other"
    assert box.currentText() == "Other"


def test_marks_are_painted_on_boxes(stage: Stage, theme: Theme) -> None:
    tick, date = TickBox(theme, "I agree"), DateBox(theme)
    stage.show(tick, date)
    date.setDate(QDate(2026, 11, 21))
    empty = tick.grab().toImage()

    tick.setChecked(True)

    assert tick.grab().toImage() != empty
    assert date.text() == "2026-11-21"
    assert date.grab().height() == date.height()


def test_bars_are_read_out(stage: Stage, theme: Theme) -> None:
    bars = MiniBars(theme, "Six months")
    stage.show(bars)
    empty = bars.grab().toImage()

    bars.show_bars((Bar("Oct", 460, "¥460"), Bar("Nov", 610, "¥610")))

    assert bars.accessibleDescription() == "Oct ¥460, Nov ¥610"
    assert bars.grab().toImage() != empty
    bars.show_bars((Bar("Nov", 0, "¥0"),))
    assert not bars.grab().isNull()


def test_rows_and_cards_say_what_they_hold(stage: Stage, theme: Theme) -> None:
    card, acted = SectionCard(theme, "Recent", action="All"), list[str]()
    card.acted.connect(lambda: acted.append("all"))
    line = ListRow(theme, RowText("coffee", "Latte", "today", "Synced", Tone.OK, "¥28.00"))
    bill = FigureRow("Coupons")
    for each in (line, rule(), bill):
        card.body.addWidget(each)
    stage.show(card)

    card.set_title("Recent sales")
    card.set_count("4")
    bill.show_figure("− ¥30.00", "30 off 200", Role.MINUS)
    bill.set_caption("Coupon")
    card.action.click()

    assert line.accessibleName() == "Latte, today, Synced, ¥28.00"
    assert card.accessibleName() == "Recent sales"
    assert acted == ["all"]


def test_status_items_report_a_click(stage: Stage, theme: Theme) -> None:
    bar, pressed = StatusBar(theme, (("F1", "Find"),)), list[str]()
    bar.pressed.connect(pressed.append)
    bar.show_items((StatusItem("sync", "wifi", "Online", Tone.OK, loud=True),))
    stage.show(bar)
    text = next(each for each in bar.findChildren(QLabel) if each.text() == "Online")

    QTest.mouseClick(text, Qt.MouseButton.LeftButton)
    bar.show_items((StatusItem("sync", "wifi-off", "Offline", Tone.WARN, loud=True),))

    assert pressed == ["sync"]
    assert text.text() == "Offline"


def test_steps_say_where_one_is(stage: Stage, theme: Theme) -> None:
    steps = Steps(theme, ("Check", "Count", "Sign"))
    stage.show(steps)

    steps.go_to(1)
    assert steps.accessibleName() == "Step 2 of 3: Count"

    steps.go_to(3)
    assert steps.accessibleName() == "Step 3 of 3: Sign"
    assert not steps.grab().isNull()


def test_progress_stays_between_nothing_and_all(stage: Stage, theme: Theme) -> None:
    line = ProgressLine(theme, "Upload", on_card=True)
    stage.show(line)

    line.show_share(12_000)
    assert line.accessibleName() == "Upload: 100 %"

    line.show_share(-5)
    assert line.accessibleName() == "Upload: 0 %"


def test_an_empty_list_offers_one_way_on(stage: Stage, theme: Theme) -> None:
    empty, acted = EmptyState(theme, "receipt-text", "No sales yet"), list[str]()
    empty.acted.connect(lambda: acted.append("acted"))
    stage.show(empty)
    button = empty.findChildren(QPushButton)[0]
    assert not button.isVisible()

    empty.tell("No refunds today", "Widen the period")
    button.click()

    assert acted == ["acted"]
    assert empty.accessibleName() == "No refunds today"


def test_a_quick_answer_shows_no_skeleton(qtbot: QtBot, stage: Stage, theme: Theme) -> None:
    skeleton = Skeleton(theme)
    stage.show(skeleton)

    skeleton.begin()
    assert not skeleton.isVisible()
    skeleton.end()
    qtbot.wait(180)

    assert not skeleton.isVisible()


def test_a_slow_answer_shows_one_and_later_says_so(
    qtbot: QtBot, stage: Stage, theme: Theme
) -> None:
    skeleton = Skeleton(theme)
    stage.show(skeleton)

    skeleton.begin()
    qtbot.waitUntil(skeleton.isVisible)
    quiet = skeleton.grab().toImage()
    qtbot.wait(1000)

    assert skeleton.grab().toImage() != quiet
    skeleton.end()


def test_a_stat_reads_as_one_sentence(stage: Stage, theme: Theme) -> None:
    stat, avatar = Stat(theme, "wallet", "Stored value"), Avatar(theme, "W")
    stage.show(held(row(avatar, stat)))

    stat.show_value("¥300.00", "Data of 14:30", warns=True)
    avatar.show_character("L")

    assert stat.accessibleName() == "Stored value, ¥300.00, Data of 14:30"
    assert avatar.width() == theme.density.avatar
