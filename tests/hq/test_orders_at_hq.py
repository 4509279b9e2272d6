"""Orders at HQ: points worked out again, returns held against what was paid."""

import copy
from pathlib import Path
from typing import Any

import pytest

from pos_app.ids import new_id
from pos_app.ledger import refunds, sales
from pos_app.ledger.counter import price
from pos_app.ledger.rules.basket import Order, Tender, TenderAsk, amount_only
from pos_app.ledger.rules.programme import parse_programme
from pos_app.money import Money
from pos_hq import exceptions
from pos_hq.hq import Hq
from pos_hq.store import member_rows
from pos_hq.store.bulk import fetch
from pos_hq.verification import verify
from tests.fakes import FakeClock
from tests.hq.desk import Author, author, balance, opened, till
from tests.shop import DEFAULT_PROGRAMME, intent

RULES = parse_programme(DEFAULT_PROGRAMME.read_bytes())
EXPIRY = "2028-06-30"
ORDER: dict[str, Any] = {
    "coupons": [],
    "externals": [{"tender": "wechat", "amount": 10_000}],
    "principal": 0,
    "bonus": 0,
    "points": 0,
    "eligible": 10_000,
    "earned": {
        "multiplier": 10_000,
        "reason": "",
        "expires_on": EXPIRY,
        "points": 100,
        "pending": 0,
        "growth": 20,
    },
}


@pytest.fixture
def clerk(desk: Hq) -> Author:
    return author(desk)


def order(
    till: Author, member: str, *, points: int = 100, rules: str = RULES.version, **earned: object
) -> bytes:
    """Write an order of 100 yuan that claims to have earned so many points."""
    body = copy.deepcopy(ORDER)
    body["earned"].update({"points": points, **earned})
    moves = [
        ["tender:S001:wechat", "sales:S001", "CNY", 10_000],
        ["pts_issued", f"hold:PTS:{member}:{EXPIRY}", "PTS", points],
    ]
    return till.write("SALE", body, moves, member=member, rules=rules)


