"""Every building block in every state, in one window: for eyes and for the screenshot tests."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMainWindow, QScrollArea, QStackedWidget, QWidget

from pos_app.language import _
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.focus_ring import FocusRing
from pos_app.ui.kit.gallery_controls import controls_page, forms_page
from pos_app.ui.kit.gallery_counter import counter_page
from pos_app.ui.kit.gallery_lists import lists_page, notices_page
from pos_app.ui.kit.gallery_sheets import GallerySheets
from pos_app.ui.kit.keys import hints
from pos_app.ui.kit.labels import Tone
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.rail import Rail
from pos_app.ui.kit.status_bar import StatusBar, StatusItem
from pos_app.ui.kit.theme import Mode, Theme
from pos_app.ui.kit.toasts import Toasts

Maker = Callable[[Theme], QWidget]

PAGES: dict[str, Maker] = {
    "counter": counter_page,
    "controls": controls_page,
    "forms": forms_page,
    "lists": lists_page,
    "notices": notices_page,
}
STATUS = (
    StatusItem("sync", "wifi", "在线 · 42 ms", Tone.OK, loud=True),
    StatusItem("queue", "cloud-upload", "待同步 3 笔 · 14:32:08"),
    StatusItem("printer", "printer", "小票机就绪"),
    StatusItem("scanner", "scan-line", "扫码枪就绪"),
    StatusItem("display", "monitor-smartphone", "客显已连"),
)
STATUS_OFFLINE = (
    StatusItem("sync", "wifi-off", "离线 · 已 2 分 14 秒", Tone.WARN, loud=True),
    StatusItem("queue", "triangle-alert", "2 笔需处理", Tone.DANGER),
    StatusItem("printer", "printer", "小票机缺纸", Tone.WARN),
)


class GalleryWindow(QMainWindow):
    """A rail of pages; settings below it switch the colours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setWindowTitle(_("Gallery"))
        self._pages = QStackedWidget()
        self._made: dict[str, QWidget] = {}
        self.rail = Rail(theme, _page_options(), (Option("theme", _("Theme"), "sun-moon"),))
        self.rail.set_badge("notices", "3", Tone.WARN)
        self.rail.chosen.connect(self._chosen)
        self.status = StatusBar(theme, hints())
        self.status.show_items(STATUS)
        middle = row(self.rail, self._pages, gap=0)
        middle.setStretch(1, 1)
        whole = column(middle, self.status, gap=0)
        whole.setStretch(0, 1)
        self.setCentralWidget(held(whole))
        self.sheets = GallerySheets(theme, self)
        self.toasts = Toasts(theme, self)
        self.ring = FocusRing(theme, self)
        self.show_page("counter")

    def show_page(self, name: str) -> None:
        """Build a page when it is first wanted, and show it."""
        if name not in self._made:
            page = PAGES[name](self._theme)
            page.setProperty("kind", "page")
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setWidget(page)
            self._made[name] = area
            self._pages.addWidget(area)
        self._pages.setCurrentWidget(self._made[name])
        self.rail.select(name)
        self._page = name

    def _chosen(self, name: str) -> None:
        if name != "theme":
            self.show_page(name)
            return
        self._theme.switch(Mode.LIGHT if self._theme.dark else Mode.DARK)
        self.rail.select(self._page)


def _page_options() -> tuple[Option, ...]:
    return (
        Option("counter", _("Counter"), "scan-line"),
        Option("controls", _("Buttons"), "square-mouse-pointer"),
        Option("forms", _("Forms"), "text-cursor-input"),
        Option("lists", _("Lists"), "rows-3"),
        Option("notices", _("Notices"), "bell"),
    )
