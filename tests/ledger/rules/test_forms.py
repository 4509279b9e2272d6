"""What an event leaves unsaid is what its form says: nothing is lost, nothing usual is stored."""

import json
from datetime import date

import pytest
from hypothesis import given

from pos_app.ledger.rules.forms import PLAIN, RETURN, SALE, Form, filled, spared
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.rules.refund import plan_refund
from pos_app.ledger.rules.refund_record import plan_body, plan_from
from pos_app.ledger.rules.sale_record import order_of, quote_body, sold_from
from pos_app.ledger.store.event import canonical
from tests.ledger.rules.test_quote_properties import RULES, paid_quotes
from tests.ledger.rules.till import ORDINARY_DAY, sold

SHOPPING = Form({"paid": 0, "bag": None, "lines": []}, {"lines": Form({"quantity": 1})})


@given(paid_quotes())
def test_every_sale_comes_back_from_its_bytes_as_it_was(answer: Quote) -> None:
    body = quote_body(answer)

    stored = canonical(spared(body, SALE))

    assert filled(json.loads(stored), SALE) == filled(json.loads(canonical(body)), SALE)
    assert sold_from(filled(json.loads(stored), SALE), date(2026, 6, 15)).units == answer.units
    assert order_of(filled(json.loads(stored), SALE)) == answer.order


@given(paid_quotes())
def test_every_return_comes_back_from_its_bytes_as_it_was(answer: Quote) -> None:
    plan = plan_refund(sold(answer), None, RULES, ORDINARY_DAY)

    stored = canonical(spared(plan_body(plan), RETURN))

    assert plan_from(filled(json.loads(stored), RETURN)) == plan


@pytest.mark.parametrize(
    ("whole", "stored"),
    [
        ({"paid": 0, "bag": None, "lines": []}, {}),
        ({"paid": 5, "bag": 0, "lines": [{"quantity": 1}]}, {"paid": 5, "bag": 0, "lines": [{}]}),
        (
            {"paid": 0, "bag": None, "lines": [{"quantity": 2, "title": "tea"}]},
            {"lines": [{"quantity": 2, "title": "tea"}]},
        ),
    ],
)
def test_only_what_is_unusual_is_stored(
    whole: dict[str, object], stored: dict[str, object]
) -> None:
    assert spared(whole, SHOPPING) == stored
    assert filled(stored, SHOPPING) == whole


def test_an_event_without_a_form_says_everything() -> None:
    body: dict[str, object] = {"zero": 0, "none": None, "empty": []}

    assert spared(body, PLAIN) == body
    assert filled(body, PLAIN) == body
