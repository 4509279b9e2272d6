"""Each figure of a member leads to lots, batches and coupons, and to the events behind them."""

from dataclasses import replace

import pytest

from pos_app.ids import MemberId
from pos_app.ledger import coupon_issue, origins
from pos_app.ledger.origins import Figure
from pos_app.ledger.rules.basket import Tender
from pos_app.money import Points
from pos_app.ui.member_page.presenter import MemberPagePresenter
from pos_app.ui.member_page.state import Derivation
from tests.ledger import till_hand
from tests.shop import Shop, intent
from tests.ui.checkout.far_hq import belongs_to_hq, coupon, hq_tells, points, value
from tests.ui.member_page.conftest import Desk
from tests.ui.parts.at_the_till import Late, sell


def opened(desk: Desk) -> Derivation:
    assert desk.state.derivation is not None
    return desk.state.derivation


def cells(desk: Desk) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in row.cells) for row in opened(desk).rows]


STORED = Tender.STORED_VALUE


def test_a_balance_is_led_back_to_its_top_ups_and_their_events(
    desk: Desk, shop: Shop, member: MemberId
) -> None:
    shop.top_up(member, 10_000)
    sell(shop, member, tender=STORED)
    desk.page.open(member)

    desk.page.explain_value()

    assert desk.state.overview is not None
    balance = desk.state.overview.balance[0].value
    rows = cells(desk)
    assert opened(desk).title == "Where the balance comes from"
    assert opened(desk).summary == f"Stored value {balance}"
    assert opened(desk).problem == ""
    headings = [row for row in rows if not row[1]]
    assert [row[0] for row in headings] == ["Top-up of 2026-06-15", "Top-up of 2026-06-15"]
    assert rows[1][1:] == ("Top-up", "+\u2009¥585.00 (bonus ¥85.00)", "¥585.00")
    assert rows[2][1] == "Sale"
    assert rows[2][3] == headings[0][3]


def test_an_event_is_opened_in_the_journal(desk: Desk, member: MemberId) -> None:
    desk.page.open(member)
    desk.page.explain_value()
    event = next(row.key for row in opened(desk).rows if row.key)

    desk.page.open_event(event)

    assert desk.ways.event == [(member, "王**", event)]
    assert desk.state.derivation is None


def test_points_are_led_back_batch_by_batch(desk: Desk, shop: Shop, member: MemberId) -> None:
    sell(shop, member)
    desk.page.open(member)

    desk.page.explain_points()

    rows = cells(desk)
    assert rows[0][0] == "Until 2028-06-30"
    assert rows[1][1] == "Sale"
    assert rows[0][3] == rows[1][3]
    assert opened(desk).summary == f"Points {rows[0][3]}"


def test_points_that_are_owed_stand_beside_those_held(
    desk: Desk, shop: Shop, member: MemberId
) -> None:
    first = till_hand.sell(shop, till_hand.amount(50_000), member)
    till_hand.sell(shop, replace(till_hand.amount(4_000), points=Points(1_000)), member)
    till_hand.give_back(shop, first)
    desk.page.open(member)

    desk.page.explain_points()

    assert desk.state.overview is not None
    owed = next(one for one in desk.state.overview.points if one.label == "Points owed")
    assert opened(desk).summary == f"Points 0 · Points owed {owed.value}"
    assert (cells(desk)[0][0], cells(desk)[0][3]) == ("Points owed", owed.value)
    assert opened(desk).problem == ""


def test_coupons_are_led_back_to_where_they_were_issued(
    desk: Desk, shop: Shop, member: MemberId
) -> None:
    coupon_issue.issue(shop.ledger, member, "M300-50", operator=shop.manager, intent=intent())
    desk.page.open(member)

    desk.page.explain_coupons()

    rows = cells(desk)
    assert [row[0] for row in rows if not row[1]] == [ticket.title for ticket in desk.state.coupons]
    assert "Coupon issued" in [row[1] for row in rows]


def test_what_lies_at_hq_belongs_to_the_figure_while_hq_can_be_reached(
    desk: Desk, shop: Shop, member: MemberId
) -> None:
    belongs_to_hq(shop)
    hq_tells(shop, member, *value(80_000, 12_350), points(8_420), coupon())
    shop.ledger.online = True
    desk.page.open(member)

    desk.page.explain_value()
    online = (opened(desk).summary, [row[1] for row in cells(desk)])
    desk.page.explain_coupons()
    far = [row[0] for row in cells(desk)]
    shop.ledger.online = False
    desk.page.explain_value()

    assert online[0] == "Stored value ¥1,508.50"
    assert "Free at HQ" in online[1]
    assert len(far) == 2
    assert opened(desk).summary == "Stored value ¥585.00"
    assert opened(desk).problem == ""


def test_a_balance_that_no_event_explains_is_named(
    desk: Desk, shop: Shop, member: MemberId
) -> None:
    with shop.ledger.write() as book:
        book.execute(
            "UPDATE balance SET amount = amount + 100 WHERE account ="
            " (SELECT id FROM account WHERE member = ? AND pocket = 'P')",
            (member.bytes,),
        )
    desk.page.open(member)

    desk.page.explain_value()

    assert opened(desk).problem.startswith("¥1.00 of this is not explained")


@pytest.mark.parametrize("figure", list(Figure))
def test_nothing_leads_back_to_nothing(shop: Shop, figure: Figure) -> None:
    found = origins.origins(shop.ledger, shop.member(), figure)

    assert (found.shown, found.parts, found.difference) == (0, (), 0)


def test_without_a_member_nothing_is_explained(desk: Desk) -> None:
    desk.page.explain_value()
    desk.page.open_event("1")

    assert desk.state.derivation is None
    assert desk.ways.event == []


def test_an_answer_about_another_member_is_dropped(
    desk: Desk, shop: Shop, member: MemberId
) -> None:
    late = Late()
    page = MemberPagePresenter(shop.ledger, late, lambda: desk.who, desk.ways.exits())
    page.open(member)
    late.let_through()

    page.explain_value()
    page.open(shop.member("13900000001"))
    late.let_through()

    assert page.shown.state.derivation is None
