"""Sample pages: buttons, pills, keypads, coupons and the fields of a form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QLineEdit, QWidget

from pos_app.ui.kit.amount_box import AmountBox
from pos_app.ui.kit.buttons import Button, Kind, icon_button
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.coupon import Coupon, CouponFace
from pos_app.ui.kit.editors import ChoiceBox, DateBox, TickBox, code_entry
from pos_app.ui.kit.field import Field, SearchBox
from pos_app.ui.kit.gallery_counter import COUPONS, TENDERS
from pos_app.ui.kit.keypad import PinPad
from pos_app.ui.kit.labels import IconTile, Kbd, Pill, Role, Tone, label
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.member_frame import Avatar, MemberFrame
from pos_app.ui.kit.otp_edit import OtpEdit
from pos_app.ui.kit.section_card import SectionCard
from pos_app.ui.kit.segmented import Segmented
from pos_app.ui.kit.tenders import TenderRow
from pos_app.ui.kit.theme import Theme

_ON_CARD = (Tone.TIER, Tone.CHIP, Tone.CHIP_WARN)
METHODS = (
    Option("sms", "短信验证码", "smartphone"),
    Option("pin", "支付密码", "lock"),
    Option("code", "扫会员动态码", "scan-qr-code"),
)


def section(theme: Theme, title: str, *items: QWidget | QLayout) -> SectionCard:
    """Return a card with things one under the other."""
    card = SectionCard(theme, title)
    for item in items:
        if isinstance(item, QWidget):
            card.body.addWidget(item)
        else:
            card.body.addLayout(item)
    card.body.addStretch(1)
    return card


def two_columns(theme: Theme, *cards: QWidget) -> QWidget:
    """Return a page of cards, two beside each other."""
    sizes = theme.density
    grid = QGridLayout()
    grid.setSpacing(sizes.gap)
    grid.setContentsMargins(sizes.pad, sizes.pad, sizes.pad, sizes.pad)
    for place, card in enumerate(cards):
        grid.addWidget(card, place // 2, place % 2)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return held(grid)


def controls_page(theme: Theme) -> QWidget:
    return two_columns(
        theme,
        section(theme, "按钮", _buttons(theme), _disabled_buttons(theme), _actions(theme)),
        section(theme, "主操作", *_calls(theme)),
        section(theme, "标签", _pills(), _keys(), _on_card(theme), _words()),
        section(theme, "支付方式与分段", _tenders(theme), Segmented(theme, METHODS)),
        section(theme, "优惠券", *_coupons(theme)),
        section(theme, "数字密码盘", PinPad(theme, "3810957264")),
    )


def forms_page(theme: Theme) -> QWidget:
    return two_columns(
        theme,
        section(theme, "金额", *_amounts(theme)),
        section(theme, "验证码", *_codes(theme)),
        section(theme, "表单", *_fields(theme)),
        section(theme, "选择", *_choices(theme)),
    )


def _buttons(theme: Theme) -> QLayout:
    return row(
        Button(theme, "查看待同步 5"),
        Button(theme, "新会员", "user-plus"),
        Button(theme, "挂单", "pause", Kind.GHOST),
        Button(theme, "退款 ¥86.00", "undo-2", Kind.DANGER),
        icon_button(theme, "x", "关闭"),
        None,
    )


def _disabled_buttons(theme: Theme) -> QLayout:
    buttons = (
        Button(theme, "重打小票", "printer"),
        Button(theme, "退款", "undo-2", Kind.DANGER),
        Button(theme, "挂单", "pause", Kind.GHOST),
    )
    for button in buttons:
        button.setEnabled(False)
    return row(*buttons, label("没有可退的订单", Role.FAINT), None)


def _actions(theme: Theme) -> QLayout:
    off = Button(theme, "退款", "undo-2", Kind.ACTION, hint="F9")
    off.setEnabled(False)
    return row(Button(theme, "充值", "wallet", Kind.ACTION, hint="F6"), off)


def _calls(theme: Theme) -> tuple[QWidget, QLayout]:
    blocked = CallToAction(theme)
    blocked.blocked("请输入金额")
    ready = CallToAction(theme)
    ready.ready("收款 ¥269.60")
    confirm = CallToAction(theme, large=False)
    confirm.ready("确认扣款")
    primary = Button(theme, "保存", "check", Kind.PRIMARY)
    return ready, column(blocked, row(primary, confirm), gap=8)


def _pills() -> QLayout:
    tones = (Tone.OK, Tone.WARN, Tone.INFO, Tone.DANGER, Tone.MUTE, Tone.GOLD)
    texts = ("已同步", "待同步", "同步 3/7", "需处理", "9.5 折", "Gold")
    pills = [Pill(text, tone) for text, tone in zip(texts, tones, strict=True)]
    return row(*pills, None)


def _keys() -> QLayout:
    return row(*[Kbd(key) for key in ("F1", "F12", "Alt+1", "Esc", "?")], None)


def _on_card(theme: Theme) -> QWidget:
    frame = MemberFrame(theme)
    texts = ("金卡会员", "Less sugar · oat latte", "3 天后生日")
    pills = [Pill(text, tone) for text, tone in zip(texts, _ON_CARD, strict=True)]
    small = Avatar(theme, "李", size=40)
    frame.setLayout(row(Avatar(theme, "王"), small, *pills, None, margins=(18, 0, 18, 0)))
    return frame


def _words() -> QLayout:
    left = Qt.AlignmentFlag.AlignLeft
    return row(
        column(label("标题 Heading", Role.H1), label("小标题 Section", Role.H2)),
        column(label("正文 Body"), label("强调 Bold", Role.BOLD)),
        column(label("次要 Muted", Role.MUTED), label("说明 Faint", Role.FAINT, align=left)),
        column(label("¥1,268.50", Role.MONEY), label("−\u2009¥30.00", Role.MINUS)),
        label("¥269.60", Role.DUE),
        None,
        gap=18,
    )


def _tenders(theme: Theme) -> QWidget:
    tenders = TenderRow(theme, TENDERS)
    tenders.select("cash")
    tenders.refuse("stored_value", "散客没有储值")
    return tenders


def _coupons(theme: Theme) -> tuple[QLayout, QLayout]:
    chosen = Coupon(theme, COUPONS[0])
    chosen.setChecked(True)
    english = CouponFace("Free", "", "One oat latte", "Eat-in · not combined", "12 days left")
    long = CouponFace("1,000", "¥", "周年庆满减大礼包优惠券", "满 20,000 元可用", "剩 3 天")
    return (
        row(chosen, Coupon(theme, COUPONS[1]), gap=12),
        row(Coupon(theme, english), Coupon(theme, long), gap=12),
    )


def _amounts(theme: Theme) -> tuple[QWidget, ...]:
    empty, typed, tally = (AmountBox(theme, "消费金额") for _ in range(3))
    typed.show_amount("999999.99")
    tally.show_amount("48")
    tally.show_tally("35.00 + 48.00 +")
    return empty, typed, tally, SearchBox(theme, "手机号 / 会员码 / 姓名拼音，或直接扫码")


def _codes(theme: Theme) -> tuple[QWidget, ...]:
    part, secret, wrong = OtpEdit(theme), OtpEdit(theme, secret=True), OtpEdit(theme)
    part.setText("4827")
    secret.setText("4827")
    wrong.refuse()
    return part, secret, wrong, held(row(IconTile(theme, "shield-check"), None))


def _fields(theme: Theme) -> tuple[QWidget, ...]:
    phone = code_entry("138 0000 0000", digits=True)
    phone.setText("13800138000")
    wrong = Field(theme, "手机号", phone)
    wrong.set_error("该手机号已是会员 王*明（金卡），请直接打开")
    off = QLineEdit("8800 2041 7731")
    off.setEnabled(False)
    name = Field(theme, "姓名", QLineEdit(), help_text="用于开票和生日礼，可以不填")
    return wrong, name, Field(theme, "卡号", off)


def _choices(theme: Theme) -> tuple[QWidget, ...]:
    reason = ChoiceBox(theme, ("quality", "商品质量"), ("wrong", "点错商品"), ("other", "其他"))
    agreed = TickBox(theme, "同意会员章程与隐私政策")
    agreed.setChecked(True)
    off = TickBox(theme, "接收营销短信")
    off.setEnabled(False)
    return (
        Field(theme, "退款原因", reason),
        Field(theme, "生日", DateBox(theme)),
        agreed,
        TickBox(theme, "自动打印小票"),
        off,
    )
