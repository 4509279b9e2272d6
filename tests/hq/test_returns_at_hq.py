"""Returns at HQ: points, payouts, gifts and coupons worked out again."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pos_app.ids import CouponId, EventId, MemberId, new_id
from pos_app.ledger import refunds
from pos_app.ledger.coupon_issue import issue
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.programme import parse_programme
from pos_app.ledger.rules.refund import RefundPlan
from pos_app.ledger.rules.refund_gifts import GiftEnd
from pos_app.money import Points
from pos_hq import exceptions
from pos_hq.hq import Hq
from pos_hq.store.bulk import fetch
from pos_hq.verification import verify
from tests.fakes import FakeClock
from tests.hq.desk import Author, Till, author, balance, opened, till
from tests.ledger.till_hand import STORED, WECHAT, by, give_back, goods, sell
from tests.shop import DEFAULT_PROGRAMME, intent

RULES = parse_programme(DEFAULT_PROGRAMME.read_bytes())
EXPIRY = "2028-06-30"
ORDER: dict[str, Any] = {
    "externals": [{"tender": "wechat", "amount": 10_000}],
    "eligible": 10_000,
    "earned": {"expires_on": EXPIRY, "points": 100, "growth": 20},
}
RETURN: dict[str, Any] = {
    "legs": {"external": [{"tender": "wechat", "amount": 10_000}]},
    "sold_on": "2026-06-15",
    "taken_back": {"spend": 10_000, "points": 100, "growth": 20},
}


@pytest.fixture
def clerk(desk: Hq) -> Author:
    return author(desk)


def order(till: Author, member: str, **body: object) -> bytes:
    moves = [
        ["tender:S001:wechat", "sales:S001", "CNY", 10_000],
        ["pts_issued", f"hold:PTS:{member}:{EXPIRY}", "PTS", 100],
    ]
    whole = {**copy.deepcopy(ORDER), **body}
    return till.write("SALE", whole, moves, member=member, rules=RULES.version)


def refund(
    till: Author, member: str, of: bytes, *, out: int = 10_000, points: int = 100, **body: object
) -> None:
    moves = [["sales:S001", "tender:S001:wechat", "CNY", out]]
    if points:
        moves += [[f"hold:PTS:{member}:{EXPIRY}", "pts_issued", "PTS", points]]
    taken = {**RETURN["taken_back"], "points": points}
    whole = {**RETURN, "taken_back": taken, **body}
    till.write("REFUND", whole, moves, member=member, of=of, rules=RULES.version)


def composite(one: Till) -> tuple[MemberId, SaleReceipt]:
    """Sell the order of the worked examples to a member of this till."""
    shop = one.shop
    member = shop.member()
    shop.top_up(member, 10_000)
    sell(shop, goods(11_500, tenders=by(STORED)), member)
    shop.top_up(member, 50_000)
    sell(shop, goods(190_000), member)
    sell(shop, goods(80_000), member)
    issue(shop.ledger, member, "M300-50", operator=shop.manager, intent=intent())
    wanted = goods(19_900, (4_300, 3), 5_990, tenders=by((STORED, 20_000), WECHAT))
    return member, sell(shop, replace(wanted, points=Points(2_600)), member)


def test_hq_finds_nothing_wrong_with_a_composite_order_that_comes_back_in_parts(
    desk: Hq, tmp_path: Path, clock: FakeClock
) -> None:
    with till(desk, tmp_path / "till", clock) as one:
        _, sale = composite(one)
        backs = [give_back(one.shop, sale, frozenset(some)) for some in ({1, 2}, {3, 4})]
        clock.at += timedelta(days=40)
        backs.append(give_back(one.shop, sale))

        one.push()

        assert opened(desk) == []
        assert [back.clawback.minor for back in backs] == [64, 77, 149]
        with desk.read() as book:
            (stands,) = fetch(
                book,
                "SELECT stands_points, stands_growth FROM sale WHERE event_id = ?",
                sale.stamp.event_id.bytes,
            )
            (coupon,) = fetch(book, "SELECT valid_until FROM coupon")
        assert tuple(stands) == (0, 0)
        assert coupon[0] == (one.shop.ledger.today() + timedelta(days=7)).isoformat()
        assert verify(desk).fault is None


def test_spent_points_are_owed_at_hq_as_at_the_till(
    desk: Hq, tmp_path: Path, clock: FakeClock
) -> None:
    with till(desk, tmp_path / "till", clock) as one:
        member = one.shop.member()
        first = sell(one.shop, goods(50_000), member)
        sell(one.shop, replace(goods(40_000), points=first.earned), member)
        back = give_back(one.shop, first)

        one.push()

        assert opened(desk) == []
        assert back.debt > Points()
        assert balance(desk, f"debt:PTS:{member.hex}", "PTS") == -back.debt.minor


def test_points_that_a_return_leaves_are_corrected_at_hq(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    refund(clerk, member, order(clerk, member), points=30)

    clerk.push()

    assert sorted(opened(desk)) == ["AVAIL_SHORT", "POINTS_RULE_DIFF"]
    assert balance(desk, f"avail:PTS:{member}:{EXPIRY}", "PTS") == -70
    assert verify(desk).fault is None


def test_a_payout_that_the_rules_do_not_give_is_told_and_booked(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    gifts = [{"coupon": new_id().hex, "template": "G200", "value": 4_000, "end": "kept"}]
    refund(clerk, member, order(clerk, member), gifts_due=gifts, deducted_for_gifts=4_000)

    clerk.push()

    (case,) = exceptions.open_ones(desk)
    assert (case.type, case.amount) == ("REFUND_DIFF", 4_000)
    assert (case.here, case.there) == ({"external": 6_000}, {"external": 10_000})
    assert balance(desk, "sales:S001") == 0


def test_points_are_only_paid_for_where_the_programme_says_so(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    sale = order(clerk, member)
    refund(clerk, member, sale, out=9_900, points=100, deducted_for_points=100)

    clerk.push()

    assert sorted(opened(desk)) == ["POINTS_RULE_DIFF", "REFUND_DIFF"]


def test_a_waived_gift_is_told_to_hq(desk: Hq, tmp_path: Path, clock: FakeClock) -> None:
    with till(desk, tmp_path / "till", clock) as one:
        shop = one.shop
        member = shop.member()
        held = issue(shop.ledger, member, "G200", operator=shop.manager, intent=intent())
        sale = sell(shop, goods(12_000, 12_000), member).stamp.event_id
        shown = waiving(one, sale, held)
        wish = refunds.Refund(sale, frozenset({0}), shown, "quality", shop.manager, intent())
        refunds.refund(shop.ledger, replace(wish, waiver="goodwill"))

        one.push()

        (case,) = exceptions.open_ones(desk)
        assert (case.type, case.amount) == ("GIFT_WAIVED", 5_000)


def waiving(one: Till, sale: EventId, held: CouponId) -> RefundPlan:
    ends = {held: GiftEnd.WAIVED}
    return refunds.plan(one.shop.ledger, sale, frozenset({0}), ends)


@pytest.mark.parametrize("told", ["2026-06-30", "2027-06-30"])
def test_the_last_day_of_a_coupon_issued_anew_is_hqs_own(
    desk: Hq, clerk: Author, told: str
) -> None:
    member, coupon = clerk.member(), new_id().hex
    dates = {"valid_from": "2026-05-01", "valid_until": "2026-06-10"}
    body = {"coupon": coupon, "template": "M300-50", **dates}
    clerk.write("COUPON_ISSUE", body, [], member=member)
    back = [{"coupon": coupon, "template": "M300-50", "valid_until": told}]
    refund(clerk, member, order(clerk, member), coupons_back=back)

    clerk.push()

    with desk.read() as book:
        (kept,) = fetch(book, "SELECT valid_until FROM coupon")
    assert kept[0] == "2026-06-22"
    assert opened(desk) == ["REFUND_DIFF"]
