"""Refunds and voids: planned to the fen before anything is committed, then taken once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pos_app.errors import PosError
from pos_app.ids import EventId, IntentId, MemberId, OperatorId
from pos_app.ledger import wallet_moves
from pos_app.ledger.elsewhere import OrderElsewhere, away_body, together
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.offline import ensure_in_reach
from pos_app.ledger.receipts import RefundReceipt
from pos_app.ledger.refund_receipts import refund_receipt_of
from pos_app.ledger.rights import Deed, ensure_may
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.points import usable_points
from pos_app.ledger.rules.refund import NOTHING_SAID, RefundPlan, after_return, plan_refund
from pos_app.ledger.rules.refund_effects import NOBODY, Owner
from pos_app.ledger.rules.refund_gifts import GiftEnds, waived
from pos_app.ledger.rules.refund_record import plan_body, plan_from
from pos_app.ledger.rules.refund_selection import Selection
from pos_app.ledger.rules.sale_record import sold_from
from pos_app.ledger.rules.sold import Sold
from pos_app.ledger.rules.tiers import tier_after_refund
from pos_app.ledger.rules.wallet import balance_of
from pos_app.ledger.stamps import after_record, slip_number
from pos_app.ledger.store import accounts, inbox_rows, journal, slip_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Draft, Event, Json, Kind, Transfer
from pos_app.ledger.store.holdings import (
    after_moves,
    member_state,
    tier_record,
    wallet_everywhere,
    wallet_of,
)
from pos_app.money import Growth, Money
from pos_app.security.evidence import Approval

WAIVERS = ("goodwill", "used_up", "our_mistake")
REASONS = ("quality", "wrong_item", "changed_mind", "wrong_amount", "other")


@dataclass(eq=False)
class SaleUnknown(PosError):
    """No sale of this identity was made at this terminal."""

    sale: EventId


@dataclass(eq=False)
class ReasonWanted(PosError):
    """A return is recorded with its reason."""

    reason: str


@dataclass(eq=False)
class NoVoid(PosError):
    """The sale can only be refunded: `reason` is day, part, operator or till."""

    reason: str


@dataclass(eq=False)
class PlanChanged(PosError):
    """What was shown is no longer what would go back."""

    fresh: RefundPlan


@dataclass(eq=False)
class ClaimOver(PosError):
    """HQ let this terminal alone return some of the sale, but the time for it has passed."""

    sale: EventId


@dataclass(frozen=True, slots=True)
class Refund:
    """One wish to return. `shown` is the plan that the operator agreed to.

    `told` is the sale as HQ told it when it let this terminal alone return some of it.
    """

    sale: EventId
    selection: Selection
    shown: RefundPlan
    reason: str
    operator: OperatorId
    intent: IntentId
    approval: Approval | None = None
    void: bool = False
    told: OrderElsewhere | None = None
    waiver: str = ""


def plan(
    ledger: Ledger,
    sale: EventId,
    selection: Selection,
    gifts: GiftEnds = NOTHING_SAID,
    *,
    told: OrderElsewhere | None = None,
) -> RefundPlan:
    """Return where every fen would go, before anything is committed.

    Raises SaleUnknown and the plan's refusals.
    """
    event, sold = sale_on_file(ledger.read(), sale, told)
    today = ledger.now().astimezone(ledger.programme.zone).date()
    owner = _owner(ledger.read(), event.member, today)
    return plan_refund(sold, selection, ledger.programme, ledger.now(), owner=owner, gifts=gifts)


def refund(ledger: Ledger, wish: Refund) -> RefundReceipt:
    """Give back what was planned, to the very lots, batches and tenders.

    Repeating returns the first receipt.

    Raises SaleUnknown, ReasonWanted, NoVoid, PlanChanged, NeedsApproval, NotProved, OnlineOnly,
    ClaimOver and the plan's refusals.
    """
    if wish.reason not in REASONS:
        raise ReasonWanted(wish.reason)
    if waived(wish.shown.gifts_due) and wish.waiver not in WAIVERS:
        raise ReasonWanted(wish.waiver)
    with ledger.write() as book:
        event = book.event_of_intent(wish.intent) or _commit(ledger, book, wish)
        return refund_receipt_of(ledger, book, event)


def void_refusal(sale: Event, sold: Sold, *, today: date, operator: OperatorId) -> str:
    """Return why a sale can only be refunded: day, operator or part.

    Empty when it may still be voided.

    A void undoes a sale that is still in the seller's hands: same business day, same operator,
    untouched.
    """
    if sale.business_date != today:
        return "day"
    if sale.operator != operator:
        return "operator"
    return "part" if sold.returned_amount or sold.returned_units else ""


def sale_on_file(
    book: Statements, sale: EventId, told: OrderElsewhere | None = None
) -> tuple[Event, Sold]:
    """Return a sale's event and how it stands after its returns, at whatever till.

    One that was made elsewhere is known only where HQ has `told` it. Raises SaleUnknown.
    """
    here = journal.event_by_id(book, sale)
    event = told.sale if here is None and told is not None else here
    if event is None or event.kind is not Kind.SALE or event.id != sale:
        raise SaleUnknown(sale)
    sold = sold_from(event.body, event.business_date)
    ours = journal.events_about(book, sale, Kind.REFUND, Kind.VOID)
    others = () if told is None else told.returns
    for back in together(ours, inbox_rows.returns_heard(book, sale), others):
        sold = after_return(sold, plan_from(back.body))
    return event, sold


def is_elsewhere(book: Statements, sale: EventId) -> bool:
    """Say whether a sale is not this terminal's own."""
    return journal.event_by_id(book, sale) is None


