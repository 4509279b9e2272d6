"""What the panel offers when HQ gives nothing: pay from here, pay otherwise, take cash first."""

import pytest

from pos_app.errors import PosError
from pos_app.ledger.store.event import Kind
from pos_app.sync.facts import HqRefused, HqUnreachable, Outage
from pos_app.ui.second_factor.state import Step
from tests.shop import Shop
from tests.ui.checkout.far_hq import actions, at_the_till, coupon, events, hq_tells

UNREACHABLE = HqUnreachable(Outage.NETWORK)


def test_hq_out_of_reach_leaves_two_ways_out(shop: Shop) -> None:
    till, hq, member = at_the_till(shop)
    till.serve(member, "800")
    hq.fails = UNREACHABLE

    till.checkout.pay()

    assert till.panel.notice is not None
    assert till.panel.notice.text == "HQ cannot be reached. Nothing was taken."
    assert actions(till) == {
        "held_only": "¥345.00 here, rest by WeChat",
        "cash_first": "Cash first",
    }
    assert till.panel.call_ready
    assert events(shop, Kind.SALE) == 0


def test_what_is_here_pays_and_the_rest_is_paid_otherwise(shop: Shop) -> None:
    till, hq, member = at_the_till(shop)
    till.serve(member, "800")
    hq.fails = UNREACHABLE
    till.checkout.pay()

    till.checkout.act("held_only")
    split = till.panel.split
    till.checkout.pay()
    till.prove()

    assert split is not None
    assert (split.hint, split.rest_amount) == ("345.00", "¥455.00")
    assert till.panel.finished is not None
    assert len(hq.asked) == 1


def test_with_nothing_here_the_whole_is_paid_otherwise(shop: Shop) -> None:
    till, hq, member = at_the_till(shop, here=0)
    till.serve(member, "80")
    hq.fails = HqUnreachable(Outage.TIMEOUT)
    till.checkout.pay()
    said = till.panel.notice.text if till.panel.notice else ""
    offered = actions(till)

    till.checkout.act("held_only")
    till.checkout.pay()

    assert said == "HQ is slow to answer. Nothing was taken. Cash can be taken first."
    assert offered["held_only"] == "Pay by WeChat"
    assert till.panel.finished is not None
    assert len(hq.asked) == 1


def test_a_coupon_that_cannot_be_fetched_is_left_out(shop: Shop) -> None:
    till, hq, member = at_the_till(shop, here=0, there=0)
    hq_tells(shop, member, coupon())
    till.serve(member, "328")
    hq.fails = UNREACHABLE
    till.checkout.pay()
    offered = actions(till)

    till.checkout.act("held_only")

    assert offered["held_only"] == "Pay without HQ"
    assert till.panel.call == "Take payment ¥328.00"
    assert till.panel.tender == "wechat"


def test_cash_first_leaves_everything_at_hq_alone(shop: Shop) -> None:
    till, hq, member = at_the_till(shop)
    till.serve(member, "800")
    hq.late = True
    till.checkout.pay()

    till.checkout.act("cash_first")
    till.checkout.pay()
    hq.answer()

    assert till.panel.finished is not None
    assert till.heard.drawers == 1
    assert events(shop, Kind.SALE) == 1


def test_stored_value_chosen_again_asks_hq_again(shop: Shop) -> None:
    till, hq, member = at_the_till(shop)
    till.serve(member, "800")
    hq.fails = UNREACHABLE
    till.checkout.pay()
    till.checkout.act("cash_first")
    hq.fails = None

    till.checkout.choose_tender("stored_value")
    till.checkout.pay()
    till.prove()

    assert till.panel.finished is not None
    assert len(hq.asked) == 2


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("not_covered", "HQ has less than this payment needs"),
        ("blocked", "HQ has blocked this member"),
        ("new_reason", "HQ did not grant what is missing"),
        (HqRefused(409, "grants_frozen"), "HQ was restored"),
    ],
)
def test_a_refusal_says_why_and_takes_nothing(shop: Shop, fact: str | PosError, words: str) -> None:
    till, hq, member = at_the_till(shop)
    till.serve(member, "800")
    if isinstance(fact, str):
        hq.refuses = fact
    else:
        hq.fails = fact

    till.checkout.pay()

    assert till.panel.notice is not None
    assert words in till.panel.notice.text
    assert till.shell.second_factor.shown.state.step is Step.CLOSED
    assert events(shop, Kind.SALE) == 0
