"""Slips of an ordinary morning, and of an unlucky one."""

from dataclasses import replace

from pos_app.documents.slip import (
    CashGiven,
    Deduction,
    Expiring,
    Fact,
    Foot,
    Head,
    JournalPosition,
    NoticeSlip,
    Payment,
    Pockets,
    PointsMoved,
    PointsSpent,
    RefundSlip,
    SaleSlip,
    SlipLine,
    SlipMember,
    TopUpSlip,
    TrialSlip,
)
from pos_app.money import Money, Points

HEAD = Head(
    shop="徐家汇旗舰店",
    terminal="2 号台",
    cashier="0217",
    number="S20261121-0142",
    time="2026-11-21 14:35:20",
)
REPRINTED = replace(HEAD, reprinted="2026-11-22 09:01:12")
MEMBER = SlipMember(name="张䶮", phone="138****0217", tier="金卡")
FOOT = Foot(
    return_rule="凭本小票 7 日内可退换，生鲜食品除外。",
    notes=("预付卡章程及隐私政策见店内公示；投诉电话 12315。",),
    contact="客服 400-820-0000",
    position=JournalPosition("7f3a", 2, 142, "a1b2c3d4"),
    code="https://m.example.cn/r/S20261121-0142",
)

SALE = SaleSlip(
    head=HEAD,
    member=MEMBER,
    lines=(
        SlipLine("手冲咖啡豆 埃塞俄比亚 耶加雪菲 250g 浅烘焙（新产季）", 2, Money(19_600)),
        SlipLine("拿铁", 3, Money(9_600)),
        SlipLine("Organic breakfast granola with almonds", 1, Money(3_600)),
    ),
    listed=Money(32_800),
    discounts=(
        Deduction("金卡折扣 9.5 折", Money(1_640)),
        Deduction("满减券（满 200 减 30，全场通用，生日月尊享，不与其他优惠同享）", Money(3_000)),
    ),
    points_spent=PointsSpent(Points(1_200), Money(1_200)),
    rounding=Money(7),
    paid=Money(26_953),
    payments=(
        Payment("stored_value", Money(20_000), Pockets(Money(15_000), Money(5_000))),
        Payment("cash", Money(6_953)),
    ),
    cash=CashGiven(Money(10_000), Money(3_047)),
    points=PointsMoved(
        earned=Points(269),
        balance=Points(7_489),
        expiring=(Expiring(Points(1_150), "2026-12-31"),),
    ),
    balance=Pockets(Money(80_000), Money(19_890)),
    foot=FOOT,
)
WALK_IN = SaleSlip(
    head=HEAD,
    member=None,
    listed=Money(1_250),
    paid=Money(1_250),
    payments=(Payment("wechat", Money(1_250)),),
    foot=Foot(),
)
TOP_UP = TopUpSlip(
    head=HEAD,
    member=MEMBER,
    amount=Money(100_000),
    bonuses=(Deduction("充 1000 送 100", Money(10_000)),),
    payments=(Payment("alipay", Money(100_000)),),
    balance=Pockets(Money(180_000), Money(29_890)),
    foot=FOOT,
)
REFUND = RefundSlip(
    head=REPRINTED,
    original="S20261120-0099",
    reason="口味不合",
    approved_by="0101",
    member=SlipMember(name="阿依古丽·买买提江·吾斯曼😀𠮷𬭎", phone="139****0218"),
    lines=(SlipLine("拿铁", 1, Money(3_200)),),
    refunded=Money(3_200),
    payments=(Payment("card", Money(3_200)),),
    coupons_back=("满减券 满 200 减 30",),
    points=PointsMoved(returned=Points(100), taken_back=Points(32), balance=Points(-120)),
    foot=FOOT,
)
HANDOVER = NoticeSlip(
    head=HEAD,
    title="交班单",
    sections=((Fact("备用金", "¥500.00"), Fact("实点", "¥1,204.50")), (Fact("差异", "¥0.00"),)),
    signatures=("交班人", "接班人"),
    foot=Foot(),
)
TRIAL = TrialSlip(head=HEAD, paper="80 mm", printer="tcp://192.168.1.50:9100")
