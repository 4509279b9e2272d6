"""What HQ registers of lots and coupons: when they arrived, and how long they may be used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from pos_app.ledger.rules.refund_effects import last_day_anew
from pos_hq.fold import postings, real_names
from pos_hq.fold.belongings import Coupon, Lot
from pos_hq.fold.fact import Fact, text, whole
from pos_hq.fold.sheet import Sheet, case_of


def fill_lot(sheet: Sheet, fact: Fact) -> None:
    """Register a top-up as a lot."""
    postings.post(sheet, fact)
    body = fact.body
    lot = UUID(body["lot"]).hex
    paid, bonus = whole(body["amount"]), whole(body["bonus"])
    sheet.lots[lot] = sheet.new_lots[lot] = Lot(lot, str(fact.member), fact.at, paid, bonus)
    real_names.refer(sheet, fact)


def issue(sheet: Sheet, fact: Fact) -> None:
    """Register a coupon in a member's hand."""
    postings.post(sheet, fact)
    body = fact.body
    held = UUID(body["coupon"]).hex
    span = (_day(body["valid_from"]), _day(body["valid_until"]))
    _keep(sheet, Coupon(held, str(fact.member), text(body["template"]), *span))


def take_back(sheet: Sheet, fact: Fact) -> None:
    """Give coupons of a returned order their last day anew."""
    for back in fact.body["coupons_back"]:
        known = sheet.coupons.get(UUID(back["coupon"]).hex)
        if known is not None:
            span = (known.valid_from, _last_day(sheet, fact, known, back))
            _keep(sheet, Coupon(known.id, known.member, known.template, *span))


def _last_day(sheet: Sheet, fact: Fact, known: Coupon, back: Mapping[str, Any]) -> str:
    """Return the last day by the rules that were in force; another one is put before a person."""
    told, rules = _day(back["valid_until"]), sheet.whence.rules.get(fact.rules)
    if rules is None:
        return told
    ends, today = date.fromisoformat(known.valid_until), date.fromisoformat(fact.day)
    right = last_day_anew(ends, today, rules.coupon).isoformat()
    if right != told:
        here, there = {"day": right}, {"day": told}
        sheet.open_case(
            case_of(sheet, fact, "REFUND_DIFF", account=known.id, here=here, there=there)
        )
    return right


def _keep(sheet: Sheet, coupon: Coupon) -> None:
    sheet.coupons[coupon.id] = sheet.new_coupons[coupon.id] = coupon


def _day(value: object) -> str:
    return date.fromisoformat(str(value)).isoformat()
