"""The page about a member whose rights lie here and at HQ."""

from pos_app.ids import MemberId
from tests.shop import Shop
from tests.ui.checkout.far_hq import belongs_to_hq, coupon, hq_tells, points, value
from tests.ui.member_page.conftest import Desk


def told(shop: Shop, member: MemberId, *, online: bool) -> None:
    belongs_to_hq(shop)
    hq_tells(shop, member, *value(80_000, 12_350), points(8_420), coupon())
    shop.ledger.online = online


def test_online_every_figure_is_the_total(desk: Desk, shop: Shop, member: MemberId) -> None:
    told(shop, member, online=True)

    desk.page.open(member)

    overview = desk.state.overview
    assert overview is not None
    assert [fact.value for fact in overview.balance] == ["¥1,508.50", "¥1,300.00", "¥208.50"]
    assert [row.cells[2] for row in overview.lots] == ["¥800.00", "¥500.00"]
    assert overview.points[0].value == "8,420"
    assert [ticket.reason for ticket in desk.state.coupons] == [""]


def test_offline_what_is_usable_here_stands_apart_from_the_total(
    desk: Desk, shop: Shop, member: MemberId
) -> None:
    told(shop, member, online=False)

    desk.page.open(member)

    overview = desk.state.overview
    assert overview is not None
    first, last = overview.balance[0], overview.balance[-1]
    assert (first.label, first.value) == ("Usable here", "¥585.00")
    assert (last.label, last.value, last.note) == ("Balance in all", "¥1,508.50", "as of 12:00")
    assert [fact.value for fact in overview.points[:2]] == ["0", "8,420"]
    assert [row.cells[2] for row in overview.lots] == ["¥500.00"]
    assert [ticket.reason for ticket in desk.state.coupons] == ["At HQ, online only"]
