"""Sentences about refunds and voids."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.refunds import ClaimOver, NoVoid, PlanChanged, ReasonWanted, SaleUnknown
from pos_app.ledger.rules.refund_selection import (
    KeptCostsAll,
    NothingToRefund,
    RefundExceedsRest,
    UnitAlreadyReturned,
    UnitNotSold,
    UnitsWanted,
)
from pos_app.ui.formats import money
from pos_app.ui.sentences.said import said


@said.register
def _sale_unknown(_fact: SaleUnknown) -> str:
    return _("This sale is not known here. Look for it once more while HQ can be reached.")


@said.register
def _reason_wanted(_fact: ReasonWanted) -> str:
    return _("Choose the reason of the refund first.")


@said.register
def _no_void(fact: NoVoid) -> str:
    reasons = {
        "day": _("Only sales of today can be voided. Use a refund."),
        "part": _("A part of this sale was returned already. Use a refund."),
        "operator": _("Only the operator who sold can void. Use a refund."),
        "till": _("Only the till that sold can void. Use a refund."),
    }
    return reasons.get(fact.reason, _("This sale cannot be voided. Use a refund."))


@said.register
def _claim_over(_fact: ClaimOver) -> str:
    return _("It took too long, and another till may return this sale now. Confirm once more.")


@said.register
def _plan_changed(_fact: PlanChanged) -> str:
    return _("What would go back has changed. Look at the new sums and confirm again.")


@said.register
def _kept_costs_all(fact: KeptCostsAll) -> str:
    return _(
        "Nothing is left to give back: what is kept costs {costs} by itself, and {paid} are paid."
    ).format(costs=money(fact.costs), paid=money(fact.paid))


@said.register
def _nothing(_fact: NothingToRefund) -> str:
    return _("There is nothing to give back for this choice.")


@said.register
def _exceeds(fact: RefundExceedsRest) -> str:
    facts = {"rest": money(fact.rest), "wanted": money(fact.wanted)}
    return _("{wanted} is more than what is left to refund: {rest}.").format(**facts)


@said.register
def _already(_fact: UnitAlreadyReturned) -> str:
    return _("One of these items was returned already.")


@said.register
def _not_sold(_fact: UnitNotSold) -> str:
    return _("One of these items is not part of the sale.")


@said.register
def _units(_fact: UnitsWanted) -> str:
    return _("Choose the items that come back; this sale knows them one by one.")
