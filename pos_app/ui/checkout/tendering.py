"""How an order is paid: one tender or two, cash and its change."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.language import _
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.rules.access import Act, permitted
from pos_app.ledger.rules.basket import Tender, TenderAsk
from pos_app.ledger.rules.quote import Quote
from pos_app.money import Money, total_of
from pos_app.ui.formats import money

IN_ORDER = (Tender.STORED_VALUE, Tender.WECHAT, Tender.ALIPAY, Tender.CASH, Tender.CARD)
_NOTE_STEPS = (10_00, 50_00, 100_00)
_NOTES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Way:
    """The tenders chosen. `amount` is what the first one pays when a second takes the rest."""

    first: Tender = Tender.WECHAT
    rest: Tender | None = None
    amount: Money | None = None


def asks(way: Way) -> tuple[TenderAsk, ...]:
    if way.rest is None:
        return (TenderAsk(way.first),)
    return (TenderAsk(way.first, way.amount), TenderAsk(way.rest))


def split_of(way: Way, last_external: Tender) -> Way:
    """Return the same payment with a second tender; stored value pays what it covers."""
    if way.first is Tender.STORED_VALUE:
        return Way(way.first, last_external)
    rest = Tender.WECHAT if way.first is Tender.CASH else Tender.CASH
    return Way(way.first, rest, Money())


def usual_way(member: MemberAtCounter | None, last_external: Tender) -> Way:
    """Return the tender to begin with: stored value where the member has some and can prove it.

    Online HQ has the PIN that the member chose elsewhere.
    """
    if member is None or why_no_stored_value(member):
        return Way(last_external)
    provable = member.pin_here or (member.has_pin and member.online)
    return Way(Tender.STORED_VALUE if provable else last_external)


def why_no_stored_value(member: MemberAtCounter | None) -> str:
    """Return why stored value cannot be used, or nothing."""
    if member is None:
        return _("Stored value needs a member.")
    if not permitted(member.status, Act.PAY_STORED_VALUE):
        return _("This member is frozen: stored value stays untouched.")
    if member.balance or member.credit:
        return ""
    if is_capped(member):
        words = _("Offline: the {amount} at HQ cannot be used here.")
        return words.format(amount=money(member.whole))
    return _("No stored value yet. Top up with F6.")


def is_capped(member: MemberAtCounter | None) -> bool:
    """Say whether the member has more at HQ than can be used while it cannot be reached."""
    return member is not None and member.cut_off and member.whole > member.balance


def at_most_here(member: MemberAtCounter | None) -> str:
    """Return how much stored value can be used while HQ cannot be reached, where that is less."""
    if member is None or not is_capped(member):
        return ""
    most = member.balance + member.credit
    return _("Offline: at most {amount} here").format(amount=money(most))


def cash_share(quote: Quote) -> Money:
    """Return what is to be paid in cash, already rounded down."""
    return total_of([part.amount for part in quote.externals if part.tender is Tender.CASH])


def likely_notes(share: Money) -> tuple[Money, ...]:
    """Return what people hand over for a sum: the next ten, fifty and hundred above it."""
    if not share:
        return ()
    ups = {-(-share.minor // step) * step for step in _NOTE_STEPS}
    ups.add((share.minor // 100_00 + 2) * 100_00)
    over = sorted(fen for fen in ups if fen > share.minor)
    return tuple(Money(fen) for fen in over[:_NOTES_SHOWN])


def change_of(quote: Quote, received: Money) -> Money:
    """Return the change; negative while too little was handed over."""
    return received - cash_share(quote)
