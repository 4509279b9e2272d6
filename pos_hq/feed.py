"""What a terminal hears: the latest of everything since its cursor, and grants under way."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pos_app.sync.wire import FeedItem, FeedPage, SnapshotPage
from pos_hq.facts import NodeUnknown
from pos_hq.grants import told
from pos_hq.hq import Hq
from pos_hq.sessions import Caller
from pos_hq.store import chain_rows, feed_rows, grant_rows
from pos_hq.store.feed_rows import Item

ITEMS_MOST = 1_000


def page(hq: Hq, caller: Caller, cursor: int, limit: int, *, members: bool = True) -> FeedPage:
    """Return what changed since the cursor, each entity once in its latest state.

    Without the members it is short, for a terminal that reads those in bulk.

    Every page lists all grants whose receipt HQ has not seen: the node books them, and returns
    those that it no longer knows. Raises NodeUnknown.
    """
    items, beside = _page(hq, caller, cursor, limit, members=members)
    return beside.model_copy(update={"items": tuple(map(_item, items))})


def page_json(hq: Hq, caller: Caller, cursor: int, limit: int, *, members: bool = True) -> bytes:
    """Return the same as JSON: what was written for terminals is passed on without reading it."""
    return _joined(*_page(hq, caller, cursor, limit, members=members))


def snapshot(hq: Hq, caller: Caller, after: str | None, limit: int) -> SnapshotPage:
    """Return members in the order of their identities, for a new ledger.

    The feed goes on from the cursor of the first page: what changed meanwhile comes again.
    Raises NodeUnknown.
    """
    items, beside = _snapshot(hq, caller, after, limit)
    return beside.model_copy(update={"items": tuple(map(_item, items))})


def snapshot_json(hq: Hq, caller: Caller, after: str | None, limit: int) -> bytes:
    """Return the same as JSON."""
    return _joined(*_snapshot(hq, caller, after, limit))


def _page(
    hq: Hq, caller: Caller, cursor: int, limit: int, *, members: bool
) -> tuple[list[Item], FeedPage]:
    node, most = caller.node.hex, _most(limit)
    with hq.read() as book:
        chain = chain_rows.chain_of(book, node, caller.epoch)
        if chain is None:
            raise NodeUnknown
        read = feed_rows.page if members else feed_rows.others
        found = read(book, node, caller.store, cursor, most + 1)
        items = found[:most]
        grants = grant_rows.outstanding(book, node, caller.epoch)
        return items, FeedPage(
            items=(),
            cursor=items[-1].seq if items else cursor,
            more=len(found) > most,
            outstanding=tuple(told(hq, book, grant) for grant in grants),
            acked_seq=chain.acked_seq,
            incarnation=hq.incarnation(book),
            time=hq.now_ms(),
        )


def _snapshot(
    hq: Hq, caller: Caller, after: str | None, limit: int
) -> tuple[list[Item], SnapshotPage]:
    most = _most(limit)
    with hq.read() as book:
        chain = chain_rows.chain_of(book, caller.node.hex, caller.epoch)
        if chain is None:
            raise NodeUnknown
        found = feed_rows.members(book, after or "", most + 1)
        items = found[:most]
        return items, SnapshotPage(
            items=(),
            next=items[-1].id if len(found) > most else None,
            cursor=feed_rows.head(book),
            acked_seq=chain.acked_seq,
            incarnation=hq.incarnation(book),
            time=hq.now_ms(),
        )


def _joined(items: Sequence[Item], beside: FeedPage | SnapshotPage) -> bytes:
    told = ",".join(map(_text, items))
    return beside.model_dump_json().replace('"items":[]', f'"items":[{told}]', 1).encode()


def _text(item: Item) -> str:
    names = f'"seq":{item.seq},"entity":{json.dumps(item.entity)},"id":{json.dumps(item.id)}'
    return f'{{{names},"body":{item.body or "null"}}}'


def _most(limit: int) -> int:
    return max(1, min(limit, ITEMS_MOST))


def _item(item: Item) -> FeedItem:
    body = None if item.body is None else json.loads(item.body)
    return FeedItem(seq=item.seq, entity=item.entity, id=item.id, body=body)
