"""What a member may use: held here, and online what lies at HQ, in the order it is spent."""

from dataclasses import replace

import pytest

from pos_app.ids import MemberId, new_id
from pos_app.ledger import grants, statements
from pos_app.ledger.counter import open_member, price
from pos_app.ledger.grants import Answer, NotGranted
from pos_app.ledger.sales import agree
from pos_app.ledger.store import remote_rows, right_rows
from pos_app.ledger.store.remote_rows import Remote
from pos_app.ledger.store.right_rows import Right, Want
from pos_app.money import Money, Points
from tests.fakes import FakeClock
from tests.ledger.till_hand import STORED, amount
from tests.shop import Shop

LOT = "00000000000000000000000000000007"
BOUGHT = '{"at": 1750000000000, "paid": 100000, "bonus": 0}'


@pytest.fixture
def member(shop: Shop) -> MemberId:
    """Return a member with a newer lot here and an older one at HQ."""
    member = shop.member()
    shop.top_up(member, 50_000)
    with shop.ledger.write() as book:
        remote_rows.keep_member(
            book, member, Remote(book.now, 0, 0, 0), [("P", LOT, 90_000, BOUGHT)]
        )
    return member


def test_what_is_usable_is_the_total_online_and_the_holding_offline(
    shop: Shop, member: MemberId
) -> None:
    offline = open_member(shop.ledger, member)
    shop.ledger.online = True
    online = open_member(shop.ledger, member)

    assert (offline.balance, offline.whole, offline.cut_off) == (
        Money(58_500),
        Money(148_500),
        True,
    )
    assert (online.balance, online.whole, online.cut_off) == (
        Money(148_500),
        Money(148_500),
        False,
    )


def test_a_price_online_takes_what_is_held_here_first_as_the_payment_will(
    shop: Shop, member: MemberId
) -> None:
    shop.ledger.online = True
    order = amount(10_000, STORED)

    counted = price(shop.ledger, order, member)
    held = price(shop.ledger, order, member, held_only=True)

    assert agree(counted, held)
    assert (counted.principal, counted.bonus) == (held.principal, held.bonus)
    assert grants.shortage(shop.ledger, counted, member) == ()


def test_lots_show_what_lies_at_hq_only_while_it_can_be_had(shop: Shop, member: MemberId) -> None:
    offline = statements.lots(shop.ledger, member)
    shop.ledger.online = True
    online = statements.lots(shop.ledger, member)

    assert [line.principal_left for line in offline] == [Money(50_000)]
    assert [line.principal_left for line in online] == [Money(90_000), Money(50_000)]


def test_a_lot_in_two_places_is_one_line(shop: Shop, member: MemberId) -> None:
    here = right_rows.held(shop.ledger.read(), member)
    with shop.ledger.write() as book:
        grants.give_back(book, member, here[1:], "recall")
        points = Right("PTS", "2028-12-31", 20)
        right_rows.went_back(book, member, (points, Right("P", here[0].ref, 5_000, {})))
    shop.ledger.online = True

    lines = statements.lots(shop.ledger, member)
    shown = open_member(shop.ledger, member)

    assert [(one.principal_left, one.bonus_left) for one in lines] == [
        (Money(90_000), Money()),
        (Money(55_000), Money(8_500)),
    ]
    assert shown.points == Points(20)
    assert price(shop.ledger, amount(153_500, STORED), member).missing == Money()


def test_points_that_have_run_out_here_do_not_count_as_held(
    shop: Shop, member: MemberId, clock: FakeClock
) -> None:
    with shop.ledger.write() as book:
        right_rows.went_back(book, member, (Right("PTS", "2027-12-31", 500),))
    grant = grants.ask(shop.ledger, member, (Want("PTS", 500, 1),), "jit").id
    old = (Right("PTS", "2026-06-20", 500),)
    grants.take(shop.ledger, Answer(grant, member, old, shop.ledger.now()))
    clock.go(days=10)
    shop.ledger.online = True
    order = replace(amount(10_000, STORED), points=Points(500))

    shown = price(shop.ledger, order, member)

    assert [want.unit for want in grants.shortage(shop.ledger, shown, member)] == ["PTS"]


def test_a_refusal_keeps_its_reason(shop: Shop, member: MemberId) -> None:
    shop.ledger.online = True
    shown = price(shop.ledger, amount(100_000, STORED), member)
    wish = grants.ask(shop.ledger, member, grants.shortage(shop.ledger, shown, member), "jit")
    grants.take(shop.ledger, Answer(wish.id, member, (), shop.ledger.now(), "blocked"))

    with pytest.raises(NotGranted) as refused:
        grants.ensure_granted(shop.ledger, shown, member)

    assert refused.value.reason == "blocked"


def test_where_hq_never_refused_there_is_no_reason(shop: Shop) -> None:
    assert right_rows.last_refusal(shop.ledger.read(), MemberId(new_id())) == ""
