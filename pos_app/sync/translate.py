"""Between the ledger's values and the shapes on the wire."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pos_app.ids import MemberId
from pos_app.ledger import inbox, phone_change
from pos_app.ledger.elsewhere import OrderElsewhere
from pos_app.ledger.grants import Answer
from pos_app.ledger.inbox import Page
from pos_app.ledger.outbox import Batch
from pos_app.ledger.store.event import moment, read_event
from pos_app.ledger.store.link_rows import Acknowledged
from pos_app.ledger.store.right_rows import Asked, Right
from pos_app.sync.facts import Doubt, HqMisbehaved
from pos_app.sync.wire import (
    PROTO_MAX,
    Ack,
    FeedItem,
    FeedPage,
    Grant,
    GrantAsk,
    Push,
    Sidecar,
    SnapshotPage,
    Want,
)
from pos_app.sync.wire_orders import PhoneWish, SoldOrder


def push_of(batch: Batch) -> Push:
    """Spell a batch for the wire."""
    return Push(
        proto=PROTO_MAX,
        node=batch.node.hex,
        epoch=batch.epoch,
        incarnation=batch.incarnation,
        first_seq=batch.first_seq,
        prev_hash=batch.previous.hex(),
        head_seq=batch.head_seq,
        events=tuple(_text(payload) for payload in batch.payloads),
        signatures=tuple(signature.hex() for signature in batch.signatures),
        sidecars=tuple(
            Sidecar(event_id=one.event.hex, salt=_text(one.salt), data=_text(one.data))
            for one in batch.sidecars
        ),
        holdings=batch.holdings,
    )


def word_of(ack: Ack) -> Acknowledged:
    """Read HQ's signed word."""
    return Acknowledged(ack.acked_seq, bytes.fromhex(ack.acked_hash), bytes.fromhex(ack.signature))


def asking(wish: Asked) -> GrantAsk:
    """Spell a grant that is asked for."""
    return GrantAsk(
        grant=wish.id.hex,
        member=wish.member.hex,
        purpose="allowance" if wish.purpose == "allowance" else "jit",
        wants=tuple(Want(unit=one.unit, want=one.want, least=one.least) for one in wish.wants),
    )


def answer_of(grant: Grant, now: datetime) -> Answer:
    """Read HQ's answer; its term runs from now, by this terminal's clock."""
    return Answer(
        grant=UUID(grant.grant),
        member=MemberId(UUID(grant.member)),
        rights=tuple(
            Right(line.pocket, line.ref, line.amount, dict(line.about)) for line in grant.lines
        ),
        valid_until=now + timedelta(seconds=grant.valid_for_s),
        reason=grant.reason,
        pin=grant.pin,
    )


def page_of(page: FeedPage, now: datetime) -> Page:
    """Read a page of the feed."""
    return Page(
        items=_items(page.items),
        cursor=page.cursor,
        outstanding=tuple(answer_of(grant, now) for grant in page.outstanding),
        known_seq=page.acked_seq,
        as_of=moment(page.time),
    )


def members_of(page: SnapshotPage) -> inbox.SnapshotPage:
    """Read a page of members."""
    return inbox.SnapshotPage(
        items=_items(page.items),
        last=page.next is None,
        since=page.cursor,
        known_seq=page.acked_seq,
        as_of=moment(page.time),
    )


def order_of(told: SoldOrder) -> OrderElsewhere:
    """Read a sale of any till. Raises HqMisbehaved."""
    try:
        return OrderElsewhere(
            node=told.node,
            epoch=told.epoch,
            store=told.store,
            store_name=told.store_name,
            terminal_name=told.terminal_name,
            sale=read_event(0, b64decode(told.payload), b""),
            returns=tuple(read_event(0, b64decode(one), b"") for one in told.returns),
            lots=told.lots,
            coupons=told.coupons,
        )
    except (LookupError, TypeError, ValueError, AttributeError) as wrong:
        raise HqMisbehaved(Doubt.SHAPE) from wrong


def phone_of(wish: phone_change.PhoneWish) -> PhoneWish:
    """Spell a wish to change a phone number."""
    return PhoneWish(
        intent=wish.intent.hex, member=wish.member.hex, phone=wish.phone, before=wish.before
    )


def _items(told: tuple[FeedItem, ...]) -> tuple[inbox.FeedItem, ...]:
    return tuple(inbox.FeedItem(one.seq, one.entity, one.id, _body(one.body)) for one in told)


def _text(exact: bytes) -> str:
    return b64encode(exact).decode()


def _body(body: dict[str, object] | None) -> dict[str, Any] | None:
    """Return a body with its exact bytes in hex, as the ledger reads them."""
    if body is None or "document" not in body:
        return body
    return {**body, "document": b64decode(str(body["document"])).hex()}
