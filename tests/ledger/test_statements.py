"""Statements: each line is what its event moved, and the last one is what the member has."""

from dataclasses import replace
from itertools import pairwise

import pytest

from pos_app.ids import MemberId
from pos_app.ledger import statements
from pos_app.ledger.counter import open_member
from pos_app.ledger.statements import Period
from pos_app.ledger.store.event import Kind
from pos_app.ledger.store.link_rows import head_seq
from pos_app.money import Money, Points
from tests.fakes import FakeClock
from tests.ledger.till_hand import STORED, WECHAT, amount, by, give_back, goods, sell
from tests.shop import Shop


@pytest.fixture
def regular(shop: Shop, clock: FakeClock) -> MemberId:
    """Return a member who topped up twice, paid by everything, and returned a part."""
    member = shop.member()
    shop.top_up(member, 50_000)
    clock.go(minutes=1)
    shop.top_up(member, 20_000)
    sell(shop, amount(60_000), member)
    order = goods(30_000, 30_000, tenders=by((STORED, 59_000), WECHAT))
    sale = sell(shop, replace(order, points=Points(700)), member)
    give_back(shop, sale, frozenset({1}))
    return member


def test_the_stored_value_statement_ends_at_the_balance(shop: Shop, regular: MemberId) -> None:
    lines = statements.stored_value(shop.ledger, regular)

    now = open_member(shop.ledger, regular)
    assert [line.kind for line in lines] == [Kind.REFUND, Kind.SALE, Kind.TOPUP, Kind.TOPUP]
    assert (lines[0].principal_after, lines[0].bonus_after) == (now.principal, now.bonus)
    assert sum(line.principal.minor for line in lines) == now.principal.minor
    assert lines[1].principal + lines[1].bonus == Money(-59_000)
    assert all(line.slip for line in lines)


def test_each_line_follows_from_the_one_before(shop: Shop, regular: MemberId) -> None:
    lines = statements.stored_value(shop.ledger, regular)

    for later, earlier in pairwise(lines):
        assert later.principal_after == earlier.principal_after + later.principal
        assert later.bonus_after == earlier.bonus_after + later.bonus


def test_the_points_statement_ends_at_the_points(shop: Shop, regular: MemberId) -> None:
    lines = statements.points(shop.ledger, regular)

    assert [line.points.minor > 0 for line in lines] == [True, False, True]
    assert lines[-1].points == Points(1_200)
    assert lines[0].after == open_member(shop.ledger, regular).points


def test_a_limit_shows_the_newest_with_true_balances(shop: Shop, regular: MemberId) -> None:
    everything = statements.stored_value(shop.ledger, regular)

    assert statements.stored_value(shop.ledger, regular, limit=2) == everything[:2]
    assert statements.points(shop.ledger, regular, limit=1)[0].after == everything_after(
        shop, regular
    )


def everything_after(shop: Shop, member: MemberId) -> Points:
    return statements.points(shop.ledger, member)[0].after


def test_points_that_are_owed_stand_below_zero(shop: Shop) -> None:
    member = shop.member()
    first = sell(shop, amount(50_000), member)
    sell(shop, replace(amount(4_000), points=Points(1_000)), member)
    give_back(shop, first)

    (debt, *_) = statements.points(shop.ledger, member)

    assert debt.after == Points(-970)
    assert open_member(shop.ledger, member).points == Points(-970)


def test_nobody_sees_anothers_lines(shop: Shop, regular: MemberId) -> None:
    other = shop.member("13912340217", name="李雷")

    assert statements.stored_value(shop.ledger, other) == ()
    assert statements.points(shop.ledger, other) == ()
    assert statements.lots(shop.ledger, other) == ()
    assert len(statements.lots(shop.ledger, regular)) == 2


def test_a_statement_of_some_days_begins_with_what_was_there(
    shop: Shop, regular: MemberId, clock: FakeClock
) -> None:
    first = shop.ledger.today()
    before = open_member(shop.ledger, regular)
    clock.go(days=1)
    shop.top_up(regular, 10_000)
    second = shop.ledger.today()
    clock.go(days=1)
    shop.top_up(regular, 10_000)

    made = statements.statement_of(shop.ledger, regular, Period(second, second))
    whole = statements.statement_of(shop.ledger, regular, Period(first, shop.ledger.today()))

    assert (made.principal_before, made.bonus_before) == (before.principal, before.bonus)
    assert [line.kind for line in made.lines] == [Kind.TOPUP]
    assert made.after == (made.lines[0].principal_after, made.lines[0].bonus_after)
    now = open_member(shop.ledger, regular)
    assert (whole.principal_before, whole.after) == (Money(), (now.principal, now.bonus))
    assert [line.at for line in whole.lines] == sorted(line.at for line in whole.lines)
    assert whole.place[2] == head_seq(shop.ledger.read())
    assert not whole.in_chain


def test_a_statement_of_days_without_movements_ends_as_it_began(
    shop: Shop, regular: MemberId, clock: FakeClock
) -> None:
    clock.go(days=1)
    today = shop.ledger.today()

    made = statements.statement_of(shop.ledger, regular, Period(today, today))

    assert made.lines == ()
    assert made.after == (made.principal_before, made.bonus_before)


def test_a_statement_is_masked(shop: Shop, regular: MemberId) -> None:
    today = shop.ledger.today()

    made = statements.statement_of(shop.ledger, regular, Period(today, today))

    assert (made.name, made.phone) == ("王**", "138****0217")
