"""A return as integers and strings: what its event stores, and what the next return reads back."""

from collections.abc import Mapping

from pos_app.ids import CouponId
from pos_app.ledger.rules.order_record import share_body, share_from
from pos_app.ledger.rules.record_values import (
    Body,
    RecordUnreadable,
    day,
    identity,
    inner,
    maps,
    minors,
    money,
    text,
    whole,
    wholes,
)
from pos_app.ledger.rules.refund import RefundPlan
from pos_app.ledger.rules.refund_effects import CouponBack
from pos_app.ledger.rules.refund_gifts import GiftDue, GiftEnd
from pos_app.ledger.rules.refund_legs import Legs
from pos_app.ledger.rules.sale_record import batch_body, batch_from, lot_body, lot_from
from pos_app.money import Growth, Points


def plan_body(plan: RefundPlan) -> Body:
    """Write down a return that happened."""
    return {
        "units": sorted(plan.units),
        "whole": int(plan.whole),
        "legs": _legs_body(plan.legs),
        "externals": [share_body(share) for share in plan.externals],
        "lots": [lot_body(spend) for spend in plan.lots],
        "batches": [batch_body(batch) for batch in plan.batches],
        "clawed": [batch_body(batch) for batch in plan.clawed],
        "coupons_back": [_coupon_body(back) for back in plan.coupons_back],
        "gifts_due": [_gift_body(gift) for gift in plan.gifts_due],
        "taken_back": minors(
            spend=plan.eligible_back,
            points=plan.clawback,
            pending=plan.pending_back,
            growth=plan.growth_back,
        ),
        "stands": minors(
            spend=plan.kept_eligible,
            points=plan.stands_points,
            pending=plan.stands_pending,
            growth=plan.stands_growth,
        ),
        **minors(
            amount=plan.amount,
            money=plan.money,
            principal=plan.principal,
            bonus=plan.bonus,
            points=plan.points,
            debt=plan.debt,
            short=plan.short,
            deducted_for_points=plan.deducted_for_points,
            deducted_for_gifts=plan.deducted_for_gifts,
            over_cap=plan.over_cap,
        ),
    }


def plan_from(body: Mapping[str, object]) -> RefundPlan:
    """Read a return back. Raises RecordUnreadable."""
    taken, stands = inner(body, "taken_back"), inner(body, "stands")
    return RefundPlan(
        units=frozenset(wholes(body, "units")),
        amount=money(body, "amount"),
        legs=_legs(inner(body, "legs")),
        externals=tuple(map(share_from, maps(body, "externals"))),
        deducted_for_points=money(body, "deducted_for_points"),
        deducted_for_gifts=money(body, "deducted_for_gifts"),
        lots=tuple(map(lot_from, maps(body, "lots"))),
        points=Points(whole(body, "points")),
        batches=tuple(map(batch_from, maps(body, "batches"))),
        clawback=Points(whole(taken, "points")),
        clawed=tuple(map(batch_from, maps(body, "clawed"))),
        debt=Points(whole(body, "debt")),
        pending_back=Points(whole(taken, "pending")),
        growth_back=Growth(whole(taken, "growth")),
        coupons_back=tuple(map(_coupon, maps(body, "coupons_back"))),
        gifts_due=tuple(map(_gift, maps(body, "gifts_due"))),
        whole=bool(whole(body, "whole")),
        eligible_back=money(taken, "spend"),
        kept_eligible=money(stands, "spend"),
        stands_points=Points(whole(stands, "points")),
        stands_pending=Points(whole(stands, "pending")),
        stands_growth=Growth(whole(stands, "growth")),
        over_cap=money(body, "over_cap"),
        short=Points(whole(body, "short")),
    )


def _legs_body(legs: Legs) -> Body:
    return {
        "external": [share_body(share) for share in legs.external],
        **minors(
            goods=legs.goods,
            coupon=legs.coupon,
            points=legs.points,
            principal=legs.principal,
            bonus=legs.bonus,
            rounding=legs.rounding,
        ),
    }


def _legs(body: Mapping[str, object]) -> Legs:
    return Legs(
        goods=money(body, "goods"),
        coupon=money(body, "coupon"),
        points=money(body, "points"),
        principal=money(body, "principal"),
        bonus=money(body, "bonus"),
        rounding=money(body, "rounding"),
        external=tuple(map(share_from, maps(body, "external"))),
    )


def _coupon_body(back: CouponBack) -> Body:
    return {
        "coupon": str(back.coupon),
        "template": back.template,
        "valid_until": back.valid_until.isoformat(),
        "anew": int(back.anew),
    }


def _coupon(body: Mapping[str, object]) -> CouponBack:
    return CouponBack(
        CouponId(identity(body, "coupon")),
        text(body, "template"),
        day(body, "valid_until"),
        anew=bool(whole(body, "anew")),
    )


def _gift_body(gift: GiftDue) -> Body:
    return {
        "coupon": str(gift.coupon),
        "template": gift.template,
        "end": gift.end.value,
        **minors(value=gift.value),
    }


def _gift(body: Mapping[str, object]) -> GiftDue:
    return GiftDue(
        CouponId(identity(body, "coupon")),
        text(body, "template"),
        money(body, "value"),
        gift_end(text(body, "end")),
    )


def gift_end(said: str) -> GiftEnd:
    """Read what became of a gift. Raises RecordUnreadable."""
    if said not in set(GiftEnd):
        raise RecordUnreadable("end")
    return GiftEnd(said)
