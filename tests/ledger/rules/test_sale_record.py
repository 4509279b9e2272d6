"""What an event stores is integers and strings, and reads back as it was."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from pos_app.ledger.rules.basket import Order, Tender, amount_only
from pos_app.ledger.rules.order_record import order_body, order_from
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.rules.record_values import (
    Body,
    RecordUnreadable,
    day,
    identity,
    inner,
    maps,
    text,
    texts,
    whole,
    wholes,
)
from pos_app.ledger.rules.refund import plan_refund
from pos_app.ledger.rules.refund_record import gift_end, plan_body, plan_from
from pos_app.ledger.rules.sale_record import order_of, quote_body, sold_from
from pos_app.money import Money, Points
from tests.ledger.rules.test_quote_properties import RULES, paid_quotes
from tests.ledger.rules.till import (
    MEMBER,
    ORDINARY_DAY,
    PROGRAMME,
    WECHAT,
    asks,
    coupon,
    line,
    order,
    priced,
    sold,
)


def through_json(body: Body) -> Body:
    stored: Body = json.loads(json.dumps(body, sort_keys=True))
    return stored


def plain(value: object) -> bool:
    """Say whether a value is made of integers, strings, lists and maps only."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and plain(inside) for key, inside in value.items())
    if isinstance(value, list):
        return all(plain(inside) for inside in value)
    return type(value) in {int, str}


@pytest.mark.parametrize(
    "wanted",
    [
        Order(amount_only(Money(100))),
        order(line(100, 2, "tea", designated=True), member_day=True, coupons=(coupon("NEW5").id,)),
        order(line(100), member_day=False, coupons=(), points=Points(100), store="S1"),
        order(line(100), tenders=asks(WECHAT, (Tender.CASH, 0)), out_of_stock=("tea",)),
    ],
)
def test_an_order_reads_back_as_it_was_wished(wanted: Order) -> None:
    body = order_body(wanted)

    assert plain(body)
    assert order_from(through_json(body)) == wanted


@given(paid_quotes())
def test_a_sale_reads_back_with_every_fact_that_a_return_needs(answer: Quote) -> None:
    body = quote_body(answer)

    sale = sold_from(through_json(body), ORDINARY_DAY.date())

    assert plain(body)
    assert sale.units == answer.units
    assert (sale.lots, sale.batches, sale.coupons) == (answer.lots, answer.batches, answer.coupons)
    assert (sale.earned, sale.pending, sale.grown) == (answer.earns, answer.pending, answer.grows)
    assert (sale.eligible, sale.multiplier) == (answer.eligible, answer.multiplier)
    assert sale.itemised is answer.order.basket.itemised
    assert order_of(through_json(body)) == answer.order


@pytest.mark.parametrize("beyond", [-1, 1])
def test_a_unit_of_no_line_is_not_read(beyond: int) -> None:
    body = through_json(quote_body(priced(order(line(100), tenders=asks(WECHAT)))))
    units = [{**unit, "line": beyond} for unit in maps(body, "units")]

    with pytest.raises(RecordUnreadable) as refused:
        sold_from({**body, "units": units}, ORDINARY_DAY.date())

    assert refused.value.key == "line"


@given(paid_quotes())
def test_a_return_reads_back_as_it_was_planned(answer: Quote) -> None:
    plan = plan_refund(sold(answer), None, RULES, ORDINARY_DAY)

    body = plan_body(plan)

    assert plain(body)
    assert plan_from(through_json(body)) == plan


def test_gifts_and_coupons_of_a_return_read_back() -> None:
    holder = replace(MEMBER, coupons=(coupon("G200"),))
    sale = sold(priced(order(line(20_000), tenders=asks(WECHAT)), holder))
    plan = plan_refund(sale, None, PROGRAMME, ORDINARY_DAY)

    assert plan.gifts_due
    assert plan_from(through_json(plan_body(plan))) == plan


@pytest.mark.parametrize("value", [None, True, 1.5, "tea", ["tea", 1], [{}, 1]])
def test_what_this_program_does_not_write_is_not_read(value: object) -> None:
    body = {"key": value}
    for read in (whole, wholes, texts, maps, inner, identity, day):
        with pytest.raises(RecordUnreadable) as refused:
            read(body, "key")

        assert refused.value.key == "key"


def test_an_unknown_end_of_a_gift_is_not_read() -> None:
    with pytest.raises(RecordUnreadable):
        gift_end("eaten")


def test_a_number_is_not_a_text() -> None:
    with pytest.raises(RecordUnreadable):
        text({"key": 1}, "key")


def test_an_unknown_tender_is_not_read() -> None:
    body = order_body(order(line(100), tenders=asks(WECHAT)))

    with pytest.raises(RecordUnreadable) as refused:
        order_from({**body, "tenders": [{"tender": "shells"}]})

    assert refused.value.key == "tender"
