"""Payments: the sale that was quoted, taken once, with every leg in one event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from pos_app.errors import PosError
from pos_app.ids import EventId, IntentId, MemberId, OperatorId, new_id
from pos_app.ledger import wallet_moves
from pos_app.ledger.credit import with_credit
from pos_app.ledger.factors import PIN
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.offline import ensure_spendable
from pos_app.ledger.receipts import SaleReceipt
from pos_app.ledger.rights import Deed, active_operator, ensure_approved, ensure_permitted
from pos_app.ledger.rules.access import Act, ProofNeeded
from pos_app.ledger.rules.access import proof_needed as proof_needed_for
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.points import PointsBatch, repay_debt
from pos_app.ledger.rules.quote import Quote, quote
from pos_app.ledger.rules.sale_record import quote_body
from pos_app.ledger.rules.tiers import tier_after_order
from pos_app.ledger.rules.wallet import NotCovered
from pos_app.ledger.sale_receipts import sale_receipt_of
from pos_app.ledger.stamps import after_record, slip_number
from pos_app.ledger.store import accounts, slip_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Draft, Event, Json, Kind, Transfer
from pos_app.ledger.store.holdings import (
    MemberState,
    after_moves,
    member_state,
    tier_record,
    wallet_everywhere,
)
from pos_app.ledger.store.usage import usage_of
from pos_app.money import Money
from pos_app.security.evidence import Approval, Evidence, NotProved


@dataclass(eq=False)
class QuoteChanged(PosError):
    """What was shown is no longer what would be paid; the cashier must see the fresh sum first."""

    shown: Quote
    fresh: Quote


@dataclass(eq=False)
class CashShort(PosError):
    """Less cash was given than the cash part of the sale."""

    wanted: Money
    given: Money


@dataclass(frozen=True, slots=True)
class Payment:
    """Who pays what was shown, and what stands behind it.

    The intent is minted before the first attempt.
    """

    operator: OperatorId
    intent: IntentId
    member: MemberId | None = None
    evidence: Evidence | None = None
    approval: Approval | None = None
    cash_received: Money | None = None


def proof_needed(ledger: Ledger, shown: Quote, member: MemberId) -> ProofNeeded:
    """Return what this stored-value payment must prove beside the member's factor.

    Raises DailyLimitReached.
    """
    return _proof_needed(ledger.read(), ledger, shown, member)


def pay(ledger: Ledger, shown: Quote, payment: Payment) -> SaleReceipt:
    """Take the payment that was quoted. Repeating the call returns the first receipt.

    Raises QuoteChanged, NotCovered, NotProved, NeedsApproval, DailyLimitReached, StatusForbids,
    CashShort, ClockSetBack, OperatorUnknown and the facts of `store/driver.py`; nothing is kept
    then.
    """
    with ledger.write() as book:
        event = book.event_of_intent(payment.intent) or _commit(ledger, book, shown, payment)
        return sale_receipt_of(ledger, book, event)


def _commit(ledger: Ledger, book: Book, shown: Quote, payment: Payment) -> Event:
    active_operator(book, payment.operator)
    state = _state(ledger, book, payment.member)
    fresh = quote(shown.order, None if state is None else state.holder, book.programme, book.now)
    if not agree(shown, fresh):
        raise QuoteChanged(shown, fresh)
    if fresh.missing:
        raise NotCovered(fresh.due, fresh.due - fresh.missing)
    _ensure_cash(fresh, payment.cash_received)
    approved = _ensure_rights(ledger, book, fresh, payment, state)
    event = book.append(_draft(book, fresh, payment, state, approved), payment.evidence)
    slip_rows.expect(book, event.seq)
    return event


def _ensure_rights(
    ledger: Ledger, book: Book, fresh: Quote, payment: Payment, state: MemberState | None
) -> dict[str, Json]:
    """Check what spending rights needs.

    A trusted clock, a member in good standing, perhaps a manager; then the event says why.
    """
    if state is None or payment.member is None or not _spends_rights(fresh):
        return {}
    ledger.ensure_clock()
    ensure_spendable(book, payment.member)
    if not fresh.to_prove:
        return {}
    if fresh.credit and (payment.evidence is None or payment.evidence.factor != PIN):
        raise NotProved("credit_needs_pin")
    ensure_permitted(state.holder.status, Act.PAY_STORED_VALUE)
    needed = _proof_needed(book, ledger, fresh, payment.member)
    if not needed.approval:
        return {}
    deed = Deed(Act.PAY_STORED_VALUE, payment.operator, payment.intent, fresh.to_prove)
    approved = ensure_approved(book, deed, key=ledger.capability_key, approval=payment.approval)
    return {**approved, "step_up": needed.reason.value}


def _spends_rights(fresh: Quote) -> bool:
    return bool(fresh.to_prove or fresh.points or fresh.coupons)


def _proof_needed(book: Statements, ledger: Ledger, shown: Quote, member: MemberId) -> ProofNeeded:
    rules = ledger.programme
    window = timedelta(minutes=rules.second_factor.velocity.window_minutes)
    used = usage_of(book, member, ledger.today(), ledger.now() - window)
    counts = (used.payments_today, used.payments_in_window)
    return proof_needed_for(shown.to_prove, used.spent_today, *counts, rules)


def _draft(
    book: Book, fresh: Quote, payment: Payment, state: MemberState | None, approved: dict[str, Json]
) -> Draft:
    sale = EventId(new_id())
    moves = _moves(book, fresh, payment.member, state)
    body: dict[str, Json] = {
        **quote_body(fresh),
        **approved,
        "slip": slip_number(book),
        "tier_pct": _tier_pct(book, fresh, state),
        "cash_received": None if payment.cash_received is None else payment.cash_received.minor,
        "tier": None if state is None else _tier(book, fresh, state, sale),
        "after": None if payment.member is None else _after(book, payment.member, moves),
    }
    named = (payment.member, payment.operator, payment.intent)
    return Draft(Kind.SALE, body, moves, *named, id=sale)


def _moves(
    book: Book, fresh: Quote, member: MemberId | None, state: MemberState | None
) -> tuple[Transfer, ...]:
    store = book.node.store
    sales = accounts.sales(store)
    outside = [
        move
        for share in fresh.externals
        for move in wallet_moves.money(
            wallet_moves.share_account(member, share, store), sales, share.amount
        )
    ]
    rounded = wallet_moves.money(accounts.rounding(store), sales, fresh.rounding)
    if member is None or state is None:
        return (*outside, *rounded)
    repaid = repay_debt(fresh.earns, state.holder.debt)
    return (
        *outside,
        *rounded,
        *wallet_moves.spend_lots(member, fresh.lots, store),
        *wallet_moves.redeem(member, fresh.batches),
        *(move for used in fresh.coupons for move in wallet_moves.use_coupon(member, used.coupon)),
        *wallet_moves.earn(
            member,
            PointsBatch(fresh.earns_expire_on, repaid.credited),
            fresh.earns - repaid.credited,
        ),
    )


def _tier(book: Book, fresh: Quote, state: MemberState, sale: EventId) -> dict[str, Json] | None:
    """Return the tier that the order lifts the member to, at once; None where it stays."""
    spend, growth = state.holder.spend + fresh.eligible, state.holder.growth + fresh.grows
    reached = tier_after_order(state.tier, spend, growth, book.today, sale, book.programme)
    return None if reached == state.tier else tier_record(reached)


def _tier_pct(book: Book, fresh: Quote, state: MemberState | None) -> int:
    """Return the percentage that the member day left payable; 100 without it."""
    if state is None or not fresh.member_day:
        return 100
    return book.programme.tier_named(state.holder.tier).member_day.pct


def _after(book: Book, member: MemberId, moves: tuple[Transfer, ...]) -> dict[str, Json]:
    return after_record(after_moves(wallet_everywhere(book, member), moves), book.today)


def _state(ledger: Ledger, book: Book, member: MemberId | None) -> MemberState | None:
    if member is None:
        return None
    state = member_state(book, member, today=book.today, programme=book.programme)
    return with_credit(ledger, book, member, state)


def _ensure_cash(fresh: Quote, given: Money | None) -> None:
    wanted = Money(
        sum(share.amount.minor for share in fresh.externals if share.tender is Tender.CASH)
    )
    if given is not None and given < wanted:
        raise CashShort(wanted, given)


def agree(shown: Quote, fresh: Quote) -> bool:
    """Say whether two prices ask the same of the member, and give the same."""
    return _sums(shown) == _sums(fresh)


def _sums(shown: Quote) -> tuple[object, ...]:
    """Return everything that the cashier and the member agreed to."""
    money = (shown.goods, shown.due, shown.stored_value, shown.rounding, shown.missing)
    return (*money, shown.points, shown.externals, shown.coupons, shown.earns, shown.grows)
