"""A manager's hand that closes accounts in tests, on the real ledger."""

from dataclasses import replace
from datetime import timedelta

from pos_app.ids import MemberId, OperatorId
from pos_app.ledger.account_closing import BankAccount, ClosingWish, close_account
from pos_app.ledger.closing_plan import ClosingPlan, Terms, plan
from pos_app.ledger.receipts import ClosingReceipt
from pos_app.ledger.rules.access import Act
from pos_app.ledger.rules.closing import Cause
from pos_app.ledger.rules.prepaid_law import PayoutWay
from pos_app.ledger.store import remote_rows
from pos_app.ledger.store.operator_rows import operator_by_number
from pos_app.ledger.store.remote_rows import Remote
from pos_app.money import BasisPoints
from tests.ledger.till_hand import STORED, Consent, amount, approval, proof, sell
from tests.people import SECOND_MANAGER, second_manager
from tests.shop import Shop, intent

NAME = "王晓明"
ACCOUNT = BankAccount(NAME, "4321")
BANK, CASH_OUT = PayoutWay.SAME_NAME_ACCOUNT, PayoutWay.CASH
LPR, DEPOSIT = 300, 150


def terms(shop: Shop, cause: Cause, rate: int = 0, *, days_ago: int = 0) -> Terms:
    """Return a closing that was asked for some days ago."""
    ended = shop.ledger.today() - timedelta(days=days_ago)
    return Terms(cause, ended, BasisPoints(rate))


def planned(shop: Shop, member: MemberId, asked: Terms) -> tuple[ClosingPlan, ClosingWish]:
    """Return a plan, and the wish to do it with all its proofs; by transfer."""
    shown, wish = plan(shop.ledger, member, asked), intent()
    other = _another(shop)
    payout = shown.closing.payout
    return shown, ClosingWish(
        member=member,
        shown=shown,
        way=BANK,
        operator=shop.manager,
        intent=wish,
        account=ACCOUNT,
        evidence=proof(shop, member, shown.balance, wish),
        approval=approval(shop, Consent(Act.CLOSE_ACCOUNT, payout, wish, shop.manager, other)),
    )


def close(
    shop: Shop, member: MemberId, asked: Terms, way: PayoutWay = BANK
) -> tuple[ClosingPlan, ClosingReceipt]:
    """Close an account with everything that it needs."""
    shown, wish = planned(shop, member, asked)
    return shown, close_account(shop.ledger, replace(wish, way=way))


def member_of(shop: Shop, *spent: int, paid: int = 100_000) -> MemberId:
    """Return a member with one top-up, of which some was spent."""
    member = shop.member()
    shop.top_up(member, paid)
    for fen in spent:
        sell(shop, amount(fen, STORED), member)
        shop.clock.go(days=1)
    return member


def far_away(shop: Shop, member: MemberId, *, elsewhere: int = 0, has_pin: bool = False) -> None:
    """Let HQ have told of a member what lies neither here nor at HQ."""
    with shop.ledger.write() as book:
        tag = "chosen elsewhere" if has_pin else ""
        told = Remote(book.now, book.head.seq, 0, 0, elsewhere, tag)
        remote_rows.keep_member(book, member, told, ())


def balance_of(shop: Shop, code: str) -> int:
    row = (
        shop.ledger.read()
        .execute(
            "SELECT b.amount FROM account a JOIN balance b ON b.account = a.id WHERE a.code = ?",
            (code,),
        )
        .fetchone()
    )
    return 0 if row is None else int(row[0])


def _another(shop: Shop) -> OperatorId:
    known = operator_by_number(shop.ledger.read(), SECOND_MANAGER[0])
    return second_manager(shop) if known is None else known.id
