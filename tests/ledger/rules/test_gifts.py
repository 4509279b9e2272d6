"""The gift catalogue: 990 points and 9.90 yuan, in one order with other goods, and back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pos_app.ledger.rules.basket import Basket, Line, Order, TenderAsk
from pos_app.ledger.rules.gifts import GiftReason, GiftRefused, gift_line, offers
from pos_app.ledger.rules.holder import Holder, Status
from pos_app.ledger.rules.order_record import order_body, order_from
from pos_app.ledger.rules.points_use import PointsRefused, PointsRule
from pos_app.ledger.rules.programme import Programme, ProgrammeRefused, parse_programme
from pos_app.ledger.rules.quote import quote
from pos_app.ledger.rules.refund import after_return, plan_refund
from pos_app.ledger.rules.refund_effects import Owner
from pos_app.ledger.rules.sale_record import quote_body, sold_from
from pos_app.money import Money, Points
from tests.ledger.rules.shipped_programme import DOCUMENT
from tests.ledger.rules.till import (
    L1,
    MEMBER,
    MEMBER_DAY,
    ORDINARY_DAY,
    STORED,
    WECHAT,
    batch,
    coupon,
    day,
    line,
    lot,
)

MUG = (
    b'\n[[points.gift]]\ncode = "MUG"\nname = "Mug"\npoints = 990\ncash_fen = 990\n'
    b"per_member = 3\nfrom = 2026-02-01\nuntil = 2026-12-31\n"
    b'[[points.gift]]\ncode = "PEN"\nname = "Pen"\npoints = 100\n'
)
PROGRAMME = parse_programme(DOCUMENT + MUG)
GIFTS = {gift.code: gift for gift in PROGRAMME.points.gift}
RICH = replace(
    MEMBER,
    lots=(lot(L1, 50_000, 6_000),),
    batches=(batch("2026-06-30", 1_500), batch("2027-01-31", 5_000)),
)


def mug(quantity: int = 1) -> Line:
    return gift_line(GIFTS["MUG"], quantity, PROGRAMME)


def order(*lines: Line, **wishes: object) -> Order:
    return replace(Order(Basket(lines), tenders=(TenderAsk(WECHAT),)), **wishes)  # type: ignore[arg-type]  # any wish of an order


def test_both_parts_are_paid_in_one_order() -> None:
    priced = quote(order(mug()), RICH, PROGRAMME, ORDINARY_DAY)

    assert (priced.points, priced.points_value, priced.due) == (Points(990), Money(990), Money(990))
    assert priced.batches == (batch("2026-06-30", 990),)
    (unit,) = priced.units
    assert (unit.goods, unit.points, unit.paid_outside) == (Money(1_980), Money(990), Money(990))


def test_the_points_part_earns_nothing_and_the_cash_part_earns() -> None:
    priced = quote(order(mug(2)), RICH, PROGRAMME, ORDINARY_DAY)

    assert priced.eligible == Money(1_980)
    assert priced.earns == Points(19)


def test_it_stands_outside_the_share_that_points_may_pay() -> None:
    priced = quote(order(line(10_000), mug(), points=Points(3_000)), RICH, PROGRAMME, ORDINARY_DAY)

    assert priced.most_points == Points(3_000)
    assert priced.points == Points(3_990)
    assert priced.batches == (batch("2026-06-30", 1_500), batch("2027-01-31", 2_490))
    assert [unit.points for unit in priced.units] == [Money(3_000), Money(990)]
    assert priced.due == Money(7_990)


def test_points_are_not_used_twice() -> None:
    poor = replace(RICH, batches=(batch("2026-06-30", 1_500),))

    priced = quote(order(line(10_000), mug()), poor, PROGRAMME, ORDINARY_DAY)

    assert priced.most_points == Points(500)
    with pytest.raises(PointsRefused) as refused:
        quote(order(line(10_000), mug(), points=Points(600)), poor, PROGRAMME, ORDINARY_DAY)
    assert refused.value.rule is PointsRule.BALANCE


def test_its_price_is_touched_by_no_coupon_and_no_member_day() -> None:
    holder = replace(RICH, coupons=(coupon("NEW5"),))
    plain = order(line(10_000), mug(2), coupons=())

    with_coupon = quote(order(line(10_000), mug(2)), holder, PROGRAMME, ORDINARY_DAY)
    only_gifts = quote(order(mug(2)), holder, PROGRAMME, ORDINARY_DAY)
    by_the_day = quote(plain, holder, PROGRAMME, MEMBER_DAY)

    assert [unit.coupon for unit in with_coupon.units] == [Money(500), Money(), Money()]
    assert only_gifts.coupon_discount == Money()
    assert by_the_day.item_discount == Money(1_000)
    assert [unit.goods for unit in by_the_day.units[1:]] == [Money(1_980)] * 2


def test_every_row_adds_up_whatever_pays() -> None:
    holder = replace(RICH, coupons=(coupon("NEW5"),))
    tenders = (TenderAsk(STORED, Money(4_000)), TenderAsk(WECHAT))
    wish = order(line(3_333, 3), mug(2), points=Points(2_000), tenders=tenders)

    priced = quote(wish, holder, PROGRAMME, ORDINARY_DAY)

    assert priced.missing == Money()
    for unit in priced.units:
        paid = (unit.coupon, unit.points, unit.principal, unit.bonus, unit.rounding)
        assert unit.goods == Money(sum(part.minor for part in paid)) + unit.paid_outside
    assert [unit.points for unit in priced.units[3:]] == [Money(990)] * 2
    assert sum(unit.points.minor for unit in priced.units) == priced.points.minor == 3_980


def test_it_comes_back_with_both_parts() -> None:
    wish = order(line(10_000), mug(2), points=Points(3_000))
    sold = sold_from(quote_body(quote(wish, RICH, PROGRAMME, ORDINARY_DAY)), ORDINARY_DAY.date())
    later = ORDINARY_DAY + timedelta(days=1)

    one = plan_refund(sold, frozenset({2}), PROGRAMME, later, owner=Owner())
    rest = plan_refund(after_return(sold, one), None, PROGRAMME, later, owner=Owner())

    assert (one.points, one.money) == (Points(990), Money(990))
    assert one.batches == (batch("2027-01-31", 990),)
    assert one.points + rest.points == Points(4_980)
    assert one.money + rest.money == Money(10_000 - 3_000 + 1_980)
    back = [*one.batches, *rest.batches]
    assert sum(one.points.minor for one in back if one.expires_on == day("2026-06-30")) == 1_500


def test_an_order_with_a_gift_is_read_back() -> None:
    wish = order(line(100), mug())

    assert order_from(order_body(wish)) == wish
    assert "gift" not in str(order_body(order(line(100))))


def refusal(holder: Holder | None, wish: Order, at: datetime = ORDINARY_DAY) -> GiftReason:
    with pytest.raises(GiftRefused) as refused:
        quote(wish, holder, PROGRAMME, at)
    return refused.value.reason


def test_it_is_had_by_who_may_only() -> None:
    had = replace(RICH, gifts_had=(("MUG", 2),))
    owing = replace(RICH, debt=Points(5))
    frozen = replace(RICH, status=Status.FROZEN)

    assert refusal(None, order(mug())) is GiftReason.NOT_PERMITTED
    assert refusal(frozen, order(mug())) is GiftReason.NOT_PERMITTED
    assert refusal(owing, order(mug())) is GiftReason.IN_DEBT
    assert refusal(had, order(mug(2))) is GiftReason.LIMIT
    assert refusal(MEMBER, order(mug())) is GiftReason.BALANCE
    assert refusal(RICH, order(mug(), out_of_stock=("MUG",))) is GiftReason.OUT_OF_STOCK
    assert quote(order(mug()), had, PROGRAMME, ORDINARY_DAY).points == Points(990)


def test_it_is_had_on_its_days_only() -> None:
    before, after = (
        datetime.fromisoformat(f"{at}T12:00+08:00") for at in ("2026-01-31", "2027-01-01")
    )

    assert refusal(RICH, order(mug()), before) is GiftReason.NOT_YET
    assert refusal(RICH, order(mug()), after) is GiftReason.OVER


def test_another_price_than_the_catalogue_s_is_refused() -> None:
    dearer = replace(mug(), unit_price=Money(2_000))
    gone = replace(mug(), gift="CUP")

    assert refusal(RICH, order(dearer)) is GiftReason.UNKNOWN
    assert refusal(RICH, order(gone)) is GiftReason.UNKNOWN


def test_the_list_says_of_each_why_it_cannot_be_had() -> None:
    holder = replace(RICH, batches=(batch("2026-06-30", 1_050),), gifts_had=(("MUG", 3),))
    today = ORDINARY_DAY.date()

    def told(holder: Holder | None, wish: Order) -> list[tuple[str, GiftReason | None, int]]:
        found = offers(wish, holder, PROGRAMME, today, today)
        return [(one.gift.code, one.reason, one.missing.minor) for one in found]

    assert told(holder, order(line(100))) == [("MUG", GiftReason.LIMIT, 0), ("PEN", None, 0)]
    fresh = replace(holder, gifts_had=())
    assert told(fresh, order(mug()))[1] == ("PEN", GiftReason.BALANCE, 40)
    assert told(None, order(line(100)))[0] == ("MUG", GiftReason.NOT_PERMITTED, 0)


def test_without_points_enough_for_the_share_it_is_said_as_ever() -> None:
    with pytest.raises(PointsRefused):
        quote(order(line(100), mug(), points=Points(100)), RICH, PROGRAMME, ORDINARY_DAY)


@pytest.mark.parametrize(
    ("change", "key", "rule"),
    [
        (lambda text: text.replace(b'"PEN"', b'"MUG"'), "points.gift", "repeated_code"),
        (lambda text: text.replace(b"-12-31", b"-01-31"), "points.gift", "gift_never_there"),
        (lambda text: text.replace(b"s = 990", b"s = 0"), "points.gift.0.points", "too_small"),
        (lambda text: text.replace(b"per_member", b"most"), "points.gift.0.most", "unknown_key"),
    ],
)  # fmt: skip
def test_a_catalogue_that_makes_no_sense_is_refused(
    change: Callable[[bytes], bytes], key: str, rule: str
) -> None:
    with pytest.raises(ProgrammeRefused) as refused:
        parse_programme(DOCUMENT + change(MUG))

    assert (refused.value.key, refused.value.rule) == (key, rule)


def test_a_programme_without_a_catalogue_offers_nothing() -> None:
    plain: Programme = parse_programme(DOCUMENT)
    today = ORDINARY_DAY.date()

    assert offers(order(line(100)), RICH, plain, today, today) == ()
