"""The main window: rail, pages, the panel that never moves, status bar, toasts and sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from pos_app.language import _
from pos_app.ui.checkout.held_view import HeldSheet
from pos_app.ui.checkout.points_view import PointsSheet
from pos_app.ui.checkout.view import CheckoutView
from pos_app.ui.counter.coupons_sheet import CouponsSheet
from pos_app.ui.counter.view import CounterView
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.focus_ring import FocusRing
from pos_app.ui.kit.keys import Action, Preset, bindings, hints
from pos_app.ui.kit.labels import Tone
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.rail import Rail
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.shortcuts import KeysSheet, Shortcuts
from pos_app.ui.kit.status_bar import StatusBar, StatusItem
from pos_app.ui.kit.theme import Theme
from pos_app.ui.kit.toasts import Toasts
from pos_app.ui.parts.tags_sheet import PriceSheet, TagsSheet
from pos_app.ui.second_factor.view import SecondFactorSheet
from pos_app.ui.shell.idle import IdleLock
from pos_app.ui.shell.keys_map import acts_of
from pos_app.ui.shell.presenter import ShellPresenter
from pos_app.ui.shell.state import BannerText, Notice, ShellState, StatusEntry
from pos_app.ui.shell.status import COPIES, LINK
from pos_app.ui.shell.ways import COUNTER, SYNC, PageDoor

CLOCK_CHECK_MS = 60_000
NARROWEST, LOWEST = 1280, 720


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the main area. One without a text has no button on the rail.

    One at the foot stands on the rail's lower end.
    """

    name: str
    text: str
    icon: str
    widget: QWidget
    door: PageDoor
    at_foot: bool = False


@dataclass(frozen=True, slots=True)
class WindowHabits:
    """How this till is used."""

    preset: Preset = Preset.HOUSE
    idle_seconds: int = 180


