"""What the panel says while HQ is asked for rights, and when it gives none."""

from __future__ import annotations

from pos_app.errors import PosError
from pos_app.language import _, _n
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.grants import PIN
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.store.right_rows import Want
from pos_app.money import Money, Points
from pos_app.sync.facts import HqUnreachable, Outage
from pos_app.ui.checkout.state import Notice, NoticeAction
from pos_app.ui.checkout.tendering import Way
from pos_app.ui.checkout.wish import Short
from pos_app.ui.formats import money, points
from pos_app.ui.text import sentence
from pos_app.ui.words import tender_name

CANCEL = "cancel"
HELD_ONLY = "held_only"
CASH_FIRST = "cash_first"


def fetching(short: Short) -> Notice:
    """Say what HQ is asked for; whoever does not want to wait stops, or takes cash."""
    words = _("HQ is asked for {what}. Nothing has been taken.")
    actions = (NoticeAction(CANCEL, _("Cancel")), _cash_first())
    slow = _("HQ is slow. You can take cash first.")
    return Notice(words.format(what=_in_words(short.wants)), "info", actions, slow)


def uncovered(fact: PosError, short: Short, way: Way, other: Tender) -> Notice:
    """Say why HQ gave nothing, and offer what can be done without it."""
    return Notice(_why(fact), "warn", _ways_out(short.owner, way, other))


def without_hq(member: MemberAtCounter | None, way: Way, other: Tender) -> Way:
    """Return how to pay with what is held here: it first, the rest otherwise."""
    if Tender.STORED_VALUE not in (way.first, way.rest):
        return way
    return Way(Tender.STORED_VALUE, way.rest or other) if held_here(member) else Way(other)


def held_here(member: MemberAtCounter | None) -> Money:
    """Return the stored value that is held here, whatever HQ would grant."""
    return member.wallet.principal + member.wallet.bonus if member else Money()


def _ways_out(
    member: MemberAtCounter, way: Way, other: Tender
) -> tuple[NoticeAction, NoticeAction]:
    here = held_here(member)
    if way.first is not Tender.STORED_VALUE:
        words = _("Pay without HQ")
    elif here:
        words = _("{amount} here, rest by {tender}")
    else:
        words = _("Pay by {tender}")
    said = words.format(amount=money(here), tender=tender_name(way.rest or other))
    return NoticeAction(HELD_ONLY, said), _cash_first()


def _cash_first() -> NoticeAction:
    return NoticeAction(CASH_FIRST, _("Cash first"))


def _why(fact: PosError) -> str:
    if not isinstance(fact, HqUnreachable):
        return sentence(fact)
    if fact.outage in (Outage.TIMEOUT, Outage.BUSY):
        return _("HQ is slow to answer. Nothing was taken. Cash can be taken first.")
    return _("HQ cannot be reached. Nothing was taken.")


def _in_words(wants: tuple[Want, ...]) -> str:
    if wants == (PIN,):
        return _("what checks the member's PIN")
    amounts = {want.unit: want.want for want in wants}
    parts = []
    if fen := amounts.pop("CNY", 0):
        parts.append(money(Money(fen)))
    if count := amounts.pop("PTS", 0):
        parts.append(_("{points} pts").format(points=points(Points(count))))
    if amounts:
        coupons = _n("{count} coupon", "{count} coupons", len(amounts))
        parts.append(coupons.format(count=len(amounts)))
    return ", ".join(parts)
