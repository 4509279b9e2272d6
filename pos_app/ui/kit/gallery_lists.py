"""Sample pages: cards, rows, tables, notices and what stands where nothing is yet."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from pos_app.money import Money
from pos_app.ui.formats import signed
from pos_app.ui.kit.banner import Banner, InlineError, Note
from pos_app.ui.kit.data_table import DataTable
from pos_app.ui.kit.gallery_controls import section, two_columns
from pos_app.ui.kit.gallery_counter import MONTHS, SALES
from pos_app.ui.kit.labels import Tone
from pos_app.ui.kit.layouts import column, held, row
from pos_app.ui.kit.mini_bars import MiniBars
from pos_app.ui.kit.placeholders import EmptyState, Skeleton
from pos_app.ui.kit.progress import ProgressLine, Steps
from pos_app.ui.kit.rows_model import Column, RowsModel
from pos_app.ui.kit.section_card import ListRow, SectionCard
from pos_app.ui.kit.theme import Theme
from pos_app.ui.kit.toasts import Toast


@dataclass(frozen=True, slots=True)
class Movement:
    at: str
    kind: str
    member: str
    amount: Money
    state: str


MOVEMENTS = (
    Movement("14:32:08", "收款", "王*明", Money(26960), "已同步"),
    Movement("14:20:51", "充值", "李*", Money(50000), "待同步"),
    Movement("13:58:40", "退款", "张*龑", Money(-8600), "失败 · 第 2 次"),
    Movement("13:41:02", "收款", "散客", Money(126850), "已同步"),
)


def lists_page(theme: Theme) -> QWidget:
    return two_columns(theme, _sales(theme), _chart(theme), _table(theme), _steps(theme))


def notices_page(theme: Theme) -> QWidget:
    pad = theme.density.pad
    banners = [Banner(theme) for _ in range(3)]
    above = column(*banners, gap=theme.density.gap, margins=(pad, pad, pad, 0))
    error = InlineError(theme)
    done = Toast(theme, "已收款 ¥269.60，正在打印", Tone.OK, "")
    undo = Toast(theme, "已移除会员 王*明", Tone.INFO, "撤销")
    waiting = Skeleton(theme, 3)
    empty = EmptyState(theme, "receipt-text", "还没有交易。扫一位会员开始。", "新会员")
    cards = two_columns(
        theme,
        section(theme, "就地提示", error, Note(theme, "余额为 14:30 数据", "clock")),
        section(theme, "浮动提示", row(done, None), row(undo, None)),
        section(theme, "加载中", waiting),
        section(theme, "空", empty),
    )
    layout = column(above, cards, gap=0)
    layout.setStretch(1, 1)
    page = held(layout)
    # Only inside a page may they appear: alone they would open windows.
    _speak(banners)
    error.tell("验证码不正确，还可尝试 2 次")
    waiting.show()
    return page


def _sales(theme: Theme) -> QWidget:
    card = SectionCard(theme, "最近交易", action="全部", icon="chevron-right")
    card.set_count("4")
    for text in SALES:
        card.body.addWidget(ListRow(theme, text))
    return card


def _chart(theme: Theme) -> QWidget:
    bars = MiniBars(theme, "近 6 月消费")
    bars.show_bars(MONTHS)
    card = SectionCard(theme, "近 6 月消费")
    card.body.addWidget(bars, 1)
    return card


def _table(theme: Theme) -> QWidget:
    model: RowsModel[Movement] = RowsModel(
        (
            Column("时间", _at),
            Column("类型", _kind),
            Column("会员", _member),
            Column("金额", _amount, numeric=True),
            Column("状态", _state),
        )
    )
    model.show_rows(MOVEMENTS)
    table: DataTable[Movement] = DataTable(theme, model, "流水")
    table.selectRow(1)
    card = SectionCard(theme, "流水")
    card.body.addWidget(table, 1)
    return card


def _at(movement: Movement) -> str:
    return movement.at


def _kind(movement: Movement) -> str:
    return movement.kind


def _member(movement: Movement) -> str:
    return movement.member


def _amount(movement: Movement) -> str:
    return signed(movement.amount)


def _state(movement: Movement) -> str:
    return movement.state


def _steps(theme: Theme) -> QWidget:
    steps = Steps(theme, ("检查待上传", "盲点现金", "核对差额", "各类合计", "签名"))
    steps.go_to(2)
    line = ProgressLine(theme, "上传进度")
    line.show_share(4300)
    barely = ProgressLine(theme, "上传进度")
    barely.show_share(50)
    return section(theme, "步骤与进度", steps, line, barely)


def _speak(banners: list[Banner]) -> None:
    offline, failed, unknown = banners
    offline.tell(
        Tone.WARN,
        "已切换离线模式，收银可继续",
        "储值可用到本店预留额度；消费、积分会先存本机，恢复后自动上传。余额为 14:30 数据。",
        action="查看待同步 5",
        icon="cloud-off",
    )
    failed.tell(Tone.DANGER, "2 笔需处理", "券已在徐汇店 14:20 使用。", action="处理")
    unknown.tell(Tone.INFO, "结果未知，正在核对，请勿重复收款")
