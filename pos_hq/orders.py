"""Sales of other terminals: what was sold, what came back, and who may return some of it now."""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from pos_app.sync.wire_orders import Claimed, OrderClaim, Orders, SoldOrder
from pos_hq.facts import GrantsFrozen, SaleClaimed, SaleUnknown
from pos_hq.fold.accounts import here, place, right_of
from pos_hq.fold.fact import read_fact
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.hq import Hq
from pos_hq.sessions import Caller
from pos_hq.store import chain_rows, claim_rows, order_rows
from pos_hq.store.claim_rows import Claim
from pos_hq.store.database import Connection
from pos_hq.store.loading import load_things
from pos_hq.store.order_rows import ReturnRow, SoldRow

ORDERS_MOST = 20
# A till may use a claim this long; HQ waits twice as long before it believes that nothing came.
CLAIM_S = 60
_SLIP = re.compile(r"S(\d{4})(\d{2})(\d{2})-(\d{6,12})", re.ASCII)


def of_slip(hq: Hq, slip: str) -> Orders:
    """Return the sales of a slip number: terminals number for themselves, so it may be several."""
    named = _SLIP.fullmatch(slip)
    if named is None:
        return Orders(orders=())
    year, month, day, seq = map(int, named.groups())
    try:
        on = date(year, month, day).isoformat()
    except ValueError:
        return Orders(orders=())
    with hq.read() as book:
        return _told(book, order_rows.by_slip(book, on, seq, ORDERS_MOST))


def of_member(hq: Hq, member: str) -> Orders:
    """Return a member's latest sales at all terminals, the latest first."""
    with hq.read() as book:
        return _told(book, order_rows.of_member(book, bytes.fromhex(member), ORDERS_MOST))


def claim(hq: Hq, caller: Caller, ask: OrderClaim) -> Claimed:
    """Let one terminal return some of a sale, and nobody else until HQ knows what came of it.

    The claim has a time, but HQ never trusts a clock alone: it ends when the return has come, or
    when its node, after that time, has told everything it did. Asking again makes it last longer.
    Raises SaleUnknown, SaleClaimed, GrantsFrozen.
    """
    sale = bytes.fromhex(ask.sale)
    with hq.write() as book:
        waiting = chain_rows.frozen(book)
        if waiting:
            raise GrantsFrozen(waiting)
        claim_rows.lock_sale(book, sale)
        known = order_rows.by_id(book, sale)
        if known is None:
            raise SaleUnknown
        held = claim_rows.of_sale(book, sale)
        if held is not None and _is_anothers(book, held, caller):
            raise SaleClaimed
        until = hq.now_ms() + 2 * CLAIM_S * 1000
        one = Claim(sale, bytes.fromhex(ask.claim), caller.node.bytes, caller.epoch, until)
        claim_rows.keep(book, one)
        (order,) = _told(book, [known]).orders
        return Claimed(order=order, valid_for_s=CLAIM_S)


def _is_anothers(book: Connection, held: Claim, caller: Caller) -> bool:
    """Say whether another terminal has claimed it, whose chain goes on."""
    if (held.node, held.epoch) == (caller.node.bytes, caller.epoch):
        return False
    chain = chain_rows.chain_of(book, held.node.hex(), held.epoch)
    return chain is not None and chain.state == "open"


def _told(book: Connection, rows: Sequence[SoldRow]) -> Orders:
    came_back: defaultdict[bytes, list[ReturnRow]] = defaultdict(list)
    for back in order_rows.returns(book, [row.event for row in rows]):
        came_back[back.sale].append(back)
    return Orders(orders=tuple(_order(book, row, came_back[row.event]) for row in rows))


def _order(book: Connection, row: SoldRow, came_back: Sequence[ReturnRow]) -> SoldOrder:
    sheet = _things(book, row)
    return SoldOrder(
        sale=row.event.hex(),
        node=row.node.hex(),
        epoch=row.epoch,
        store=row.store,
        store_name=row.store_name,
        terminal_name=row.terminal_name,
        payload=_text(row.payload),
        returns=tuple(_text(back.payload) for back in came_back),
        lots={one.id: (one.at, one.paid, one.bonus) for one in sheet.lots.values()},
        coupons={
            one.id: (one.template, one.valid_from, one.valid_until)
            for one in sheet.coupons.values()
        },
    )


def _things(book: Connection, row: SoldRow) -> Sheet:
    """Return the lots and coupons that a sale took from, as they were bought and issued."""
    sheet, at = Sheet(Whence("", 0, "", 0, {})), place(row.node.hex(), row.epoch)
    fact = read_fact(row.seq, row.payload, b"", b"")
    named = (here(move.source, move.unit, at) for move in fact.moves)
    rights = (right_of(account) for account in named if account is not None)
    load_things(book, sheet, {right.ref for right in rights if right and len(right.ref) == 32})
    return sheet


def _text(exact: bytes) -> str:
    return base64.b64encode(exact).decode()
