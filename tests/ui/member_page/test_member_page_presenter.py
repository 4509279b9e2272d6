"""Everything about a member: figures that belong together."""

import contextlib

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger import members, refunds
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk
from pos_app.ledger.rules.holder import Birthday
from pos_app.money import Money, Points
from pos_app.ui.member_page.presenter import MemberPagePresenter
from tests.fakes import FakeClock
from tests.shop import Shop, intent
from tests.ui.member_page.conftest import Desk, Ways
from tests.ui.parts.at_the_till import Late, manager_at, sell


def test_who_it_is_stands_on_the_left_masked(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)

    who = desk.state.identity
    assert who is not None
    assert (who.name, who.phone, who.standing) == ("王**", "138****0217", "In good standing")
    assert who.tags == ("Birthday in 3 days", "New")
    assert who.note == "less sugar"
    facts = {fact.label: fact.value for fact in who.facts}
    assert facts["Birthday"] == "06-18"
    assert facts["Payment PIN"] == "Set"


def test_balance_and_points_are_split(desk: Desk, member: MemberId) -> None:
    sell(desk.shop, member)
    desk.page.open(member)

    overview = desk.state.overview
    assert overview is not None
    assert [fact.value for fact in overview.balance] == ["¥585.00", "¥500.00", "¥85.00"]
    assert overview.points[1].label == "Until 2028-06-30"
    assert overview.lots[0].cells[1] == "¥500 +\u2009¥85.00"
    assert len(overview.months) == 12
    assert overview.months[-1].label == "Jun"
    assert overview.months[-1].text == "¥106"


def test_every_change_of_money_and_points_has_its_line(desk: Desk, member: MemberId) -> None:
    sell(desk.shop, member)
    desk.page.open(member)

    assert desk.state.value[0].cells[1:] == ("Top-up", "+\u2009500.00", "+\u200985.00", "585.00")
    assert desk.state.points[0].cells[1] == "Sale"
    assert desk.state.orders[0].cells[2] == "¥106.00"


def test_the_tier_shows_its_arithmetic(desk: Desk, member: MemberId) -> None:
    sell(desk.shop, member)
    desk.page.open(member)

    tier = desk.state.tier
    assert tier is not None
    assert tier.facts[0].value == "¥106.00"
    assert tier.missing == "¥4,894.00 or 979 growth to 银卡会员"
    assert [step.present for step in tier.steps] == [True, False, False, False]
    assert tier.steps[1].needs == "¥5,000 or 1,000 growth"


def test_the_highest_tier_has_nothing_above_it(desk: Desk, member: MemberId) -> None:
    sell(desk.shop, member, Line("钻戒", Money(6_000_000)))
    desk.page.open(member)

    tier = desk.state.tier
    assert tier is not None
    assert tier.missing == "The highest tier."
    assert tier.progress_bp == 10_000


def test_a_member_who_told_nothing_is_shown_so(desk: Desk) -> None:
    bare = members.register(
        desk.shop.ledger,
        NewMember(phone="13912340001", consents=Consents("2026-11")),
        operator=desk.shop.manager,
        intent=intent(),
    ).id

    desk.page.open(bare)

    who = desk.state.identity
    assert who is not None
    assert who.name == "Without a name"
    assert {fact.label: fact.value for fact in who.facts}["Payment PIN"] == "Not set"
    assert desk.state.coupons == ()


def test_a_lunar_birthday_and_a_long_absence_are_named(desk: Desk, clock: FakeClock) -> None:
    new = NewMember("13912340001", Consents("2026-11"), birthday=Birthday(1, 2, lunar=True))
    shop = desk.shop
    member = members.register(shop.ledger, new, operator=shop.manager, intent=intent()).id
    sell(shop, member)
    clock.go(days=63)

    desk.page.open(member)

    who = desk.state.identity
    assert who is not None
    assert who.tags == ("Asleep for 63 days",)
    assert {fact.label: fact.value for fact in who.facts}["Birthday"] == "01-02 (lunar)"


def test_the_birthday_itself_is_named(desk: Desk, member: MemberId, clock: FakeClock) -> None:
    clock.go(days=3)

    desk.page.open(member)

    assert desk.state.identity is not None
    assert "Birthday today" in desk.state.identity.tags


def test_tabs_turn(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)

    desk.page.choose_tab("tier")

    assert desk.state.tab == "tier"


def test_the_page_leads_on(desk: Desk, member: MemberId) -> None:
    for go in (desk.page.serve, desk.page.top_up, desk.page.refund, desk.page.journal):
        go()
    desk.page.open(member)

    for go in (desk.page.serve, desk.page.top_up, desk.page.refund, desk.page.journal):
        go()
    desk.page.close()

    assert desk.ways.serve == desk.ways.top_up == desk.ways.refund == [member]
    assert desk.ways.journal == [(member, "王**")]
    assert desk.ways.closed == [True]
    assert desk.page.member == member


def test_an_unknown_member_is_said_so(desk: Desk) -> None:
    desk.page.open(MemberId(desk.shop.manager))

    assert desk.state.problem
    assert desk.state.identity is None


def test_a_late_answer_about_one_member_never_paints_over_another(
    shop: Shop, member: MemberId
) -> None:
    late = Late()
    who = manager_at(shop)
    page = MemberPagePresenter(shop.ledger, late, lambda: who, Ways().exits())
    page.open(MemberId(shop.manager))

    page.open(member)
    late.let_through()

    assert page.shown.state.identity is not None
    assert page.shown.state.problem == ""


def test_a_locked_pin_is_shown(desk: Desk, member: MemberId) -> None:
    for _attempt in range(5):
        with contextlib.suppress(PosError):
            desk.shop.evidence(member, Money(100), intent(), pin="000000")

    desk.page.open(member)

    assert desk.state.identity is not None
    facts = {fact.label: fact.value for fact in desk.state.identity.facts}
    assert facts["Payment PIN"] == "Locked"


def test_points_owed_are_shown_in_red(desk: Desk, member: MemberId) -> None:
    sale = sell(desk.shop, member, Line("燕麦拿铁", Money(50_000)))
    basket = Basket((Line("燕麦拿铁", Money(100_000)),))
    spend = Order(basket, points=Points(500), tenders=(TenderAsk(Tender.WECHAT),))
    later = sell(desk.shop, member, order=spend)
    for gone in (later, sale):
        plan = refunds.plan(desk.shop.ledger, gone.stamp.event_id, None)
        wish = refunds.Refund(
            gone.stamp.event_id, None, plan, "quality", desk.shop.manager, intent()
        )
        refunds.refund(desk.shop.ledger, wish)

    desk.page.open(member)

    assert desk.state.overview is not None
    assert desk.state.overview.points[0].label == "Points"


def test_two_members_in_a_row_leave_the_second(shop: Shop, member: MemberId) -> None:
    late = Late()
    who = manager_at(shop)
    page = MemberPagePresenter(shop.ledger, late, lambda: who, Ways().exits())
    page.open(shop.member("13912340001", name="李雷"))

    page.open(member)
    late.let_through()

    assert page.shown.state.identity is not None
    assert page.shown.state.identity.name == "王**"
