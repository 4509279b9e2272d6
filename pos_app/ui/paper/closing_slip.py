"""The slip of a closed account: the derivation, top-up by top-up, to be signed."""

from __future__ import annotations

from pos_app.documents.figures import money_text
from pos_app.documents.slip import Fact, Head, NoticeSlip, SlipMember
from pos_app.language import _
from pos_app.ledger.receipts import ClosingReceipt, LotOnSlip
from pos_app.ledger.rules.prepaid_law import PayoutWay
from pos_app.ui.closing_terms import cause_name, ground_name, rate_text
from pos_app.ui.paper.feet import foot_of


def closing_slip(receipt: ClosingReceipt, head: Head, member: SlipMember | None) -> NoticeSlip:
    """Return the slip; the law's articles stand below, each once."""
    grounds = dict.fromkeys(ground_name(lot.ground) for lot in receipt.lots)
    terms = (
        Fact(_("Cause"), cause_name(receipt.cause)),
        Fact(_("Contract ended on"), receipt.ended_on.isoformat()),
    )
    return NoticeSlip(
        head=head,
        title=_("Account closing slip"),
        member=member,
        sections=(terms, *(_lot(lot) for lot in receipt.lots), _sums(receipt)),
        signatures=(_("Signed by the member"), _("Signed by the manager")),
        foot=foot_of(receipt.stamp, notes=tuple(grounds)),
    )


def _lot(lot: LotOnSlip) -> tuple[Fact, ...]:
    rate = _("Interest, {rate} × {days} days").format(rate=rate_text(lot.rate.value), days=lot.days)
    facts = (
        Fact(_("Topped up on {day}").format(day=lot.paid_on.isoformat()), money_text(lot.paid)),
        Fact(_("Bonus at the top-up"), money_text(lot.bonus) if lot.bonus else ""),
        Fact(_("Consumed"), money_text(-lot.consumed)),
        Fact(_("Given back"), money_text(lot.refund)),
        Fact(rate, money_text(lot.interest) if lot.interest else ""),
        Fact(_("Bonus cancelled"), money_text(lot.cancelled) if lot.cancelled else ""),
    )
    return tuple(fact for fact in facts if fact.value)


def _sums(receipt: ClosingReceipt) -> tuple[Fact, ...]:
    way = _("Cash")
    if receipt.way is PayoutWay.SAME_NAME_ACCOUNT:
        way = _("Bank account {tail}").format(tail=f"*{receipt.account_tail}")
    facts = (
        Fact(_("Given back"), money_text(receipt.refund)),
        Fact(_("Interest"), money_text(receipt.interest)),
        Fact(_("Paid out"), money_text(receipt.payout)),
        Fact(_("Paid out by"), way if receipt.payout else ""),
        Fact(_("To be paid by"), receipt.pay_by.isoformat()),
    )
    return tuple(fact for fact in facts if fact.value)
