"""Sentences about rights: held here, lying at HQ, frozen, or on their way back."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.grants import NotGranted
from pos_app.ledger.offline import OnlineOnly, RightsDue, SpendingFrozen
from pos_app.ledger.paper_coupons import NotACode, PaperNeedsHq, PaperRefused
from pos_app.ledger.rules.access import Act
from pos_app.ui.sentences.acts import act_name
from pos_app.ui.sentences.said import said


@said.register
def _online_only(fact: OnlineOnly) -> str:
    if fact.act is Act.REFUND_ELSEWHERE:
        return _(
            "This sale was made at another till: HQ must be reachable to refund it here. Try again "
            "once the till is online, or refund it at the till that sold it."
        )
    words = _("{act} needs HQ, which cannot be reached now. Try again once the till is online.")
    return words.format(act=act_name(fact.act))


@said.register
def _spending_frozen(fact: SpendingFrozen) -> str:
    reasons = {
        "holdings_differ": _(
            "HQ counts other balances than this till. Stored value, points and coupons wait until "
            "HQ has cleared it; other tenders work."
        ),
        "revoked": _(
            "HQ has blocked this till: no stored value, points or coupons. Call HQ; other tenders "
            "work."
        ),
    }
    general = _("Stored value, points and coupons are stopped here. Call HQ; other tenders work.")
    return reasons.get(fact.cause, general)


@said.register
def _rights_due(_fact: RightsDue) -> str:
    return _("The time of HQ's grant was over. Nothing was taken; please confirm the price again.")


@said.register
def _not_a_code(_fact: NotACode) -> str:
    return _("This is no coupon code: scan it again, or compare it with the paper.")


@said.register
def _paper_needs_hq(_fact: PaperNeedsHq) -> str:
    return _(
        "A printed coupon is only taken online: only HQ knows whether it was used. Keep the paper."
    )


@said.register
def _paper_refused(_fact: PaperRefused) -> str:
    return _("HQ does not give this coupon: it was used, has expired, or was never printed.")


@said.register
def _not_granted(fact: NotGranted) -> str:
    reasons = {
        "not_covered": _(
            "HQ has less than this payment needs; another till may hold it. Try again in a moment."
        ),
        "blocked": _("HQ has blocked this member. Nothing was taken."),
        "merged": _("This member was merged into another one. Search again by phone."),
        "erased": _("This member's data was erased. Nothing can be spent any more."),
        "revoked": _("HQ grants this till nothing. Call HQ. Nothing was taken."),
        "quarantined": _("HQ grants this till nothing until it is checked. Call HQ."),
        "orphaned": _("HQ grants this till nothing until it is enrolled anew. Call HQ."),
    }
    return reasons.get(fact.reason, _("HQ did not grant what is missing. Nothing was taken."))
