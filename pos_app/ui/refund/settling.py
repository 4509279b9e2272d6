"""The sentences of what is settled in a refund: points already spent, gifts no longer deserved."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.ids import CouponId
from pos_app.language import _
from pos_app.ledger.refunds import WAIVERS
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.refund import RefundPlan
from pos_app.ledger.rules.refund_gifts import GiftEnd, worth
from pos_app.ledger.rules.shortage import Settlement, shortage
from pos_app.ui.formats import money, points, signed_points
from pos_app.ui.parts.state import Choice, Fact
from pos_app.ui.refund.state import GiftLine, RefundState


def shortage_facts(plan: RefundPlan, rules: Programme) -> tuple[Fact, ...]:
    """Return what is missing, and both ways to settle it; the programme's one is marked."""
    short = shortage(plan, rules.points)
    if short is None:
        return ()
    return (
        Fact(_("Points already spent"), points(short.points), "danger"),
        _way(_("Owed as points"), short.owing, by_rule=not short.deducts),
        _way(_("Kept from the refund"), short.deducting, by_rule=short.deducts),
    )


def _way(name: str, settled: Settlement, *, by_rule: bool) -> Fact:
    said = f"{money(settled.money)} · {signed_points(-settled.debt)}"
    return Fact(name, said, "strong" if by_rule else "", _("our rule") if by_rule else "")


def gift_lines(plan: RefundPlan, ends: Mapping[CouponId, GiftEnd]) -> tuple[GiftLine, ...]:
    """Return the gifts to be settled."""
    return tuple(
        GiftLine(
            gift.coupon.hex,
            _("The gift worth {value} no longer fits the order.").format(value=money(gift.value)),
            _("Deduct {value}").format(value=money(gift.value)),
            ends[gift.coupon].value if gift.coupon in ends else "",
        )
        for gift in plan.gifts_due
    )


def warnings(plan: RefundPlan) -> tuple[str, ...]:
    """Say what the plan leaves open."""
    said = []
    if plan.debt:
        words = _("Points are already spent: the member will owe {points} points.")
        said.append(words.format(points=points(plan.debt)))
    unpaid = worth(plan.gifts_due) - plan.deducted_for_gifts
    if unpaid:
        words = _("The refund covers the gift but for {amount}: collect it, or let it come back.")
        said.append(words.format(amount=money(unpaid)))
    if plan.over_cap:
        words = _("{amount} lies above the legal limit of a card: no top-up until it is spent.")
        said.append(words.format(amount=money(plan.over_cap)))
    return tuple(said)


def waivers() -> tuple[Choice, ...]:
    """Return the reasons for letting a gift go."""
    said = {
        "goodwill": _("Goodwill"),
        "used_up": _("Gift used up"),
        "our_mistake": _("Our mistake"),
    }
    return tuple(Choice(code, said[code]) for code in WAIVERS)


def consent(state: RefundState) -> str:
    """Say to the manager what the consent is about beside the money."""
    rule = _("This needs a manager who is another person.")
    gifts = state.planned.gifts if state.planned is not None else ()
    if any(gift.end == GiftEnd.WAIVED.value for gift in gifts):
        return _("The gift is waived.") + " " + rule
    return rule
