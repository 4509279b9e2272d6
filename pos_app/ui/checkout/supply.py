"""What a payment needs before anybody proves it; asked where the ledger is open."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.ids import MemberId
from pos_app.ledger.counter import MemberAtCounter, open_member, price
from pos_app.ledger.factors import PinNotHere, lack_of_pin
from pos_app.ledger.grants import PIN, ensure_granted, shortage
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.offline import ensure_not_frozen
from pos_app.ledger.returns import return_due
from pos_app.ledger.rules.access import ProofNeeded
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.sales import QuoteChanged, agree, proof_needed
from pos_app.ledger.store.right_rows import Want
from pos_app.ui.checkout.wish import Short, Wish


@dataclass(frozen=True, slots=True)
class Needs:
    """What HQ has to grant first, and what has to be proved; no proof without stored value."""

    wants: tuple[Want, ...]
    proof: ProofNeeded | None


def needs_of(ledger: Ledger, shown: Quote, member: MemberId) -> Needs:
    """Return what the payment needs. Rights that are due go back before they are counted on.

    Raises SpendingFrozen and DailyLimitReached; QuoteChanged where the price counted on an HQ that
    cannot be reached any more.
    """
    ensure_not_frozen(ledger.read())
    return_due(ledger)
    proof = proof_needed(ledger, shown, member) if shown.to_prove else None
    wants = shortage(ledger, shown, member)
    if proof is not None and not wants and _pin_elsewhere(ledger, member):
        wants = (PIN,)
    if wants and not ledger.online:
        raise QuoteChanged(shown, price(ledger, shown.order, member))
    return Needs(wants, proof)


def supplied(ledger: Ledger, short: Short) -> tuple[Wish, MemberAtCounter]:
    """Return the payment and its member as they are once HQ has answered.

    Raises NotGranted; PinNotHere where HQ was asked for the PIN and has none to give; QuoteChanged
    where what is held now brings another price.
    """
    wish, member = short.wish, open_member(ledger, short.owner.id)
    if short.wants == (PIN,) and not member.pin_here:
        raise PinNotHere(member.id, ledger.online)
    ensure_granted(ledger, wish.shown, member.id)
    fresh = price(ledger, wish.shown.order, member.id, held_only=True)
    if not agree(wish.shown, fresh):
        raise QuoteChanged(wish.shown, price(ledger, wish.shown.order, member.id))
    return Wish(fresh, member, wish.received), member


def _pin_elsewhere(ledger: Ledger, member: MemberId) -> bool:
    """Say whether HQ may have what checks the PIN; offline the sheet says that nothing can."""
    return ledger.online and isinstance(lack_of_pin(ledger, member), PinNotHere)
