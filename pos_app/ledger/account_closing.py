"""Closing a member's stored-value account: every lot to zero in one event, by the law."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, OperatorId
from pos_app.ledger import wallet_moves
from pos_app.ledger.closing_plan import ClosingPlan, LotPlan, plan_on
from pos_app.ledger.closing_receipts import closing_receipt_of
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.offline import ensure_spendable
from pos_app.ledger.receipts import ClosingReceipt
from pos_app.ledger.rights import Deed, ensure_may
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.prepaid_law import PayoutWay
from pos_app.ledger.stamps import after_record, slip_number
from pos_app.ledger.store import accounts, slip_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.event import Draft, Event, Json, Kind, Transfer
from pos_app.ledger.store.holdings import after_moves, wallet_everywhere
from pos_app.ledger.store.member_rows import known_member
from pos_app.ledger.wallet_moves import Moves
from pos_app.money import Money
from pos_app.security.evidence import Approval, Evidence

TAIL_DIGITS = 4


@dataclass(eq=False)
class WayForbidden(PosError):
    """The law does not let this sum leave that way."""

    way: PayoutWay
    cash_most: Money


@dataclass(eq=False)
class AccountWanted(PosError):
    """A transfer is recorded with its holder and the last digits of the account."""


@dataclass(eq=False)
class OtherHolder(PosError):
    """The account is not in the member's own name, or the member has none on file."""


@dataclass(eq=False)
class ClosingChanged(PosError):
    """What was shown is no longer what would be paid."""

    fresh: ClosingPlan


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where a transfer goes, as far as it is recorded: its holder and its last digits."""

    holder: str
    tail: str


@dataclass(frozen=True, slots=True)
class ClosingWish:
    """One wish to close. `shown` is the plan that was agreed to; the intent is minted for it."""

    member: MemberId
    shown: ClosingPlan
    way: PayoutWay
    operator: OperatorId
    intent: IntentId
    account: BankAccount | None = None
    evidence: Evidence | None = None
    approval: Approval | None = None


def close_account(ledger: Ledger, wish: ClosingWish) -> ClosingReceipt:
    """Pay out what was planned and empty every lot; points, coupons, membership stay.

    Repeating returns the first receipt. The member proves the whole balance (D14), and a second
    manager consents to the payout.
    Raises ClosingChanged and what the plan raises, WayForbidden, AccountWanted, OtherHolder,
    RightsDue, ClockSetBack, NotAllowed, NeedsApproval, NotProved.
    """
    ledger.ensure_clock()
    with ledger.write() as book:
        event = book.event_of_intent(wish.intent) or _commit(ledger, book, wish)
        return closing_receipt_of(ledger, book, event)


def _commit(ledger: Ledger, book: Book, wish: ClosingWish) -> Event:
    ensure_spendable(book, wish.member)
    fresh = plan_on(ledger, book, wish.member, wish.shown.terms, book.today)
    if fresh != wish.shown:
        raise ClosingChanged(fresh)
    private = _payee(book, wish)
    deed = Deed(Act.CLOSE_ACCOUNT, wish.operator, wish.intent, fresh.closing.payout)
    approved = ensure_may(book, deed, key=ledger.capability_key, approval=wish.approval)
    draft = _draft(book, wish, approved, private)
    event = book.append(draft, wish.evidence)
    slip_rows.expect(book, event.seq)
    return event


def _payee(book: Book, wish: ClosingWish) -> dict[str, Json] | None:
    """Return what is recorded of the account beside the chain; nothing for cash."""
    if wish.way not in wish.shown.closing.ways:
        raise WayForbidden(wish.way, Money(book.programme.stored_value.refund_cash_max_fen))
    if wish.way is PayoutWay.CASH or not wish.shown.closing.payout:
        return None
    to = wish.account
    if to is None or len(to.tail) != TAIL_DIGITS or not to.tail.isdecimal():
        raise AccountWanted
    name = known_member(book, wish.member).name
    if not name or _plain(to.holder) != _plain(name):
        raise OtherHolder
    return {"holder": to.holder.strip(), "tail": to.tail}


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _draft(
    book: Book, wish: ClosingWish, approved: dict[str, Json], private: dict[str, Json] | None
) -> Draft:
    shown, moves = wish.shown, _moves(book.node.store, wish)
    closing, terms = shown.closing, shown.terms
    after = after_moves(wallet_everywhere(book, wish.member), moves)
    body: dict[str, Json] = {
        "slip": slip_number(book),
        "cause": terms.cause.value,
        "ended_on": terms.ended_on.isoformat(),
        "paid_out_on": shown.paid_out_on.isoformat(),
        "rate": terms.rate.value,
        "goods_known_before": int(terms.goods_known_before),
        "lots": [_lot_record(lot) for lot in shown.lots],
        "refund": closing.refund.minor,
        "interest": closing.interest.minor,
        "money": closing.payout.minor,
        "kept": shown.kept.minor,
        "cancelled": shown.cancelled.minor,
        "way": wish.way.value,
        "pay_by": closing.pay_by.isoformat(),
        "after": after_record(after, book.today),
        **approved,
    }
    return Draft(
        Kind.ACCOUNT_CLOSE, body, moves, wish.member, wish.operator, wish.intent, private=private
    )


def _lot_record(lot: LotPlan) -> dict[str, Json]:
    seen, out = lot.seen, lot.outcome
    return {
        "lot": seen.id.hex,
        "anew": int(lot.anew),
        "paid_on": seen.paid_on.isoformat(),
        "paid": seen.paid.minor,
        "bonus": seen.bonus.minor,
        "spent": seen.spent.minor,
        "listed": seen.listed.minor,
        "ground": out.ground.value,
        "consumed": out.consumed.minor,
        "refund": out.refund.minor,
        "rate": out.rate.value,
        "days": out.days,
        "interest": out.interest.minor,
        "kept": lot.kept.minor,
        "cancelled": lot.bonus.minor,
        "unclaimed": out.unclaimed.minor,
    }


def _moves(store: str, wish: ClosingWish) -> tuple[Transfer, ...]:
    cash = wish.way is PayoutWay.CASH
    tender = accounts.tender(store, Tender.CASH.value if cash else accounts.BANK)
    interest = wish.shown.closing.interest
    return (
        *(move for lot in wish.shown.lots for move in _lot_moves(wish.member, lot, store, tender)),
        *wallet_moves.money(accounts.INTEREST_EXPENSE, tender, interest),
    )


def _lot_moves(member: MemberId, lot: LotPlan, store: str, tender: str) -> Moves:
    """Empty a lot. Where its principal is a fen short of what the law gives, the house adds it."""
    principal = accounts.principal(member, lot.seen.id)
    bonus = accounts.bonus(member, lot.seen.id)
    house, nothing = accounts.closing(store), Money()
    return (
        *wallet_moves.money(principal, tender, min(lot.outcome.refund, lot.principal)),
        *wallet_moves.money(principal, house, max(lot.kept, nothing)),
        *wallet_moves.money(house, tender, max(-lot.kept, nothing)),
        *wallet_moves.money(bonus, accounts.BONUS_EXPENSE, lot.bonus),
    )
