"""The derivation of a closing in words: what the law gives back, and by which article."""

from __future__ import annotations

from pos_app.language import _, _n
from pos_app.ledger.closing_plan import ClosingPlan, LotPlan
from pos_app.ledger.offline import OnlineOnly
from pos_app.ledger.operators import SignedIn
from pos_app.ledger.rules.access import Act, Role
from pos_app.ledger.rules.closing import Ground
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.prepaid_law import PayoutWay
from pos_app.ui.closing_terms import ground_name, rate_text
from pos_app.ui.formats import money
from pos_app.ui.member_page.closing_state import PlanShown
from pos_app.ui.member_page.file import MemberFile
from pos_app.ui.parts.state import Choice, Fact, TableRow
from pos_app.ui.text import sentence


def why_not(file: MemberFile, operator: SignedIn) -> str:
    """Return why the account cannot be closed now; empty where it can."""
    if operator.role is not Role.MANAGER:
        return _("Only a manager closes an account.")
    if file.profile.status is Status.FROZEN:
        return _("The account is frozen.")
    if not file.member.whole:
        return _("There is no stored value to pay out.")
    waits = Act.CLOSE_ACCOUNT in file.waiting
    return sentence(OnlineOnly(Act.CLOSE_ACCOUNT)) if waits else ""


def plan_shown(plan: ClosingPlan) -> PlanShown:
    """Return the plan as the sheet shows it."""
    payout = plan.closing.payout
    return PlanShown(
        lots=tuple(_lot(lot) for lot in plan.lots),
        sums=_sums(plan),
        law=_law(plan),
        ways=_ways(plan),
        verb=_("Close and pay out {sum}").format(sum=money(payout)),
        pays=bool(payout),
    )


def _lot(lot: LotPlan) -> TableRow:
    seen, out = lot.seen, lot.outcome
    cells = (
        seen.paid_on.isoformat(),
        f"{money(seen.paid)} + {money(seen.bonus)}",
        money(out.consumed),
        money(out.refund),
        money(out.interest),
        money(lot.bonus),
    )
    return TableRow(seen.id.hex, cells)


def _sums(plan: ClosingPlan) -> tuple[Fact, ...]:
    closing = plan.closing
    days = max((lot.outcome.days for lot in plan.lots), default=0)
    rate = max((lot.outcome.rate.value for lot in plan.lots), default=0)
    span = _n("{rate} for {days} day", "{rate} for {days} days", days)
    facts = (
        Fact(_("In the account"), money(plan.balance)),
        Fact(_("Bonus cancelled"), money(plan.cancelled)),
        Fact(_("Kept for what was consumed"), money(plan.kept) if plan.kept else ""),
        Fact(_("Given back"), money(closing.refund)),
        Fact(
            _("Interest"),
            money(closing.interest),
            note=span.format(rate=rate_text(rate), days=days) if rate else "",
        ),
        Fact(_("Paid out"), money(closing.payout), "strong"),
        Fact(_("To be paid by"), closing.pay_by.isoformat()),
    )
    return tuple(fact for fact in facts if fact.value)


def _law(plan: ClosingPlan) -> tuple[str, ...]:
    grounds = dict.fromkeys(lot.outcome.ground for lot in plan.lots)
    unclaimed = any(lot.outcome.unclaimed for lot in plan.lots)
    beyond = (_("Art. 20: what was consumed beyond what was paid is not claimed."),)
    return (*(ground_name(Ground(one)) for one in grounds), *(beyond if unclaimed else ()))


def _ways(plan: ClosingPlan) -> tuple[Choice, ...]:
    forbidden = "" if PayoutWay.CASH in plan.closing.ways else _("More than may be paid in cash.")
    return (
        Choice(PayoutWay.SAME_NAME_ACCOUNT.value, _("Member's own bank account"), "credit-card"),
        Choice(PayoutWay.CASH.value, _("Cash"), "banknote", forbidden),
    )
