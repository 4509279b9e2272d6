"""What closing a member's stored-value account would pay, worked out before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_app.errors import PosError
from pos_app.ids import LotId, MemberId
from pos_app.ledger.factors import PinNotHere, lack_of_pin
from pos_app.ledger.grants import PIN
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.offline import ensure_in_reach, ensure_not_frozen, has_hq
from pos_app.ledger.returns import return_due
from pos_app.ledger.rights import ensure_permitted
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.closing import (
    Cause,
    Closing,
    ClosingLot,
    ClosingWish,
    LotClosing,
    close_account,
)
from pos_app.ledger.rules.programme import Programme
from pos_app.ledger.store import accounts, closing_rows, right_rows
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.lots import LotLine, lots_on_file
from pos_app.ledger.store.member_rows import known_member
from pos_app.ledger.store.remote_rows import NOTHING_HEARD, remote_of
from pos_app.ledger.store.right_rows import Want
from pos_app.money import BasisPoints, Money, total_of

# More than any member can have: HQ grants what it has, whatever it last said.
EVERYTHING = 1_000_000_000
# Neither reference rate of article 16 has come near it since there are prepaid cards.
RATE_MOST = BasisPoints(1_000)


@dataclass(eq=False)
class NothingToClose(PosError):
    """The member has no stored value."""

    member: MemberId


@dataclass(eq=False)
class ValueElsewhere(PosError):
    """Stored value of the member is not here yet: free at HQ, or held by other terminals."""

    at_hq: Money
    at_others: Money


@dataclass(eq=False)
class EndWrong(PosError):
    """The contract cannot have ended on that day."""

    first: date
    last: date


@dataclass(eq=False)
class RateWrong(PosError):
    """No reference rate is that high."""

    most: BasisPoints


@dataclass(frozen=True, slots=True)
class Terms:
    """Whose cause it is, since when, and the yearly reference rate that a manager looked up.

    Article 16 names the 1-year LPR where the merchant is the cause, the 1-year deposit benchmark
    where the consumer is; where top-ups had different ones, the highest serves for all.
    """

    cause: Cause
    ended_on: date
    rate: BasisPoints
    goods_known_before: bool = False


@dataclass(frozen=True, slots=True)
class LotPlan:
    """One top-up: what the rule saw of it, what it answered, and what the lot still holds.

    `anew`: the account was closed before, and only what came back since counts.
    """

    seen: ClosingLot
    outcome: LotClosing
    principal: Money
    bonus: Money
    anew: bool

    @property
    def kept(self) -> Money:
        """Return the principal that the law leaves to the house; a fen less where it rounds up."""
        return self.principal - self.outcome.refund


@dataclass(frozen=True, slots=True)
class ClosingPlan:
    """Where every fen of the account goes."""

    terms: Terms
    paid_out_on: date
    lots: tuple[LotPlan, ...]
    closing: Closing

    @property
    def balance(self) -> Money:
        """Return everything that leaves the account: what the member proves."""
        return total_of([one.principal + one.bonus for one in self.lots])

    @property
    def cancelled(self) -> Money:
        """Return the bonus that is never paid out."""
        return total_of([one.bonus for one in self.lots])

    @property
    def kept(self) -> Money:
        """Return the principal that stays with the house."""
        return total_of([one.kept for one in self.lots])


def wants_of_all(ledger: Ledger, member: MemberId) -> tuple[Want, ...]:
    """Return what HQ is asked for, so that every lot is here and the PIN can be checked.

    Nothing at a terminal without an HQ. Raises OnlineOnly, StatusForbids, MemberUnknown.
    """
    reader = ledger.read()
    ensure_permitted(known_member(reader, member).status, Act.CLOSE_ACCOUNT)
    ensure_in_reach(ledger, reader, Act.CLOSE_ACCOUNT)
    if not has_hq(reader):
        return ()
    return_due(ledger)
    free = _free_at_hq(reader, member).minor
    if not free and isinstance(lack_of_pin(ledger, member), PinNotHere):
        return (PIN,)
    return (Want(accounts.CNY, EVERYTHING, free),)


def plan(ledger: Ledger, member: MemberId, terms: Terms) -> ClosingPlan:
    """Return what closing would pay today.

    Raises ValueElsewhere, NothingToClose, EndWrong, RateWrong, OnlineOnly, StatusForbids,
    SpendingFrozen, MemberUnknown.
    """
    return plan_on(ledger, ledger.read(), member, terms, ledger.today())


def plan_on(
    ledger: Ledger, book: Statements, member: MemberId, terms: Terms, today: date
) -> ClosingPlan:
    """Return the same from an open transaction, for its business day."""
    ensure_permitted(known_member(book, member).status, Act.CLOSE_ACCOUNT)
    ensure_in_reach(ledger, book, Act.CLOSE_ACCOUNT)
    ensure_not_frozen(book)
    lots = _lots_all_here(book, member)
    rules = ledger.programme
    before = closing_rows.closed_lots(book, member)
    seen = tuple(_seen(line, terms, rules, anew=line.lot in before) for line in lots)
    _ensure_sound(terms, seen, today)
    wish = ClosingWish(terms.cause, terms.ended_on, today, terms.goods_known_before)
    closing = close_account(seen, wish, rules)
    found = zip(lots, seen, closing.lots, strict=True)
    planned = tuple(
        LotPlan(one, out, line.principal_left, line.bonus_left, line.lot in before)
        for line, one, out in found
    )
    return ClosingPlan(terms, today, planned, closing)


def _lots_all_here(book: Statements, member: MemberId) -> tuple[LotLine, ...]:
    others = Money((remote_of(book, member) or NOTHING_HEARD).elsewhere)
    free = _free_at_hq(book, member)
    if free or others:
        raise ValueElsewhere(free, others)
    lots = tuple(
        line for line in lots_on_file(book, member) if line.principal_left or line.bonus_left
    )
    if not lots:
        raise NothingToClose(member)
    return lots


def _free_at_hq(book: Statements, member: MemberId) -> Money:
    rights = right_rows.elsewhere(book, member)
    return Money(sum(right.amount for right in rights if right.pocket in {"P", "B"}))


def _seen(line: LotLine, terms: Terms, rules: Programme, *, anew: bool) -> ClosingLot:
    """Return a lot as the rule sees it.

    What was consumed counts as what it cost the wallet: list prices higher than that the house
    would have to prove for every till, and the law favours the member where they are not clear.
    """
    left = line.principal_left + line.bonus_left
    paid, bonus = (line.principal_left, line.bonus_left) if anew else (line.paid, line.bonus)
    spent = paid + bonus - left
    paid_on = line.at.astimezone(rules.zone).date()
    return ClosingLot(LotId(line.lot), paid, bonus, spent, spent, paid_on, terms.rate)


def _ensure_sound(terms: Terms, lots: tuple[ClosingLot, ...], today: date) -> None:
    first = min(max(lot.paid_on for lot in lots), today)
    if not first <= terms.ended_on <= today:
        raise EndWrong(first, today)
    if not 0 <= terms.rate.value <= RATE_MOST.value:
        raise RateWrong(RATE_MOST)
