"""The sentences and figures of a refund."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from pos_app.ids import CouponId
from pos_app.language import _, _n
from pos_app.ledger.counter import coupon_card
from pos_app.ledger.receipts import RefundReceipt
from pos_app.ledger.refund_lookup import SaleOpen, SaleSummary
from pos_app.ledger.refunds import REASONS
from pos_app.ledger.rules.basket import TenderShare
from pos_app.ledger.rules.coupons import HeldCoupon
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.refund import RefundPlan
from pos_app.ledger.rules.refund_effects import CouponBack
from pos_app.ledger.rules.refund_gifts import GiftEnd
from pos_app.money import Points
from pos_app.ui.coupon_words import coupon_title
from pos_app.ui.formats import day_and_time, money, points, signed_points
from pos_app.ui.parts.state import Choice, Fact, Outcome
from pos_app.ui.refund import settling
from pos_app.ui.refund.state import Mode, OrderRow, Planned, Slip, UnitLine
from pos_app.ui.words import refund_reason, tender_name

TAIL = 4


def reasons() -> tuple[Choice, ...]:
    """Return the reasons of which one must be chosen."""
    return tuple(Choice(code, refund_reason(code)) for code in REASONS)


def modes(*, itemised: bool) -> tuple[Choice, ...]:
    """Return the ways; units need lines, a sum needs their absence."""
    no_lines = "" if itemised else _("This order has no lines.")
    lines = _("This order has lines: choose them.") if itemised else ""
    return (
        Choice(Mode.WHOLE.value, _("Everything left"), "undo-2"),
        Choice(Mode.UNITS.value, _("Some articles"), "list-checks", no_lines),
        Choice(Mode.SUM.value, _("A sum"), "banknote", lines),
    )


def order_row(sale: SaleSummary, now: datetime, zone: ZoneInfo) -> OrderRow:
    """Return one sale of the list."""
    when = day_and_time(sale.at, now=now, zone=zone)
    subtitle = "  ·  ".join(filter(None, (when, sale.slip, sale.member_masked, _place(sale))))
    badges = {"part": _("Partly returned"), "whole": _("Returned")}
    gone = _("Everything has come back already.") if sale.returned == "whole" else ""
    badge = badges.get(sale.returned, "")
    return OrderRow(sale.event_id.hex, title_of(sale), subtitle, money(sale.paid), badge, gone)


def _place(sale: SaleSummary) -> str:
    """Name the store and the till of a sale that was made at another one."""
    if not sale.terminal:
        return ""
    place = f"{sale.store} {sale.terminal}".strip()
    return _("sold at {place}").format(place=place)


def title_of(sale: SaleSummary) -> str:
    """Name a sale by its first article."""
    if not sale.title:
        return _("Order without lines")
    if sale.units <= 1:
        return sale.title
    more = sale.units - 1
    words = _n("{title} and {count} more", "{title} and {count} more", more)
    return words.format(title=sale.title, count=more)


def slip(opened: SaleOpen, now: datetime, zone: ZoneInfo) -> Slip:
    """Return the head of the page."""
    sale = opened.summary
    when = day_and_time(sale.at, now=now, zone=zone)
    facts = (title_of(sale), when, sale.member_masked, _place(sale))
    subtitle = "  ·  ".join(filter(None, facts))
    partly = sale.returned == "part"
    return Slip(
        sale.slip, sale.slip[-TAIL:], subtitle, money(sale.paid), money(opened.rest), partly
    )


def unit_lines(opened: SaleOpen, chosen: frozenset[int]) -> tuple[UnitLine, ...]:
    """Return the units with what each was paid with."""
    gone = opened.sold.returned_units
    return tuple(
        UnitLine(
            index,
            unit.title or _("Article {number}").format(number=index + 1),
            money(unit.principal + unit.bonus + unit.paid_outside + unit.points),
            chosen=index in chosen,
            returned=index in gone,
        )
        for index, unit in enumerate(opened.sold.units)
    )


def void_note(refusal: str) -> str:
    """Say why a sale can only be refunded."""
    return {
        "day": _("A void is only possible on the day of the sale."),
        "operator": _("Only the cashier who sold it can void it."),
        "part": _("Part of it has come back already: refund the rest."),
        "till": _("Only the till that sold it can void it."),
    }.get(refusal, _("Undo the whole sale, as if it had not been."))


def planned(plan: RefundPlan, rules: Programme, ends: Mapping[CouponId, GiftEnd]) -> Planned:
    """Say where every fen and every point goes; `ends` are the gifts that were spoken of."""
    return Planned(
        money(plan.money),
        _back(plan, rules),
        _taken(plan),
        settling.shortage_facts(plan, rules),
        settling.gift_lines(plan, ends),
        settling.warnings(plan),
    )


def _back(plan: RefundPlan, rules: Programme) -> tuple[Fact, ...]:
    facts = [_to_tender(share) for share in plan.externals]
    if plan.principal:
        facts.append(Fact(_("Principal, to its lots"), money(plan.principal), "strong"))
    facts.extend(_bonus_of_lots(plan))
    if plan.points:
        facts.append(Fact(_("Points used come back"), signed_points(plan.points), "ok"))
    facts.extend(
        Fact(
            _("Coupon issued anew") if coupon.anew else _("Coupon comes back"),
            _title(coupon, rules),
            "ok",
            note=_until(f"{coupon.valid_until:%m-%d}"),
        )
        for coupon in plan.coupons_back
    )
    return tuple(facts)


def _title(back: CouponBack, rules: Programme) -> str:
    held = HeldCoupon(back.coupon, back.template, back.valid_until, back.valid_until)
    return coupon_title(coupon_card(held, rules))


def _bonus_of_lots(plan: RefundPlan) -> list[Fact]:
    given = [spend for spend in plan.lots if spend.bonus]
    several = len(given) > 1
    return [
        Fact(
            _("Bonus, lot {lot}").format(lot=spend.lot.hex[-TAIL:])
            if several
            else _("Bonus, to its lot"),
            money(spend.bonus),
            "strong",
        )
        for spend in given
    ]


def _taken(plan: RefundPlan) -> tuple[Fact, ...]:
    facts = []
    if plan.clawback:
        facts.append(
            Fact(_("Points earned are taken back"), signed_points(-plan.clawback), "danger")
        )
    if plan.pending_back:
        pending = signed_points(-plan.pending_back)
        facts.append(Fact(_("Points under review are dropped"), pending, "danger"))
    if plan.growth_back:
        facts.append(Fact(_("Growth taken back"), signed_points(-plan.growth_back)))
    if plan.deducted_for_points:
        facts.append(Fact(_("Kept for spent points"), money(-plan.deducted_for_points), "danger"))
    if plan.deducted_for_gifts:
        facts.append(Fact(_("Kept for a gift"), money(-plan.deducted_for_gifts), "danger"))
    return tuple(facts)


def _to_tender(share: TenderShare) -> Fact:
    name = _("Back by {tender}").format(tender=tender_name(share.tender))
    return Fact(name, money(share.amount), "strong")


def _until(day: str) -> str:
    return _("until {day}").format(day=day)


def outcome(receipt: RefundReceipt) -> Outcome:
    """Return what went back and what the member has now."""
    facts = [_to_tender(share) for share in receipt.externals]
    if receipt.principal or receipt.bonus:
        facts.append(
            Fact(_("Back to stored value"), money(receipt.principal + receipt.bonus), "strong")
        )
    if receipt.points_back:
        facts.append(Fact(_("Points back"), signed_points(receipt.points_back), "ok"))
    if receipt.clawback:
        facts.append(Fact(_("Points taken back"), signed_points(-receipt.clawback), "danger"))
    if receipt.kept_for_points:
        facts.append(Fact(_("Kept for spent points"), money(-receipt.kept_for_points), "danger"))
    if receipt.kept_for_gifts:
        facts.append(Fact(_("Kept for a gift"), money(-receipt.kept_for_gifts), "danger"))
    if receipt.debt:
        facts.append(Fact(_("Points owed"), points(receipt.debt), "danger"))
    facts.extend(Fact(_("Coupon back"), coupon_title(card), "ok") for card in receipt.coupons_back)
    if receipt.after is not None:
        facts.append(Fact(_("Balance now"), money(receipt.after.principal + receipt.after.bonus)))
        facts.append(Fact(_("Points now"), points(Points(receipt.after.points.minor))))
    title = _("Voided") if receipt.void else _("Refunded")
    return Outcome(title, money(receipt.money), receipt.stamp.slip, tuple(facts))