def refund(till: Author, member: str, of: bytes, fen: int, known: int | None = None) -> None:
    """Write a return of so many fen, of which HQ can know of `known`."""
    lost = fen if known is None else known
    legs = {"external": [{"tender": "wechat", "amount": fen}], "principal": 0, "bonus": 0}
    body = {
        "legs": legs,
        "points": 0,
        "coupons_back": [],
        "sold_on": "2026-06-15",
        "taken_back": {"spend": fen, "points": lost // 100, "pending": 0, "growth": lost // 500},
    }
    moves = [["sales:S001", "tender:S001:wechat", "CNY", fen]]
    if lost:
        moves += [[f"hold:PTS:{member}:{EXPIRY}", "pts_issued", "PTS", lost // 100]]
    till.write("REFUND", body, moves, member=member, of=of)


def test_an_order_by_the_rules_is_no_exception(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    order(clerk, member)

    clerk.push()

    assert opened(desk) == []
    assert balance(desk, f"hold:{clerk.place}:PTS:{member}:{EXPIRY}", "PTS") == 100


@pytest.mark.parametrize(("claimed", "difference"), [(80, 20), (170, -70)])
def test_points_that_the_rules_do_not_give_are_corrected_at_hq(
    desk: Hq, clerk: Author, claimed: int, difference: int
) -> None:
    member = clerk.member()
    order(clerk, member, points=claimed)

    clerk.push()

    told = {case.type: case.amount for case in exceptions.open_ones(desk)}
    assert told["POINTS_RULE_DIFF"] == abs(difference)
    assert balance(desk, f"avail:PTS:{member}:{EXPIRY}", "PTS") == difference
    assert balance(desk, "adjust:points", "PTS") == -difference
    assert verify(desk).fault is None


def test_a_member_day_is_looked_up_and_not_believed(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    order(clerk, member, points=200, multiplier=20_000, reason="member_day")

    clerk.push()

    assert "POINTS_RULE_DIFF" in opened(desk)
    assert RULES.member_day.day_of_month != 15


def test_orders_by_rules_that_hq_never_signed_are_told_once(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    order(clerk, member, points=170, rules="homemade/2026-01-01/00000000")
    order(clerk, member, points=170, rules="homemade/2026-01-01/00000000")
    clerk.push()
    order(clerk, member, points=170, rules="homemade/2026-01-01/00000000")
    clerk.push()

    assert opened(desk) == ["RULES_UNKNOWN"]
    assert balance(desk, "adjust:points", "PTS") == 0


def test_returns_up_to_what_was_paid_are_in_order(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    sale = order(clerk, member)
    refund(clerk, member, sale, 4_000)
    refund(clerk, member, sale, 6_000)

    clerk.push()

    assert opened(desk) == []
    assert balance(desk, "sales:S001") == 0


def test_more_back_than_was_paid_is_told_and_booked(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    sale = order(clerk, member)
    refund(clerk, member, sale, 6_000)
    clerk.push()
    refund(clerk, member, sale, 7_000, 4_000)

    clerk.push()

    (case,) = exceptions.open_ones(desk)
    assert (case.type, case.amount) == ("REFUND_EXCESS", 3_000)
    assert balance(desk, "sales:S001") == -3_000


def test_a_return_of_a_sale_that_hq_never_heard_of_is_told(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    refund(clerk, member, new_id().bytes, 100, 0)

    clerk.push()

    assert opened(desk) == ["REFUND_EXCESS"]


def test_an_order_that_nobody_can_read_is_booked_all_the_same(desk: Hq, clerk: Author) -> None:
    member = clerk.member()
    moves = [["tender:S001:wechat", "sales:S001", "CNY", 10_000]]
    clerk.write("SALE", {"externals": 7, "principal": 10**30}, moves, member=member)

    clerk.push()

    assert opened(desk) == ["UNREADABLE"]
    assert balance(desk, "sales:S001") == 10_000


def test_orders_at_several_tills_lift_a_member_together(desk: Hq, clerk: Author) -> None:
    other, member = author(desk, "b"), clerk.member()
    clerk.push()
    goal = RULES.tier[1].spend_fen
    for one in (clerk, other):
        body = copy.deepcopy(ORDER)
        half = goal // 2
        body["externals"][0]["amount"] = body["eligible"] = half
        body["earned"] |= {"points": half // 100, "growth": half // 500}
        moves = [["pts_issued", f"hold:PTS:{member}:{EXPIRY}", "PTS", half // 100]]
        one.write("SALE", body, moves, member=member, rules=RULES.version)
        one.push()

    with desk.read() as book:
        (found,) = member_rows.peek(book, [member])

    assert opened(desk) == []
    assert (found.tier, found.visits, found.last_visit) == (RULES.tier[1].code, 2, "2026-06-15")


def test_a_real_sale_and_its_real_return_leave_nothing(
    desk: Hq, tmp_path: Path, clock: FakeClock
) -> None:
    with till(desk, tmp_path / "till", clock) as one:
        member = one.shop.member()
        basket = Order(amount_only(Money(8_800)), tenders=(TenderAsk(Tender.CASH, None),))
        shown = price(one.shop.ledger, basket, member)
        sale = sales.pay(
            one.shop.ledger, shown, sales.Payment(one.shop.manager, intent(), member=member)
        )
        planned = refunds.plan(one.shop.ledger, sale.stamp.event_id, None)
        wish = refunds.Refund(
            sale.stamp.event_id, None, planned, "quality", one.shop.manager, intent()
        )
        refunds.refund(one.shop.ledger, wish)

        one.push()

        with desk.read() as book:
            grown = fetch(book, "SELECT sum(spend), sum(growth), sum(points) FROM growth")
        assert opened(desk) == []
        assert [int(total) for total in grown[0]] == [0, 0, 0]
        assert balance(desk, "sales:S001") == 0
        assert verify(desk).fault is None
