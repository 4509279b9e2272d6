"""What has come of a sheet, written down in sets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pos_hq.fold.accounts import CNY, receivable, right_of
from pos_hq.fold.credit import made_good as settled_up
from pos_hq.fold.postings import made_good
from pos_hq.fold.sheet import Sheet
from pos_hq.fold.told import member_body
from pos_hq.fold.values import Act, SaleLegs
from pos_hq.store import (
    card_rows,
    case_rows,
    feed_rows,
    grant_rows,
    job_rows,
    member_rows,
    message_rows,
    real_name_rows,
    standing_rows,
    standing_tables,
    tables,
)
from pos_hq.store.bulk import fetch, insert_many, upsert
from pos_hq.store.database import Connection
from pos_hq.store.feed_rows import Told

HQ_ITSELF = bytes(16)
# A holding is changed under its epoch's lock only, so that its new balance is known; everything
# else is added to, whoever else does so at the same time.
_SET = 'ON CONFLICT (account, unit) DO UPDATE SET "amount" = excluded."amount"'
_ADD = 'ON CONFLICT (account, unit) DO UPDATE SET "amount" = balance."amount" + excluded."amount"'
_KEEP_FIRST = "ON CONFLICT (id) DO NOTHING"


def save(book: Connection, sheet: Sheet, more: Sequence[Told] = ()) -> None:
    """Write a sheet down; `more` is told in the feed beside its members and exceptions."""
    node, epoch = bytes.fromhex(sheet.whence.node), sheet.whence.epoch
    rows = [(node, epoch, *entry) for entry in sheet.transfers]
    insert_many(book, tables.transfer, rows)
    member_rows.empty_unique(book, sorted(sheet.given_up))
    member_rows.save(book, (sheet.members[one] for one in sorted(sheet.changed)))
    _save_things(book, sheet)
    _save_orders(book, sheet)
    card_rows.save(book, (sheet.plastic[one] for one in sorted(sheet.new_cards)))
    real_name_rows.save(book, (sheet.real_names[one] for one in sorted(sheet.new_real_names)))
    for again in sheet.taken_again:
        job_rows.keep_release(book, *again, sheet.whence.heard_at)
    standing_rows.save_tags(book, {one: sheet.tags.get(one, {}) for one in sheet.retagged})
    standing_rows.forget_stages(book, sheet.retagged - sheet.stages.keys())
    grant_rows.save(book, (sheet.grants[one] for one in sorted(sheet.new_grants)))
    case_rows.open_all(book, sheet.cases)
    message_rows.leave(book, sheet.messages)
    _save_balances(book, sheet)
    told = [*_members(sheet), *_cases(sheet), *_away(sheet), *_settled(book, sheet), *more]
    if told or sheet.acts:
        feed_rows.take_turn(book)
        _save_acts(book, sheet.acts, sheet.whence.heard_at)
        feed_rows.tell(book, told)


def _save_acts(book: Connection, acts: Sequence[Act], at: int) -> None:
    if not acts:
        return
    last = int(fetch(book, "SELECT coalesce(max(seq), 0) FROM act")[0][0])
    numbered = list(enumerate(acts, last + 1))
    insert_many(
        book,
        tables.act,
        [(seq, one.kind, at, _bytes(one.member), one.reason, one.who) for seq, one in numbered],
    )
    rows = [
        (HQ_ITSELF, 0, seq, n, *move) for seq, one in numbered for n, move in enumerate(one.moves)
    ]
    insert_many(book, tables.transfer, rows)


def _save_balances(book: Connection, sheet: Sheet) -> None:
    holdings: list[tuple[Any, ...]] = []
    others: list[tuple[Any, ...]] = []
    for (account, unit), change in sorted(sheet.moved.items()):
        right = right_of(account)
        owner = (None, "") if right is None else (bytes.fromhex(right.member), right.holder)
        if account.startswith("hold:"):
            holdings.append((account, unit, sheet.balances[account, unit], *owner))
        elif change or right is not None:
            others.append((account, unit, change, *owner))
    insert_many(book, tables.balance, holdings, _SET)
    insert_many(book, tables.balance, others, _ADD)


def _save_things(book: Connection, sheet: Sheet) -> None:
    lots = [
        (bytes.fromhex(one.id), bytes.fromhex(one.member), one.at, one.paid, one.bonus)
        for one in sheet.new_lots.values()
    ]
    insert_many(book, tables.lot, lots, _KEEP_FIRST)
    coupons = [
        (
            bytes.fromhex(one.id),
            bytes.fromhex(one.member),
            one.template,
            one.valid_from,
            one.valid_until,
        )
        for one in sheet.new_coupons.values()
    ]
    insert_many(book, tables.coupon, coupons, upsert(tables.coupon, "id"))
    released = [
        (*key, sheet.released[key].amount, sheet.released[key].returned)
        for key in sorted(sheet.back_home)
    ]
    insert_many(book, tables.released, released, upsert(tables.released, "account", "unit"))


def _save_orders(book: Connection, sheet: Sheet) -> None:
    node, epoch = bytes.fromhex(sheet.whence.node), sheet.whence.epoch
    sales = [
        (
            sale,
            *sheet.sales[sale].paid.values(),
            *sheet.sales[sale].back.values(),
            _bytes(sheet.sales[sale].member),
            sheet.sales[sale].on_day,
            json.dumps(sheet.sales[sale].goods),
            *_stands(sheet.sales[sale]),
        )
        for sale in sorted(sheet.new_sales)
    ]
    insert_many(book, standing_tables.sale, sales, upsert(standing_tables.sale, "event_id"))
    growing = [
        (
            node,
            epoch,
            one.seq,
            bytes.fromhex(one.member),
            one.on_day,
            one.spend,
            one.growth,
            one.points,
            one.pending,
        )
        for one in sheet.growing
    ]
    insert_many(book, tables.growth, growing)


def _stands(sold: SaleLegs) -> tuple[int, ...]:
    return sold.multiplier, sold.points, sold.pending, sold.growth


def _members(sheet: Sheet) -> list[Told]:
    told = sorted((sheet.touched | sheet.changed) & sheet.members.keys())
    at = sheet.whence.heard_at
    return [Told("member", one, member_body(sheet, sheet.members[one], at)) for one in told]


def _cases(sheet: Sheet) -> list[Told]:
    return [told for case in sheet.cases for told in case_rows.told(case)]


def _away(sheet: Sheet) -> list[Told]:
    return [
        Told(
            "return",
            f"{one.sale.hex()}.{one.event.hex()}",
            {"payload": one.payload.decode()},
            one.node,
        )
        for one in sheet.returned_away
    ]


def _settled(book: Connection, sheet: Sheet) -> list[Told]:
    """Close what was open about rights at HQ that are no longer below zero."""
    risen = [
        account
        for (account, unit), change in sorted(sheet.moved.items())
        if account.startswith("avail:")
        and sheet.balances[account, unit] - change < 0
        and made_good(sheet, account, unit)
    ]
    back = [
        account
        for account in map(receivable, sorted(sheet.owing))
        if (account, CNY) in sheet.balances and settled_up(sheet, account)
    ]
    known = case_rows.open_about(book, "AVAIL_SHORT", risen) if risen else []
    known += case_rows.open_about(book, "CREDIT_OWED", back) if back else []
    return case_rows.settle(book, known, sheet.whence.heard_at)


def _bytes(identity: str | None) -> bytes | None:
    return None if identity is None else bytes.fromhex(identity)
