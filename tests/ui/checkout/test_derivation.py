"""How each figure of a price was made: in words, with the quote's own numbers, and they add up."""

from dataclasses import replace

from hypothesis import given

from pos_app.ledger.rules.basket import Basket, amount_only
from pos_app.ledger.rules.quote import Quote
from pos_app.money import BasisPoints, Money, Points
from pos_app.ui.checkout.deductions import SHOWN, deductions, derived
from pos_app.ui.formats import MINUS, YUAN
from pos_app.ui.parts.state import Explained
from tests.ledger.rules.test_quote_properties import paid_quotes
from tests.ledger.rules.till import (
    CASH,
    L1,
    L2,
    MEMBER,
    MEMBER_DAY,
    PROGRAMME,
    STORED,
    WECHAT,
    asks,
    batch,
    coupon,
    line,
    lot,
    order,
    priced,
)

RICH = replace(
    MEMBER,
    lots=(lot(L1, 10_000, 1_000), lot(L2, 50_000, 6_000)),
    batches=(batch("2026-12-31", 300), batch("2027-01-31", 5_000)),
    coupons=(coupon("M300-50"),),
)


def card(quote: Quote, title: str) -> Explained:
    return next(one for one in derived(quote, None) if one.title == title)


def said(one: Explained) -> dict[str, str]:
    return {fact.label: fact.value for fact in one.facts}


def fen(text: str) -> int:
    """Read a sum as it is shown."""
    sign = -1 if text.startswith(MINUS) else 1
    return sign * int("".join(filter(str.isdecimal, text)))


def test_the_price_is_led_from_the_list_to_what_each_tender_pays() -> None:
    wanted = order(line(32_000), points=RICH.batches[0].points, tenders=asks((STORED, 5_000), CASH))

    steps = card(priced(wanted, RICH), "To pay")

    assert said(steps) == {
        "List price": "¥320.00",
        "Coupons": f"{MINUS}\u2009¥50.00",
        "Points used": f"{MINUS}\u2009¥3.00",
        "To pay": "¥267.00",
        "Stored value": "¥50.00",
        "Cash": "¥217.00",
    }
    assert steps.found == f"By programme {PROGRAMME.version}"


def test_what_nobody_pays_yet_is_said() -> None:
    assert said(card(priced(order(line(1_000)), None), "To pay"))["Still missing"] == "¥10.00"


def test_a_member_day_says_what_each_line_costs() -> None:
    goods = Basket((line(1_999, 2, "tea"), line(500, 1, "bun")))
    quote = priced(order(*goods.lines, tenders=asks(WECHAT)), MEMBER, MEMBER_DAY)

    lines = card(quote, "Member day").facts

    assert [(fact.label, fact.value, fact.note) for fact in lines] == [
        ("tea", "¥35.98", "list ¥39.98"),
        ("bun", "¥4.50", "list ¥5.00"),
        ("Taken off", f"{MINUS}\u2009¥4.50", ""),
    ]


def test_an_order_without_lines_is_called_by_its_name() -> None:
    wanted = replace(order(), basket=amount_only(Money(10_000)), tenders=asks(WECHAT))

    lines = card(priced(wanted, MEMBER, MEMBER_DAY), "Member day").facts

    assert (lines[0].label, lines[0].value) == ("Whole order", "¥90.00")


def test_a_coupon_says_what_it_reaches_and_asks_for() -> None:
    quote = priced(order(line(32_000), tenders=asks(WECHAT)), RICH)

    facts = said(card(quote, "Coupon: M300-50"))

    assert facts == {
        "Goods that it reaches": "¥320.00",
        "It asks for": "¥300.00",
        "Taken off": f"{MINUS}\u2009¥50.00",
        "Good until": "2026-12-31",
    }


def test_points_say_which_were_used_and_what_one_pays() -> None:
    wanted = order(line(20_000), points=RICH.batches[1].points, tenders=asks(WECHAT))

    used = card(priced(wanted, RICH), "Points used")

    assert said(used) == {
        "Until 2026-12-31": "300",
        "Until 2027-01-31": "4,700",
        "Points used": "5,000",
        "They pay": "¥50.00",
        "This order takes at most": "5,300",
    }
    assert "at ¥0.01 each" in [fact.note for fact in used.facts]


