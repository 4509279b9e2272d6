"""Sample sheets: the second factor in its states, and all keys."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from pos_app.ui.kit.banner import InlineError
from pos_app.ui.kit.buttons import Button
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.gallery_controls import METHODS
from pos_app.ui.kit.labels import Role, label
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.otp_edit import OtpEdit
from pos_app.ui.kit.section_card import SoftBox
from pos_app.ui.kit.segmented import Segmented
from pos_app.ui.kit.sheet import Sheet
from pos_app.ui.kit.shortcuts import KeysSheet
from pos_app.ui.kit.theme import Theme

_RIGHT = Qt.AlignmentFlag.AlignRight


class GallerySheets(QObject):
    """Opens the sample sheets over a window."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self.factor = Sheet(theme, host, "储值支付验证", icon="shield-check")
        self.factor.set_subtitle("王*明 · 138 **** 0217")
        self.code = OtpEdit(theme)
        self.error = InlineError(theme)
        self.factor.body.addWidget(_sum())
        self.factor.body.addWidget(Segmented(theme, METHODS))
        self.factor.body.addWidget(self.code)
        self.factor.body.addWidget(self.error)
        left = label("验证码已发送，60 秒内有效", Role.MUTED)
        self.factor.body.addLayout(row(left, None, label("42 s 后可重发", Role.MUTED)))
        self.factor.body.addLayout(self._answers(theme))
        self.keys = KeysSheet(theme, host)

    def ask(self, typed: str = "", error: str = "") -> None:
        """Open the second factor with some figures typed or an error shown."""
        self.code.reset()
        self.code.setText(typed)
        self.error.tell(error)
        if error:
            self.code.refuse()
        self.factor.open(self.code)

    def _answers(self, theme: Theme) -> QLayout:
        cancel = Button(theme, "取消  Esc")
        cancel.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        cancel.clicked.connect(self.factor.dismiss)
        confirm = CallToAction(theme, large=False)
        confirm.ready("确认扣款")
        self.factor.set_default(confirm)
        answers = row(cancel, confirm, gap=12)
        answers.setStretch(0, 2)
        answers.setStretch(1, 3)
        return answers


def _sum() -> QWidget:
    box = SoftBox()
    taken = column(label("本次扣款", Role.MUTED), label("¥269.60", Role.DUE), gap=0)
    after = column(
        None,
        label("扣款后余额", Role.MUTED, align=_RIGHT),
        label("¥998.90", Role.BOLD, align=_RIGHT),
        None,
    )
    box.setLayout(row(taken, None, after, margins=(18, 12, 18, 12)))
    return box
