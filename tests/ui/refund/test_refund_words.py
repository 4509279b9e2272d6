"""A plan in words: whatever it moves has its line."""

from dataclasses import replace
from datetime import date

from pos_app.ids import CouponId, LotId, MemberId, new_id
from pos_app.ledger import refunds
from pos_app.ledger.counter import CouponCard, coupon_card
from pos_app.ledger.receipts import RefundReceipt, SaleReceipt
from pos_app.ledger.rules.coupons import HeldCoupon
from pos_app.ledger.rules.refund import RefundPlan
from pos_app.ledger.rules.refund_effects import CouponBack
from pos_app.ledger.rules.refund_gifts import GiftDue
from pos_app.ledger.rules.wallet import LotSpend
from pos_app.money import Money, Points
from pos_app.ui.refund import words
from tests.shop import Shop, intent
from tests.ui.parts.at_the_till import sell


def plan_of(shop: Shop, sale: SaleReceipt) -> RefundPlan:
    """Plan the return of a whole sale."""
    return refunds.plan(shop.ledger, sale.stamp.event_id, None)


def test_what_is_kept_back_and_taken_back_is_named(shop: Shop) -> None:
    plan = replace(
        plan_of(shop, sell(shop, None)),
        pending_back=Points(5),
        deducted_for_points=Money(300),
        deducted_for_gifts=Money(5_000),
    )

    taken = {
        fact.label: fact.value for fact in words.planned(plan, shop.ledger.programme, {}).taken
    }

    assert taken["Points under review are dropped"] == "\u2212\u20095"
    assert taken["Kept for spent points"] == "\u2212\u2009¥3.00"
    assert taken["Kept for a gift"] == "\u2212\u2009¥50.00"


def test_debts_and_gifts_are_warned_of(shop: Shop) -> None:
    gift = GiftDue(CouponId(new_id()), "G200", Money(5_000))
    plan = replace(plan_of(shop, sell(shop, None)), debt=Points(120), gifts_due=(gift,))

    planned = words.planned(plan, shop.ledger.programme, {})

    assert planned.warnings == ("Points are already spent: the member will owe 120 points.",)
    assert [(line.title, line.deduct, line.end) for line in planned.gifts] == [
        ("The gift worth ¥50.00 no longer fits the order.", "Deduct ¥50.00", "")
    ]


def test_a_coupon_comes_back_with_its_last_day(shop: Shop) -> None:
    back = CouponBack(CouponId(new_id()), "M300-50", date(2026, 6, 30))
    plan = replace(plan_of(shop, sell(shop, None)), coupons_back=(back,))

    fact = words.planned(plan, shop.ledger.programme, {}).back[-1]

    assert (fact.label, fact.value, fact.note) == (
        "Coupon comes back",
        "¥50 off ¥300",
        "until 06-30",
    )


def test_bonus_of_several_lots_is_told_lot_by_lot(shop: Shop) -> None:
    lots = tuple(LotSpend(LotId(new_id()), Money(100), Money(10)) for _lot in range(2))
    plan = replace(plan_of(shop, sell(shop, None)), lots=lots)

    labels = [fact.label for fact in words.planned(plan, shop.ledger.programme, {}).back]

    assert sum(label.startswith("Bonus, lot ") for label in labels) == 2


def held_coupon(shop: Shop) -> CouponCard:
    until = date(2026, 6, 30)
    held = HeldCoupon(CouponId(new_id()), "M300-50", until, until)
    return coupon_card(held, shop.ledger.programme)


def test_the_outcome_names_everything_that_moved(shop: Shop) -> None:
    member: MemberId = shop.member()
    sale = sell(shop, member)
    plan = plan_of(shop, sale)
    wish = refunds.Refund(
        sale.stamp.event_id, None, plan, "quality", shop.manager, intent(), void=True
    )
    receipt: RefundReceipt = replace(
        refunds.refund(shop.ledger, wish),
        points_back=Points(100),
        debt=Points(7),
        coupons_back=(held_coupon(shop),),
    )

    outcome = words.outcome(receipt)

    facts = {fact.label: fact.value for fact in outcome.facts}
    assert outcome.title == "Voided"
    assert facts["Points back"] == "+\u2009100"
    assert facts["Points owed"] == "7"
    assert facts["Coupon back"] == "¥50 off ¥300"