def test_stored_value_says_what_it_takes_from_which_top_up() -> None:
    facts = said(
        card(priced(order(line(20_000), tenders=asks(STORED), coupons=()), RICH), "Stored value")
    )

    assert facts == {
        "Top-up 1, oldest first": "¥100.00 + ¥10.00",
        "Top-up 2, oldest first": "¥80.35 + ¥9.65",
        "Principal": "¥180.35",
        "Bonus": "¥19.65",
        "Stored value": "¥200.00",
    }


def test_cash_is_shown_before_and_after_it_was_rounded() -> None:
    facts = said(card(priced(order(line(1_007), tenders=asks(CASH)), None), "Cash rounding"))

    assert facts["In cash"] == "¥10.07"
    assert facts["In cash, rounded"] == "¥10.00"


def test_points_earned_say_what_counts_how_often_and_why() -> None:
    quote = priced(order(line(10_000), tenders=asks((STORED, 1_100), WECHAT)), RICH, MEMBER_DAY)
    times = BasisPoints(15_000)

    earned = card(quote, "Points earned")
    broken = card(replace(quote, multiplier=times), "Points earned")

    assert said(earned) == {
        "Principal": "¥10.00",
        "WeChat": "¥79.00",
        "Counts": "¥89.00",
        "Times": "×2",
        "Points earned": "178",
        "Good until": quote.earns_expire_on.isoformat(),
    }
    assert "Member day" in [fact.note for fact in earned.facts]
    assert said(broken)["Times"] == "×1.5"
    assert said(card(quote, "Growth"))["Growth"] == "17"


def test_what_is_spent_on_credit_is_not_among_what_counts() -> None:
    lent = replace(MEMBER, lots=(lot(L1, 10_000, 1_000),), credit=Money(5_000))

    facts = said(card(priced(order(line(12_000), tenders=asks(STORED)), lent), "Points earned"))

    assert list(facts)[:2] == ["Principal", "Counts"]
    assert facts["Counts"] == facts["Principal"] == "¥100.00"


def test_points_above_the_daily_cap_are_shown_apart() -> None:
    nearly = replace(MEMBER, earned_today=Points(PROGRAMME.points.daily_earn_cap))

    facts = said(card(priced(order(line(10_000), tenders=asks(WECHAT)), nearly), "Points earned"))

    assert (facts["Points earned"], facts["Waits for a review"]) == ("0", "100")


def test_a_walk_in_earns_nothing_and_nothing_is_said_of_it() -> None:
    titles = [
        one.title for one in derived(priced(order(line(1_000), tenders=asks(WECHAT)), None), None)
    ]

    assert titles == ["To pay"]


@given(paid_quotes())
def test_every_derivation_adds_up_to_its_figure(quote: Quote) -> None:
    cards = derived(quote, None)
    steps = {fact.label: fen(fact.value) for fact in cards[0].facts if YUAN in fact.value}
    off = ("Member day", "Coupons", "Points used", "Cash rounding")
    paid = ("Stored value", "WeChat", "Cash", "Card")

    assert steps["List price"] + sum(steps.get(name, 0) for name in off) == steps["To pay"]
    assert sum(steps.get(name, 0) for name in paid) == steps["To pay"]
    taken = [fen(said(one)["Taken off"]) for one in cards if one.title.startswith("Coupon:")]
    assert sum(taken) == -quote.coupon_discount.minor
    counted = [said(one)["Counts"] for one in cards if "Counts" in said(one)]
    assert set(map(fen, counted)) <= {quote.eligible.minor}


@given(paid_quotes())
def test_every_line_of_the_panel_opens_one_of_the_derivations(quote: Quote) -> None:
    lines = deductions(quote, None)

    assert len(lines) <= SHOWN
    assert all(line.why in derived(quote, None) for line in lines)
