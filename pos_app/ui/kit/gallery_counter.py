"""The counter, put together from the kit with sample texts, to be held against the design."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui.kit.amount_box import AmountBox
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.call_to_action import CallToAction
from pos_app.ui.kit.choices import Option
from pos_app.ui.kit.coupon import Coupon, CouponFace
from pos_app.ui.kit.field import SearchBox
from pos_app.ui.kit.keypad import Keypad
from pos_app.ui.kit.labels import Elided, Icon, Pill, Role, Tone, label
from pos_app.ui.kit.layouts import column, held, row, rule, upright_rule
from pos_app.ui.kit.member_frame import Avatar, MemberFrame, Stat
from pos_app.ui.kit.mini_bars import Bar, MiniBars
from pos_app.ui.kit.progress import ProgressLine
from pos_app.ui.kit.section_card import FigureRow, ListRow, RowText, SectionCard
from pos_app.ui.kit.tenders import TenderRow
from pos_app.ui.kit.theme import Theme

RIGHT = Qt.AlignmentFlag.AlignRight

COUPONS = (
    CouponFace("30", "¥", "满减券", "满 200 元可用", "今日 23:59 到期", hot=True, hotkey="Alt+1"),
    CouponFace(
        "8.8", "折", "生日专享", "饮品类 · 最高减 50", "", reason="11-24 起可用", hotkey="Alt+2"
    ),
    CouponFace("免", "单", "燕麦拿铁一杯", "限堂食 · 不可叠加", "剩 12 天", hotkey="Alt+3"),
    CouponFace("15", "¥", "无门槛券", "全场可用", "剩 30 天", hotkey="Alt+4"),
)
TENDERS = (
    Option("stored_value", "储值", "wallet", "Ctrl+1"),
    Option("wechat", "微信", "message-circle", "Ctrl+2"),
    Option("alipay", "支付宝", "scan-qr-code", "Ctrl+3"),
    Option("cash", "现金", "banknote", "Ctrl+4"),
    Option("card", "银行卡", "credit-card", "Ctrl+5"),
)
SALES = (
    RowText("coffee", "燕麦拿铁 等 3 件", "今天 09:12 · 储值", "已同步", Tone.OK, "−\u2009¥86.00"),
    RowText("wallet", "储值充值", "11-18 19:40 · 微信", "已同步", Tone.OK, "+\u2009¥500.00"),
    RowText(
        "croissant", "可颂 等 2 件", "11-16 08:55 · 现金", "待同步", Tone.WARN, "−\u2009¥52.00"
    ),
    RowText("gift", "积分兑换 马克杯", "11-09 17:21 · 积分", "已同步", Tone.OK, "−\u20093,000 分"),
)
MONTHS = (
    Bar("6月", 320, "¥320"),
    Bar("7月", 410, "¥410"),
    Bar("8月", 280, "¥280"),
    Bar("9月", 520, "¥520"),
    Bar("10月", 460, "¥460"),
    Bar("11月", 610, "¥610"),
)


def counter_page(theme: Theme) -> QWidget:
    """Return main area and checkout panel, as the pictures show them."""
    layout = row(held(_main(theme)), _panel(theme), gap=0)
    layout.setStretch(0, 1)
    return held(layout)


def _main(theme: Theme) -> QLayout:
    sizes = theme.density
    search = SearchBox(theme, "手机号 / 会员码 / 姓名拼音，或直接扫码")
    who = column(
        label("林晓雯 · 0217", Role.BOLD, align=RIGHT),
        label("徐家汇店 3 号机 · 早班 08:58", Role.FAINT, align=RIGHT),
        gap=1,
    )
    top = row(search, Button(theme, "新会员", "user-plus", Kind.TALL), 4, who, gap=10)
    actions = row(
        Button(theme, "充值", "wallet", Kind.ACTION, hint="F6"),
        Button(theme, "积分兑换", "gift", Kind.ACTION, hint="F7"),
        Button(theme, "退款", "undo-2", Kind.ACTION, hint="F9"),
        Button(theme, "会员详情", "id-card", Kind.ACTION, hint="F10"),
        gap=sizes.gap - 2,
    )
    auto = Pill("已自动选最优组合，省 ¥58.40", Tone.OK)
    title = row(label("可用优惠券", Role.H2), Pill("4"), None, auto, gap=8)
    lower = row(_recent(theme), _insights(theme), gap=sizes.gap)
    lower.setStretch(0, 3)
    lower.setStretch(1, 2)
    pad = sizes.pad
    margins = (pad + 2, pad - 2, pad + 2, pad)
    layout = column(
        top, _member(theme), actions, title, _coupons(theme), lower, gap=sizes.gap, margins=margins
    )
    layout.setStretch(5, 1)
    return layout


def _member(theme: Theme) -> QWidget:
    frame = MemberFrame(theme)
    name = row(label("王*明", Role.NAME), Pill("金卡会员", Tone.TIER), None, gap=10)
    reveal = Icon(theme, "eye", "on_card2", 18)
    phone = row(label("138 **** 0217", Role.CARD_CAPTION), reveal, None)
    number = label("No. 8800 2041 7731", Role.CARD_CAPTION)
    person = column(None, name, phone, number, None, gap=3)
    stats = row(row(Avatar(theme, "王"), person, gap=14), gap=0)
    stats.setStretch(0, 5)
    for stat, stretch in zip(_stats(theme), (4, 3, 3), strict=True):
        stats.addWidget(upright_rule())
        stats.addSpacing(14)
        stats.addWidget(stat, stretch)
    progress = ProgressLine(theme, "距铂金卡还差 ¥1,580", on_card=True)
    progress.show_share(6800)
    foot = row(
        Icon(theme, "crown", "card_gold", 17),
        label("距铂金卡还差 ¥1,580", Role.CARD_CAPTION),
        progress,
        Pill("3 天后生日", Tone.CHIP_WARN),
        Pill("9.5 折", Tone.CHIP),
        Pill("少糖 · 常点燕麦拿铁", Tone.CHIP),
    )
    layout = column(stats, foot, gap=6, margins=(18, 16, 18, 14))
    layout.setStretch(0, 1)
    frame.setLayout(layout)
    return frame


def _stats(theme: Theme) -> tuple[Stat, Stat, Stat]:
    balance = Stat(theme, "wallet", "储值余额")
    balance.show_value("¥1,268.50", "本金 1,000 · 赠 268.50")
    points = Stat(theme, "coins", "可用积分")
    points.show_value("8,420", "约抵 ¥84.20")
    coupons = Stat(theme, "ticket-percent", "优惠券")
    coupons.show_value("4 张", "1 张今日到期", warns=True)
    return balance, points, coupons


def _coupons(theme: Theme) -> QHBoxLayout:
    layout = row(gap=theme.density.gap)
    for face in COUPONS[: 3 if theme.density.name == "compact" else 4]:
        coupon = Coupon(theme, face)
        coupon.setChecked(face.hot)
        layout.addWidget(coupon)
    return layout


def _recent(theme: Theme) -> QWidget:
    card = SectionCard(theme, "最近交易", action="全部")
    for place, text in enumerate(SALES[: 3 if theme.density.name == "compact" else 4]):
        if place:
            card.body.addWidget(rule())
        card.body.addWidget(ListRow(theme, text), 1)
    card.body.setSpacing(0)
    return card


def _insights(theme: Theme) -> QWidget:
    card = SectionCard(theme, "近 6 月消费")
    card.head.addWidget(Pill("客单 ¥78"))
    card.body.addWidget(Elided("到店 33 次 · 上次 今天 09:12", Role.MUTED))
    bars = MiniBars(theme, "近 6 月消费")
    bars.show_bars(MONTHS)
    card.body.addWidget(bars, 1)
    return card


def _panel(theme: Theme) -> QWidget:
    sizes = theme.density
    panel = QFrame()
    panel.setProperty("kind", "panel")
    panel.setFixedWidth(sizes.panel)
    panel.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
    hold = Button(theme, "挂单", "pause", Kind.GHOST)
    clear = Button(theme, "清空", "trash-2", Kind.GHOST)
    head = row(label("本单收款", Role.H2), Pill("#0142"), None, hold, clear, gap=6)
    tenders = TenderRow(theme, TENDERS)
    tenders.select("stored_value")
    pay = CallToAction(theme)
    pay.ready("收款 ¥269.60")
    amount, keypad = _amount_and_keys(theme)
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(sizes.pad + 2, sizes.pad - 6, sizes.pad + 2, sizes.pad)
    layout.setSpacing(sizes.gap - 3)
    layout.addLayout(head)
    layout.addWidget(amount)
    layout.addLayout(_bill())
    layout.addWidget(tenders)
    layout.addWidget(keypad, 1)
    layout.addWidget(pay)
    return panel


def _amount_and_keys(theme: Theme) -> tuple[AmountBox, Keypad]:
    amount = AmountBox(theme, "消费金额")
    amount.show_amount("328.00")
    keypad = Keypad(theme)
    keypad.digit.connect(amount.put)
    keypad.erased.connect(amount.erase)
    keypad.cleared.connect(amount.wipe)
    return amount, keypad


def _bill() -> QVBoxLayout:
    lines = (
        ("金卡折扣", "−\u2009¥16.40", "9.5 折"),
        ("优惠券", "−\u2009¥30.00", "满 200 减 30"),
        ("积分抵扣", "−\u2009¥12.00", "1,200 分"),
    )
    layout = column(gap=5)
    for caption, figure, badge in lines:
        line = FigureRow(caption)
        line.show_figure(figure, badge, Role.MINUS)
        layout.addWidget(line)
    saved = label("已优惠 ¥58.40 · 得 269 分", Role.MUTED)
    words = column(None, label("应收", Role.BOLD), saved, None, gap=0)
    layout.addSpacing(3)
    layout.addWidget(rule())
    layout.addLayout(row(words, None, label("¥269.60", Role.DUE)))
    return layout
