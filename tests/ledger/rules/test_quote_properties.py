"""What holds for every order, whatever is in it."""

from dataclasses import replace
from datetime import date, datetime
from itertools import combinations
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from pos_app.ids import CouponId, LotId
from pos_app.ledger.rules.basket import Basket, Line, Order, Tender, TenderAsk, amount_only
from pos_app.ledger.rules.coupons import HeldCoupon
from pos_app.ledger.rules.holder import Holder
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.rules.wallet import Lot
from pos_app.money import Money, Points, total_of
from tests.ledger.rules.till import MEMBER_DAY, ORDINARY_DAY, priced, programme_with

TEMPLATES = (
    'code = "D80"\ntype = "discount"\npct = 80\ncap_fen = 3000',
    'code = "TEA5"\ntype = "voucher"\nface_fen = 500\nscope = { skus = ["tea"] }',
    'code = "X-TEA"\ntype = "exchange"\nexchange_sku = "tea"\nthreshold_fen = 300',
    'code = "BUN"\ntype = "discount"\npct = 50\nscope = { excluded_skus = ["tea"] }',
)
CODES = ("NEW5", "M300-50", "G200", "D80", "TEA5", "X-TEA", "BUN")
RULES = programme_with(*TEMPLATES)
BOTH = programme_with(*TEMPLATES, exclusive_with_member_day=False)

lines = st.builds(
    Line,
    title=st.just("goods"),
    unit_price=st.integers(0, 60_000).map(Money),
    quantity=st.integers(1, 4),
    sku=st.sampled_from(["tea", "bun", ""]),
    designated=st.booleans(),
)
baskets = st.one_of(
    st.lists(lines, min_size=1, max_size=6).map(lambda rows: Basket(tuple(rows))),
    st.integers(1, 200_000).map(lambda fen: amount_only(Money(fen))),
).filter(lambda basket: bool(basket.listed))
coupons = st.lists(st.sampled_from(CODES), max_size=5).map(
    lambda codes: tuple(
        HeldCoupon(CouponId(UUID(int=row)), code, date(2026, 1, 1), date(2026, 12, 31))
        for row, code in enumerate(codes)
    )
)
wallets = st.lists(st.tuples(st.integers(0, 30_000), st.integers(0, 5_000)), max_size=5).map(
    lambda pockets: tuple(
        Lot(LotId(UUID(int=row)), Money(principal), Money(bonus))
        for row, (principal, bonus) in enumerate(pockets)
    )
)
batches = st.lists(st.tuples(st.integers(4, 12), st.integers(1, 3_000)), max_size=4).map(
    lambda rows: tuple(PointsBatch(date(2026, month, 28), Points(points)) for month, points in rows)
)
holders = st.builds(
    Holder,
    tier=st.sampled_from(["BASE", "SILVER", "GOLD", "DIAMOND"]),
    lots=wallets,
    batches=batches,
    coupons=coupons,
    first_order=st.booleans(),
    earned_today=st.sampled_from([Points(0), Points(9_900)]),
)
payments = st.lists(
    st.builds(
        TenderAsk,
        tender=st.sampled_from([Tender.WECHAT, Tender.CASH, Tender.CARD]),
        amount=st.integers(0, 20_000).map(Money),
    ),
    max_size=2,
)
moments = st.sampled_from([ORDINARY_DAY, MEMBER_DAY])