class MainWindow(QMainWindow):
    """Holds the screens in their places; what they mean is the presenters' business."""

    def __init__(
        self,
        theme: Theme,
        shell: ShellPresenter,
        pages: Sequence[Page],
        habits: WindowHabits | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._shell = shell
        self._habits = habits or WindowHabits()
        self.setWindowTitle(_("Member terminal"))
        self.setMinimumSize(NARROWEST, LOWEST)
        self.counter = CounterView(theme, shell.counter)
        self.panel = CheckoutView(theme, shell.checkout)
        self.status = StatusBar(theme, hints(self._habits.preset))
        self._build(pages)
        self._add_sheets()
        self._add_keys()
        self._connect()
        shell.shown.attach(self.render_state)

    def render_state(self, state: ShellState) -> None:
        self.rail.select(state.page if state.page in self._on_rail else "")
        self._stack.setCurrentWidget(self._widgets[state.page])
        self.counter.top.show_operator(state.who, state.where)
        self.status.show_items([_item(entry) for entry in state.status])
        self._show_banner(state.banner)
        if state.link is not None and SYNC in self._on_rail:
            mark = state.link
            self.rail.set_badge(SYNC, mark.count, Tone(mark.tone), mark.said)

    @property
    def sheet_is_open(self) -> bool:
        """Say whether a sheet lies over the window."""
        return any(sheet.isVisible() for sheet in self.window().findChildren(Sheet))

    def post(self, notice: Notice) -> None:
        """Show a toast over everything."""
        self.toasts.post(
            notice.text,
            Tone(notice.tone),
            action=notice.action,
            acted=notice.acted,
            shown_ms=notice.shown_ms,
        )

    def offer(self, text: str, action: str, acted: Callable[[], None]) -> None:
        """Show a toast with a step that can be taken."""
        self._shell.offer(text, action, acted)

    def find_member(self) -> None:
        """Go to the look-up, from wherever it is asked."""
        if self._shell.shown.state.page != COUNTER:
            self._shell.go(COUNTER)
        self.counter.focus_lookup()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Take what no field wanted: digits are the amount, letters look for a member."""
        text = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self._shell.escape()
        elif text == "?":
            self.all_keys.open()
        elif text and text in "0123456789.":
            self.panel.type_key(text)
        elif text == "+":
            self._shell.checkout.accumulate()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.panel.enter()
        elif text.isalpha():
            self._begin_search(text)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        if self._shell.counter.member is None and not self._shell.checkout.shown.state.amount:
            self.counter.focus_lookup()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.ring.raise_()

    def _show_banner(self, banner: BannerText | None) -> None:
        if banner is None:
            self.counter.banner.hide()
            return
        self.counter.banner.tell(
            Tone(banner.tone), banner.title, banner.text, action=banner.action, icon=banner.icon
        )

    def _begin_search(self, text: str) -> None:
        self.find_member()
        self.counter.top.lookup.setText(text)
        self._shell.counter.typed(text)

    def _build(self, pages: Sequence[Page]) -> None:
        upper = [Option(COUNTER, _("Till"), "scan-line")]
        named = [page for page in pages if page.text]
        upper += [_option(page) for page in named if not page.at_foot]
        lower = [_option(page) for page in named if page.at_foot]
        self._on_rail = {option.name for option in (*upper, *lower)}
        lower.append(Option("lock", _("Lock"), "lock"))
        lower.append(Option("sign_out", _("Sign out"), "log-out"))
        self.rail = Rail(self._theme, upper, lower)
        self._widgets: dict[str, QWidget] = {COUNTER: self.counter}
        self._stack = QStackedWidget()
        self._stack.addWidget(self.counter)
        for page in pages:
            self._widgets[page.name] = page.widget
            self._stack.addWidget(page.widget)
            self._shell.add_page(page.name, page.door)
        middle = row(self.rail, self._stack, self.panel, gap=0)
        middle.setStretch(1, 1)
        whole = column(middle, self.status, gap=0)
        whole.setStretch(0, 1)
        centre = QWidget()
        centre.setLayout(whole)
        self.setCentralWidget(centre)

    def _add_sheets(self) -> None:
        shell, theme = self._shell, self._theme
        self.second_factor = SecondFactorSheet(theme, self, shell.second_factor)
        self.points = PointsSheet(theme, self, shell.points)
        self.held = HeldSheet(theme, self, shell.checkout.shelf)
        self.held.fetched.connect(shell.checkout.fetch)
        self.coupons = CouponsSheet(theme, self, shell.counter)
        self.coupons.toggled.connect(shell.counter.toggle_coupon)
        self.tags = TagsSheet(theme, self)
        self.price = PriceSheet(theme, self)
        self.all_keys = KeysSheet(theme, self, self._habits.preset)
        self.toasts = Toasts(theme, self)
        self.ring = FocusRing(theme, self)

    def _add_keys(self) -> None:
        self._acts = acts_of(self._shell, self.find_member, self.coupons.open)
        self._acts[Action.ALL_KEYS.value] = self.all_keys.open
        self._acts[Action.PAY.value] = self.panel.pay
        self._acts[Action.WHY.value] = self.panel.why.ask
        self.keys = Shortcuts(self, bindings(self._habits.preset))
        self.keys.triggered.connect(self._act)
        self._split = QShortcut(QKeySequence("Ctrl+6"), self)
        self._split.activated.connect(self._shell.checkout.split)
        self.idle = IdleLock(self._habits.idle_seconds, self)
        self.idle.expired.connect(self._shell.lock)
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_CHECK_MS)
        self._clock.timeout.connect(self._shell.check_clock)
        self._clock.start()

    def _act(self, name: str) -> None:
        self._acts[name]()

    def _connect(self) -> None:
        shell = self._shell
        shell.attach_notices(self.post)
        shell.sheet_open = self._any_sheet
        shell.show_held = self.held.open
        shell.begin_look_up = self.counter.focus_lookup
        self.panel.why_wanted.connect(self.price.explain)
        self.rail.chosen.connect(self._rail_chosen)
        self.status.pressed.connect(self._status_pressed)
        self.counter.banner.acted.connect(shell.show_sync)
        self.counter.new_wanted.connect(shell.register)
        self.counter.order_chosen.connect(shell.checkout.fetch)
        member = self.counter.member
        member.top_up_wanted.connect(shell.top_up)
        member.points_wanted.connect(shell.use_points)
        member.refund_wanted.connect(shell.refund)
        member.details_wanted.connect(shell.details)
        member.card.tags_wanted.connect(self.tags.explain)
        member.recent.acted.connect(shell.details)
        member.coupons.best_wanted.connect(shell.checkout.use_best)
        member.coupons.all_wanted.connect(self.coupons.open)

    def _any_sheet(self) -> bool:
        return self.sheet_is_open

    def _status_pressed(self, name: str) -> None:
        if name == LINK:
            self._shell.show_sync()
        elif name == COPIES:
            self._shell.explain_copies()

    def _rail_chosen(self, name: str) -> None:
        if name in {"lock", "sign_out"}:
            act = self._shell.lock if name == "lock" else self._shell.sign_out
            act()
            self.rail.select(self._shell.shown.state.page)
        else:
            self._shell.go(name)


def _item(entry: StatusEntry) -> StatusItem:
    tone = Tone(entry.tone)
    return StatusItem(entry.name, entry.icon, entry.text, tone, entry.loud, entry.said)


def _option(page: Page) -> Option:
    return Option(page.name, page.text, page.icon)
