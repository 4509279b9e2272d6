"""Grants: rights arrive once, are spent from here alone, and go back to HQ."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from pos_app.ids import MemberId, new_id
from pos_app.ledger import grants, returns
from pos_app.ledger.counter import open_member, price
from pos_app.ledger.grants import Answer
from pos_app.ledger.link import Membership, join
from pos_app.ledger.offline import RightsDue, SpendingFrozen
from pos_app.ledger.proof import prove
from pos_app.ledger.sales import Payment, pay
from pos_app.ledger.store import link_rows, right_rows
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.rebuild import rebuild
from pos_app.ledger.store.right_rows import Right, Want
from pos_app.money import Money
from tests.fakes import FakeClock
from tests.ledger.till_hand import STORED, amount, proof, sell
from tests.shop import Shop, intent

LOT = UUID(int=7).hex
COUPON = UUID(int=8).hex
BOUGHT = {"at": 1_750_000_000_000, "paid": 10_000, "bonus": 1_000}


def rights() -> tuple[Right, ...]:
    held = {"template": "NEW5", "valid_from": "2026-06-01", "valid_until": "2026-07-01"}
    return (
        Right("P", LOT, 5_000, BOUGHT),
        Right("B", LOT, 500, BOUGHT),
        Right("PTS", "2027-12-31", 300),
        Right("CPN", COUPON, 1, held),
    )


def asked(shop: Shop, member: MemberId) -> UUID:
    return grants.ask(shop.ledger, member, (Want("CNY", 5_500, 5_500),), "jit").id


def answer(shop: Shop, member: MemberId, grant: UUID, **term: int) -> Answer:
    until = shop.ledger.now() + timedelta(**(term or {"minutes": 10}))
    return Answer(grant, member, rights(), until)


def kinds(shop: Shop) -> list[str]:
    rows = shop.ledger.read().execute("SELECT kind FROM journal ORDER BY seq")
    return [kind for (kind,) in rows]


def linked(shop: Shop) -> None:
    node = shop.ledger.node
    join(shop.ledger, Membership(node.id, node.epoch, node.store, b"h" * 32, 1))


def sound(shop: Shop) -> bool:
    with shop.ledger.write() as book:
        wrong = [table for table in rebuild(book) if table.wrong]
    faults = [one.fault for one in prove(shop.ledger) if one.fault is not None]
    assert (wrong, faults) == ([], [])
    return True


def test_what_hq_grants_can_be_spent_here_once(shop: Shop) -> None:
    member = shop.member()
    grants.take(shop.ledger, answer(shop, member, asked(shop, member)))

    receipt = sell(shop, replace(amount(5_500, STORED), coupons=()), member)
    shown = open_member(shop.ledger, member)

    assert (receipt.principal, receipt.bonus) == (Money(5_000), Money(500))
    assert (shown.balance, shown.points.minor, len(shown.coupons)) == (Money(), 400, 1)
    assert sound(shop)


def test_a_grant_delivered_twice_is_booked_once(shop: Shop) -> None:
    member = shop.member()
    told = answer(shop, member, asked(shop, member))

    grants.take(shop.ledger, told)
    grants.take(shop.ledger, told)

    assert kinds(shop).count(Kind.GOT.value) == 1
    assert open_member(shop.ledger, member).balance == Money(5_500)


def test_a_grant_that_nobody_waits_for_goes_back_at_once(shop: Shop) -> None:
    member = shop.member()

    grants.take(shop.ledger, answer(shop, member, new_id()))

    assert kinds(shop)[-2:] == [Kind.GOT.value, Kind.RETURN.value]
    assert right_rows.held(shop.ledger.read(), member) == ()
    assert sound(shop)


def test_a_refused_grant_is_asked_no_more_and_healed_when_it_comes_after_all(shop: Shop) -> None:
    member = shop.member()
    grant = asked(shop, member)
    refused = Answer(grant, member, (), shop.ledger.now(), "not_covered")

    grants.take(shop.ledger, refused)
    waiting = right_rows.open_asks(shop.ledger.read())
    grants.take(shop.ledger, answer(shop, member, grant))

    assert waiting == ()
    assert right_rows.held(shop.ledger.read(), member) == ()


def test_rights_that_are_due_are_not_spent_and_go_back(shop: Shop, clock: FakeClock) -> None:
    member = shop.member()
    grants.take(shop.ledger, answer(shop, member, asked(shop, member)))
    clock.go(minutes=11)
    order = amount(1_000, STORED)
    wish = intent()
    evidence = proof(shop, member, 1_000, wish)

    with pytest.raises(RightsDue):
        pay(
            shop.ledger,
            price(shop.ledger, order, member),
            Payment(shop.manager, wish, member, evidence),
        )
    count = returns.return_due(shop.ledger)

    assert count == 1
    assert right_rows.held(shop.ledger.read(), member) == ()
    assert returns.return_due(shop.ledger) == 0
    assert sound(shop)


def test_what_a_top_up_brings_beyond_an_allowance_goes_back_to_hq(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)

    count = returns.return_excess(shop.ledger)

    elsewhere = right_rows.elsewhere(shop.ledger.read(), member)
    assert count == 1
    assert right_rows.held(shop.ledger.read(), member) == ()
    assert sum(one.amount for one in elsewhere if one.pocket == "P") == 50_000
    assert sound(shop)


def test_a_member_being_served_keeps_the_rights_that_are_here(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 50_000)

    count = returns.return_excess(shop.ledger, but={member})

    assert count == 0
    assert open_member(shop.ledger, member).balance >= Money(50_000)


def test_an_allowance_stays_and_only_the_newest_value_goes_back(
    shop: Shop, clock: FakeClock
) -> None:
    member = shop.member()
    grant = grants.ask(shop.ledger, member, (Want("CNY", 5_500, 0),), "allowance").id
    grants.take(shop.ledger, answer(shop, member, grant, days=1))
    clock.go(minutes=1)
    shop.top_up(member, 50_000)

    returns.return_excess(shop.ledger)

    shown = open_member(shop.ledger, member)
    assert shown.balance == Money(20_000)
    assert shown.wallet.lots[0].total == Money(5_500)
    assert len(shown.coupons) == 1
    assert sound(shop)


def test_online_the_price_counts_what_hq_would_grant_and_the_shortage_names_it(
    shop: Shop,
) -> None:
    member = shop.member()
    with shop.ledger.write() as book:
        right_rows.went_back(book, member, rights())
    shop.ledger.online = True

    shown = price(shop.ledger, amount(2_000, STORED), member)
    wants = grants.shortage(shop.ledger, shown, member)
    shop.ledger.online = False
    offline = price(shop.ledger, amount(2_000, STORED), member)

    assert {want.unit for want in wants} == {"CNY", f"CPN:{COUPON}"}
    assert shown.stored_value + shown.coupon_discount == Money(2_000)
    assert offline.missing == Money(2_000)


def test_frozen_holdings_are_not_spent(shop: Shop) -> None:
    member = shop.member()
    shop.top_up(member, 10_000)
    linked(shop)
    with shop.ledger.write() as book:
        link_rows.freeze(book, "holdings_differ")

    with pytest.raises(SpendingFrozen) as frozen:
        sell(shop, amount(1_000, STORED), member)

    assert frozen.value.cause == "holdings_differ"


def test_a_pin_that_came_with_a_grant_checks_the_member_here(shop: Shop, clock: FakeClock) -> None:
    other = shop.member("13900000001", pin="271828")
    (verifier,) = (
        shop.ledger.read()
        .execute("SELECT verifier FROM pin WHERE member = ?", (other.bytes,))
        .fetchone()
    )
    member = shop.member()
    term: datetime = clock() + timedelta(minutes=10)

    told = Answer(asked(shop, member), member, rights(), term, pin=verifier)
    grants.take(shop.ledger, told)

    assert shop.evidence(member, Money(100), intent()).member == member
    assert sound(shop)
