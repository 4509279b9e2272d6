"""The panel after a payment: what was taken, and what the member holds now."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rules.basket import Tender
from pos_app.ui.checkout.state import Finished, FinishedFact
from pos_app.ui.formats import money, points, signed_points
from pos_app.ui.words import tender_name


def finished(receipt: SaleReceipt, printing: str) -> Finished:
    """Return the success state of a sale."""
    tier = receipt.tier_up
    return Finished(
        title=_("Payment taken"),
        amount=money(receipt.payable),
        slip=receipt.stamp.slip,
        facts=_facts(receipt),
        upgrade=_("Welcome to {tier}! Benefits from the next order.").format(tier=tier)
        if tier
        else "",
        printing=printing,
        hint=_("Scan the next member or type an amount"),
    )


def _facts(receipt: SaleReceipt) -> tuple[FinishedFact, ...]:
    facts = []
    if receipt.change is not None and receipt.cash_received is not None:
        facts.append(FinishedFact(_("Cash received"), money(receipt.cash_received)))
        facts.append(FinishedFact(_("Change"), money(receipt.change), large=True))
    facts += _tenders(receipt)
    if receipt.after is not None:
        if receipt.principal or receipt.bonus:
            balance = receipt.after.principal + receipt.after.bonus
            facts.append(FinishedFact(_("Balance now"), money(balance), large=True))
        worth = f"{signed_points(receipt.earned)} → {points(receipt.after.points)}"
        facts.append(FinishedFact(_("Points"), worth))
    return tuple(facts)


def _tenders(receipt: SaleReceipt) -> list[FinishedFact]:
    """Name the tenders where there was more than one, or one that is not said otherwise."""
    shares = [(part.tender, part.amount) for part in receipt.externals]
    stored = receipt.principal + receipt.bonus
    if stored:
        shares.insert(0, (Tender.STORED_VALUE, stored))
    return [FinishedFact(tender_name(tender), money(amount)) for tender, amount in shares]