@st.composite
def paid_quotes(draw: st.DrawFn) -> Quote:
    """Draw an order that a member pays in full, with points, stored value and other tenders."""
    holder, at = draw(holders), draw(moments)
    order = Order(draw(baskets))
    most = priced(order, holder, at, RULES).most_points
    steps = draw(st.integers(0, most.minor // 100))
    last = draw(st.sampled_from([Tender.WECHAT, Tender.CASH]))
    stored = [TenderAsk(Tender.STORED_VALUE)] if draw(st.booleans()) else []
    tenders = (*draw(payments), *stored, TenderAsk(last))
    return priced(replace(order, points=Points(steps * 100), tenders=tenders), holder, at, RULES)


@given(paid_quotes())
def test_what_is_due_never_exceeds_the_goods_and_is_never_rounded_up(answer: Quote) -> None:
    assert Money() <= answer.payable <= answer.due <= answer.goods <= answer.listed
    assert Money() <= answer.rounding < Money(10)
    charged = [share.amount.minor for share in answer.externals if share.tender is Tender.CASH]
    assert all(fen % 10 == 0 for fen in charged)


@given(paid_quotes())
def test_every_unit_row_balances_and_no_column_is_negative(answer: Quote) -> None:
    for row in answer.units:
        parts = (row.coupon, row.points, row.principal, row.bonus, row.rounding, row.paid_outside)
        assert row.goods == total_of(parts)
        assert min(*parts, *(share.amount for share in row.external), row.goods) >= Money()


@given(paid_quotes())
def test_the_columns_add_up_to_what_each_means_paid(answer: Quote) -> None:
    assert total_of([row.goods for row in answer.units]) == answer.goods
    assert total_of([row.coupon for row in answer.units]) == answer.coupon_discount
    assert total_of([row.points for row in answer.units]) == answer.points_value
    assert total_of([row.principal for row in answer.units]) == answer.principal
    assert total_of([row.bonus for row in answer.units]) == answer.bonus
    assert total_of([row.rounding for row in answer.units]) == answer.rounding
    for place, share in enumerate(answer.externals):
        assert total_of([row.external[place].amount for row in answer.units]) == share.amount
    assert answer.missing == Money()
    assert total_of([use.saves for use in answer.coupons]) == answer.coupon_discount


@given(paid_quotes())
def test_what_is_taken_from_lots_and_batches_is_what_pays(answer: Quote) -> None:
    assert total_of([one.principal for one in answer.lots]) == answer.principal
    assert total_of([one.bonus for one in answer.lots]) == answer.bonus
    assert sum(one.points.minor for one in answer.batches) == answer.points.minor


@given(baskets, holders, moments, st.sampled_from([RULES, BOTH]))
def test_no_legal_choice_is_cheaper_than_the_proposal(
    basket: Basket, holder: Holder, at: datetime, programme: object
) -> None:
    rules = RULES if programme is RULES else BOTH

    proposed = priced(Order(basket), holder, at, rules)

    ids = [one.id for one in holder.coupons]
    for count in range(len(ids) + 1):
        for chosen in combinations(ids, count):
            for by_day in (False, True):
                wanted = Order(basket, coupons=chosen, member_day=by_day)
                assert priced(wanted, holder, at, rules).due >= proposed.due


@given(baskets, holders, moments)
def test_every_held_coupon_is_used_or_says_why_not(
    basket: Basket, holder: Holder, at: datetime
) -> None:
    answer = priced(Order(basket), holder, at, RULES)

    assert [one.coupon for one in answer.verdicts] == list(holder.coupons)
    assert {one.coupon.id for one in answer.verdicts if one.used} == {
        use.coupon for use in answer.coupons
    }
    assert all((one.reason is None) is one.used for one in answer.verdicts)


@given(baskets, holders, moments)
def test_the_runner_up_never_saves_more(basket: Basket, holder: Holder, at: datetime) -> None:
    answer = priced(Order(basket), holder, at, RULES)

    if answer.runner_up is not None:
        assert answer.runner_up.saves <= answer.item_discount + answer.coupon_discount


@given(baskets, holders, moments)
def test_the_same_question_has_one_answer_whatever_the_order_of_the_coupons(
    basket: Basket, holder: Holder, at: datetime
) -> None:
    turned = replace(holder, coupons=tuple(reversed(holder.coupons)))

    one = priced(Order(basket), holder, at, RULES)
    other = priced(Order(basket), turned, at, RULES)

    assert one.units == other.units
    assert one.coupons == other.coupons