def _ensure_in_reach(ledger: Ledger, book: Book, wish: Refund) -> None:
    ensure_in_reach(ledger, book, Act.VOID if wish.void else Act.REFUND)
    if is_elsewhere(book, wish.sale):
        ensure_in_reach(ledger, book, Act.REFUND_ELSEWHERE)
        if wish.void:
            raise NoVoid("till")
    if wish.told is not None and (wish.told.until is None or wish.told.until < book.now):
        raise ClaimOver(wish.sale)


def _commit(ledger: Ledger, book: Book, wish: Refund) -> Event:
    _ensure_in_reach(ledger, book, wish)
    sale, sold = sale_on_file(book, wish.sale, wish.told)
    if wish.void and (why := void_refusal(sale, sold, today=book.today, operator=wish.operator)):
        raise NoVoid(why)
    owner = _owner(book, sale.member, book.now.astimezone(book.programme.zone).date())
    ends = {gift.coupon: gift.end for gift in wish.shown.gifts_due}
    fresh = plan_refund(sold, wish.selection, book.programme, book.now, owner=owner, gifts=ends)
    if fresh != wish.shown:
        raise PlanChanged(fresh)
    if wish.void and not fresh.whole:
        raise NoVoid("part")
    deed = Deed(_consented(wish), wish.operator, wish.intent, fresh.amount)
    approved = ensure_may(book, deed, key=ledger.capability_key, approval=wish.approval)
    event = book.append(_draft(book, wish, sale, fresh, approved))
    slip_rows.expect(book, event.seq)
    return event


def _consented(wish: Refund) -> Act:
    """Return the act that is judged: a gift is not let go by a cashier alone, in a void neither."""
    return Act.VOID if wish.void and not waived(wish.shown.gifts_due) else Act.REFUND


def _draft(
    book: Book, wish: Refund, sale: Event, fresh: RefundPlan, approved: dict[str, Json]
) -> Draft:
    member = sale.member
    moves = _moves(book, member, fresh)
    after = None if member is None else after_moves(wallet_everywhere(book, member), moves)
    body: dict[str, Json] = {
        **plan_body(fresh),
        **approved,
        "slip": slip_number(book),
        "original": sale.body["slip"],
        "sold_on": sale.business_date.isoformat(),
        "reason": wish.reason,
        "waiver": wish.waiver if waived(fresh.gifts_due) else "",
        "tier": None if member is None else _tier(book, member, sale, fresh),
        "after": None if after is None else after_record(after, book.today),
    }
    if wish.told is not None and is_elsewhere(book, sale.id):
        body["away"] = away_body(wish.told, fresh)
    kind = Kind.VOID if wish.void else Kind.REFUND
    return Draft(kind, body, moves, member, wish.operator, wish.intent, sale.id)


def _moves(book: Book, member: MemberId | None, fresh: RefundPlan) -> tuple[Transfer, ...]:
    store = book.node.store
    sales = accounts.sales(store)
    outside = tuple(
        move
        for share in fresh.externals
        for move in wallet_moves.money(
            sales, wallet_moves.share_account(member, share, store), share.amount
        )
    )
    if member is None:
        return outside
    owed = fresh.debt - wallet_of(book, member).debt
    return (
        *outside,
        *wallet_moves.refill_lots(member, fresh.lots, store),
        *wallet_moves.give_back_points(member, fresh.batches),
        *wallet_moves.claw_back(member, fresh.clawed, owed),
        *(
            move
            for back in fresh.coupons_back
            for move in wallet_moves.give_back_coupon(member, back.coupon)
        ),
    )


def _tier(book: Book, member: MemberId, sale: Event, fresh: RefundPlan) -> dict[str, Json] | None:
    """Return the tier after the return; an upgrade that this order caused may be undone at once."""
    state = member_state(book, member, today=book.today, programme=book.programme)
    in_window = sale.business_date > book.today - timedelta(days=book.programme.growth.window_days)
    spend = state.holder.spend - (fresh.eligible_back if in_window else Money())
    growth = state.holder.growth - (fresh.growth_back if in_window else Growth())
    stands = tier_after_refund(state.tier, spend, growth, sale.id, book.programme)
    return None if stands == state.tier else tier_record(stands)


def _owner(book: Statements, member: MemberId | None, today: date) -> Owner:
    if member is None:
        return NOBODY
    here, whole = wallet_of(book, member), wallet_everywhere(book, member)
    elsewhere = usable_points(whole.batches, today) - usable_points(here.batches, today)
    return Owner(here.batches, here.debt, balance_of(whole.lots), elsewhere)
