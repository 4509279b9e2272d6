"""The inbox: what HQ tells, taken into the book page by page, each page one transaction."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger import grants
from pos_app.ledger.grants import Answer
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.programmes import ProgrammeOlder, ProgrammeUnsigned, adopt_into
from pos_app.ledger.returns import return_all
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.programme import ProgrammeRefused
from pos_app.ledger.store import inbox_rows, link_rows, person_rows, remote_rows
from pos_app.ledger.store.accounts import CNY
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.inbox_rows import Heard
from pos_app.ledger.store.remote_rows import Remote

_log = logging.getLogger(__name__)
_STRICTER = (Status.BLACKLISTED.value, Status.FROZEN.value)
_TIER = ("tier_source", "tier_before")
_MALFORMED = (LookupError, TypeError, ValueError, AttributeError)


@dataclass(eq=False)
class FeedUnreadable(PosError):
    """HQ told something that this terminal cannot read; nothing of that page is taken."""

    seq: int
    entity: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """The latest word on one entity; without a body it no longer exists."""

    seq: int
    entity: str
    id: str
    body: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the feed, and every grant whose receipt HQ has not heard of.

    `known_seq` is how far HQ held this terminal's chain when it wrote the page.
    """

    items: tuple[FeedItem, ...]
    cursor: int
    outstanding: tuple[Answer, ...]
    known_seq: int
    as_of: datetime


def take_page(ledger: Ledger, page: Page) -> None:
    """Take a page and move the cursor, in one transaction. Taking it twice changes nothing more.

    A programme that is unsigned, older or out of bounds is left aside, and the last good one stays.
    Raises FeedUnreadable.
    """
    state = link_rows.state(ledger.read())
    with ledger.write() as book:
        for item in sorted(page.items, key=_is_recall):
            try:
                _take(book, item, page, state.key or b"")
            except _MALFORMED as wrong:
                raise FeedUnreadable(item.seq, item.entity) from wrong
        for answer in page.outstanding:
            grants.take_into(book, answer)
        if page.cursor > state.cursor:
            link_rows.take_cursor(book, page.cursor)


def _is_recall(item: FeedItem) -> bool:
    """Say whether an item makes rights go back: HQ's older word on them must be laid before."""
    return item.entity == "recall"


def _take(book: Book, item: FeedItem, page: Page, publisher: bytes) -> None:
    if item.entity == "member" and item.body is not None:
        _take_member(book, item, item.body, page)
    elif item.entity == "recall":
        return_all(book, MemberId(UUID(item.id)), "recall")
    elif item.entity == "programme" and item.body is not None:
        _take_programme(book, item.body, publisher)
    elif item.entity == "exception" and item.body is not None:
        remote_rows.keep_exception(book, UUID(item.id), item.seq, item.body)
    elif item.entity == "heads" and item.body is not None:
        inbox_rows.witness(book, (item.entity, item.id, book.head.seq, item.seq), item.body)
    elif item.entity == "node" and item.body is not None:
        link_rows.freeze(book, "" if item.body["status"] == "active" else "revoked")


def _take_member(book: Book, item: FeedItem, body: Mapping[str, Any], page: Page) -> None:
    member = MemberId(UUID(item.id))
    row = _effective(book, member, body, page.known_seq)
    place = (inbox_rows.MEMBER, member.hex, book.head.seq, item.seq)
    inbox_rows.keep(book, place, row)
    inbox_rows.lay_member(book, Heard(book.head.seq, held=False, id=member, row=row))
    remote = Remote(
        page.as_of,
        page.known_seq,
        body.get("spend", 0),
        body.get("growth", 0),
        _elsewhere(body, f"{book.node.id.hex}.{book.node.epoch}"),
        bool(body.get("pin")),
    )
    remote_rows.keep_member(book, member, remote, _rights(body))
    if body.get("erased"):
        person_rows.forget(book, member)
        return_all(book, member, "recall")


def _effective(
    book: Book, member: MemberId, body: Mapping[str, Any], known_seq: int
) -> dict[str, Any]:
    """Return the row to be laid: what this terminal did since HQ last heard of it stays.

    A block always wins, and so does the word that a member is to be forgotten.
    """
    told = {name: body.get(name) for name in inbox_rows.COLUMNS}
    kept = inbox_rows.member_as_kept(book, member)
    if kept is None or body.get("erased"):
        return told
    if remote_rows.moved_since(book, member, known_seq):
        blocked = told["status"] in _STRICTER and kept["status"] != _STRICTER[0]
        block = ("status", "status_reason")
        return kept | ({name: told[name] for name in block} if blocked else {})
    same = kept["tier"] == told["tier"]
    return told | ({name: kept[name] for name in _TIER} if same else {})


def _rights(body: Mapping[str, Any]) -> list[tuple[str, str, int, str]]:
    """Return what lies free at HQ, each with what a terminal must know of lot or coupon.

    HQ grants no lot or coupon that it does not know itself, so that none is counted here either;
    what it has granted too much of, after a restore, is nothing to spend.
    """
    lots, coupons = body.get("lots", {}), body.get("coupons", {})
    rights = []
    for pocket, ref, amount in body.get("avail", []):
        about: dict[str, Any] = {}
        if pocket in {"P", "B"} and ref in lots:
            about = dict(zip(("at", "paid", "bonus"), lots[ref], strict=True))
        elif pocket == "CPN" and ref in coupons:
            about = dict(zip(("template", "valid_from", "valid_until"), coupons[ref], strict=True))
        if amount > 0 and (about or pocket == "PTS"):
            rights.append((pocket, ref, amount, json.dumps(about)))
    return rights


def _elsewhere(body: Mapping[str, Any], here: str) -> int:
    """Return the stored value that the member holds at other terminals."""
    held = body.get("held", {})
    return sum(int(sums.get(CNY, 0)) for place, sums in held.items() if place != here)


def _take_programme(book: Book, body: Mapping[str, Any], publisher: bytes) -> None:
    document, signature = bytes.fromhex(body["document"]), bytes.fromhex(body["signature"])
    try:
        adopt_into(book, document, signature, publisher=publisher)
    except (ProgrammeUnsigned, ProgrammeOlder, ProgrammeRefused) as refused:
        _log.info("a programme of HQ was left aside: %r", refused)
