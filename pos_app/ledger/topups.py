"""Top-ups: money in, rights here at once, within the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_app.errors import PosError
from pos_app.ids import IntentId, LotId, MemberId, OperatorId, new_id
from pos_app.ledger import wallet_moves
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.offline import ensure_in_reach
from pos_app.ledger.real_names import referred
from pos_app.ledger.receipts import TopUpReceipt
from pos_app.ledger.rights import Deed, ensure_may, ensure_permitted
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.birthdays import is_birthday_month
from pos_app.ledger.rules.holder import Holder
from pos_app.ledger.rules.identity_documents import Document
from pos_app.ledger.rules.large_amounts import thresholds_reached
from pos_app.ledger.rules.prepaid_law import Payer, needs_real_name, takes_cash
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.rules.topup import TopUpFacts, TopUpOffer, offer_top_up
from pos_app.ledger.rules.wallet import balance_of
from pos_app.ledger.stamps import after_from, after_record, slip_number, stamp_of
from pos_app.ledger.store import accounts, slip_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Draft, Event, Json, Kind, Transfer
from pos_app.ledger.store.holdings import (
    MemberState,
    after_moves,
    member_state,
    wallet_everywhere,
)
from pos_app.ledger.store.lots import has_topped_up
from pos_app.ledger.store.remote_rows import NOTHING_HEARD, remote_of
from pos_app.money import Money
from pos_app.security.evidence import Approval


@dataclass(eq=False)
class TenderNotTaken(PosError):
    """Stored value cannot be bought with stored value."""

    tender: Tender


@dataclass(eq=False)
class CashNotTaken(PosError):
    """The law wants a sum of this size transferred from an account, not paid in cash."""

    payer: Payer
    amount: Money


@dataclass(frozen=True, slots=True)
class TopUp:
    """One wish to top up. The intent is minted before the first attempt.

    `document` is what was shown where the law asks for one and none is on record yet.
    """

    member: MemberId
    amount: Money
    tender: Tender
    operator: OperatorId
    intent: IntentId
    approval: Approval | None = None
    document: Document | None = None
    payer: Payer = Payer.PERSON


def offer(ledger: Ledger, member: MemberId, amount: Money) -> TopUpOffer:
    """Return what a sum would give, before any money is taken.

    Raises TopUpRefused, MemberUnknown.
    """
    reader, rules, today = ledger.read(), ledger.programme, ledger.today()
    holder = _state(reader, member, today, rules).holder
    facts = _facts(holder, first=not has_topped_up(reader, member), today=today)
    return offer_top_up(amount, _total(reader, member, holder), facts, rules)


def top_up(ledger: Ledger, wish: TopUp) -> TopUpReceipt:
    """Take the money and open a lot with its bonus. Repeating the call returns the first receipt.

    Raises TopUpRefused (the legal cap on the last known total and the least sum, checked again
    inside the transaction), OnlineOnly, TenderNotTaken, CashNotTaken, DocumentNeeded,
    DocumentRefused, NameRefused, StatusForbids, NeedsApproval, NotProved.
    """
    if wish.tender in (Tender.STORED_VALUE, Tender.CREDIT):
        raise TenderNotTaken(wish.tender)
    if wish.tender is Tender.CASH and not takes_cash(wish.amount, wish.payer, ledger.programme):
        raise CashNotTaken(wish.payer, wish.amount)
    with ledger.write() as book:
        event = book.event_of_intent(wish.intent) or _commit(ledger, book, wish)
        return top_up_receipt_of(ledger, book, event)


def _commit(ledger: Ledger, book: Book, wish: TopUp) -> Event:
    ensure_in_reach(ledger, book, Act.TOP_UP)
    state = _state(book, wish.member, book.today, book.programme)
    ensure_permitted(state.holder.status, Act.TOP_UP)
    deed = Deed(Act.TOP_UP, wish.operator, wish.intent, wish.amount)
    approved = ensure_may(book, deed, key=ledger.capability_key, approval=wish.approval)
    facts = _facts(state.holder, first=not has_topped_up(book, wish.member), today=book.today)
    total = _total(book, wish.member, state.holder)
    given = offer_top_up(wish.amount, total, facts, book.programme)
    law = _by_law(ledger, book, wish)
    event = book.append(_draft(book, wish, given, {**approved, **law}))
    slip_rows.expect(book, event.seq)
    return event


def _state(book: Statements, member: MemberId, today: date, programme: Programme) -> MemberState:
    """Return the member with what they have here and at HQ."""
    return member_state(book, member, today=today, programme=programme, everywhere=True)


def _total(book: Statements, member: MemberId, holder: Holder) -> Money:
    """Return the last known total, which the legal cap is on: here, at HQ, at other terminals."""
    remote = remote_of(book, member) or NOTHING_HEARD
    return balance_of(holder.lots) + Money(remote.elsewhere)


def _by_law(ledger: Ledger, book: Book, wish: TopUp) -> dict[str, Json]:
    """Return what the law on prepaid cards wants written down; a document is taken here."""
    said: dict[str, Json] = {}
    if needs_real_name(wish.amount, book.programme, named=True):
        said |= referred(ledger, book, wish.member, wish.document, wish.operator)
    if wish.payer is not Payer.PERSON:
        said["payer"] = wish.payer.value
    reached = thresholds_reached(wish.amount, book.programme)
    if reached:
        said["thresholds"] = [one.minor for one in reached]
    return said


def _draft(book: Book, wish: TopUp, given: TopUpOffer, said: dict[str, Json]) -> Draft:
    lot = LotId(new_id())
    cash_in = accounts.tender(book.node.store, wish.tender.value)
    paid = Transfer(cash_in, accounts.principal(wish.member, lot), accounts.CNY, wish.amount.minor)
    moves = wallet_moves.fill_lot(wish.member, lot, paid=paid, bonus=given.bonus)
    after = after_moves(wallet_everywhere(book, wish.member), moves)
    body: dict[str, Json] = {
        "slip": slip_number(book),
        "lot": lot.hex,
        "amount": wish.amount.minor,
        "bonus": given.bonus.minor,
        "campaign": given.campaign.value,
        "campaign_bonus": given.campaign_bonus.minor,
        "rungs": [[rung.topup.minor, rung.bonus.minor, rung.times] for rung in given.rungs],
        "tender": wish.tender.value,
        "after": after_record(after, book.today),
        **said,
    }
    return Draft(Kind.TOPUP, body, moves, wish.member, wish.operator, wish.intent)


def _facts(holder: Holder, *, first: bool, today: date) -> TopUpFacts:
    born = holder.birthday is not None and is_birthday_month(holder.birthday, today)
    return TopUpFacts(first_topup=first, birthday_month=born)


def top_up_receipt_of(ledger: Ledger, reader: Statements, event: Event) -> TopUpReceipt:
    """Return the receipt of a top-up."""
    body, after = event.body, after_from(event.body["after"])
    assert after is not None, "a top-up has an owner"
    return TopUpReceipt(
        stamp=stamp_of(ledger, reader, event),
        amount=Money(body["amount"]),
        bonus=Money(body["bonus"]),
        tender=Tender(body["tender"]),
        campaign=body["campaign"],
        after=after,
    )
