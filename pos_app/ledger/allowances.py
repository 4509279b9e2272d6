"""Allowances: rights asked for in advance, so that frequent members can pay without the network."""

from __future__ import annotations

from datetime import timedelta

from pos_app.ids import MemberId, new_id
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.allowance import allowance_of, is_low
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.store import accounts, member_rows, right_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.holdings import (
    coupons_everywhere,
    coupons_of,
    wallet_everywhere,
    wallet_of,
)
from pos_app.ledger.store.right_rows import Asked, Want
from pos_app.money import Money, Points, total_of

FREQUENT_WITHIN = timedelta(days=90)
ASKED_AT_ONCE = 50


def ask_allowances(ledger: Ledger) -> int:
    """Put on file what frequent members shall have waiting here; return how many asks.

    A member is asked for again when little of the allowance is left. No more than the terminal's
    own limit is asked for, and only a few members at a time: the next cycle asks for more.
    """
    rules = ledger.programme.offline
    since = ledger.today() - FREQUENT_WITHIN
    known = right_rows.frequent(ledger.read(), since.isoformat(), rules.allowance_members)
    asked = 0
    with ledger.write() as book:
        room = Money(rules.allowance_node_max_fen) - _held_in_all(book, known)
        for member in known:
            wants = _wants(book, member, room)
            if wants and asked < ASKED_AT_ONCE:
                right_rows.ask(book, Asked(new_id(), member, "allowance", wants), book.now)
                room -= Money(sum(one.want for one in wants if one.unit == accounts.CNY))
                asked += 1
    return asked


def _wants(book: Book, member: MemberId, room: Money) -> tuple[Want, ...]:
    row = member_rows.by_id(book, member)
    if row is None or row.status is not Status.NORMAL or right_rows.is_asked(book, member):
        return ()
    units = (*_money_wanted(book, member, room), *_points_wanted(book, member))
    return (*units, *_coupons_wanted(book, member))


def _money_wanted(book: Book, member: MemberId, room: Money) -> tuple[Want, ...]:
    everywhere, here = wallet_everywhere(book, member), wallet_of(book, member)
    allowance = allowance_of(everywhere.principal + everywhere.bonus, book.programme)
    held = here.principal + here.bonus
    short = min(allowance - held, room)
    if short <= Money() or not is_low(held, allowance, book.programme):
        return ()
    return (Want(accounts.CNY, short.minor, 0),)


def _points_wanted(book: Book, member: MemberId) -> tuple[Want, ...]:
    everywhere, here = wallet_everywhere(book, member), wallet_of(book, member)
    usable = everywhere.points_on(book.today)
    allowance = min(usable, Points(book.programme.offline.allowance_points_max))
    short = allowance - here.points_on(book.today)
    if short <= Points() or here.batches:
        return ()
    return (Want(accounts.PTS, short.minor, 0),)


def _coupons_wanted(book: Book, member: MemberId) -> tuple[Want, ...]:
    here = {held.id for held in coupons_of(book, member, book.today)}
    there = (one.id for one in coupons_everywhere(book, member, book.today) if one.id not in here)
    return tuple(Want(accounts.coupon_unit(coupon), 1, 0) for coupon in there)


def _held_in_all(book: Book, members: tuple[MemberId, ...]) -> Money:
    wallets = (wallet_of(book, member) for member in members)
    return total_of([wallet.principal + wallet.bonus for wallet in wallets])
