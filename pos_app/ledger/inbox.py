"""The inbox: what HQ tells, taken into the book a moment's work at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import MemberId
from pos_app.ledger import grants, told_member
from pos_app.ledger.alerts import take_alert
from pos_app.ledger.grants import Answer
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.programmes import ProgrammeOlder, ProgrammeUnsigned, adopt_into
from pos_app.ledger.returns import return_all
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.programme import ProgrammeRefused
from pos_app.ledger.rules.refund_record import plan_from
from pos_app.ledger.standing import told_standing
from pos_app.ledger.store import (
    card_rows,
    inbox_rows,
    link_rows,
    person_rows,
    reading_rows,
    remote_rows,
)
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.inbox_rows import Heard, Kept
from pos_app.ledger.store.remote_rows import Remote
from pos_app.ledger.store_benefits import BenefitsElsewhere, adopt_benefits
from pos_app.ledger.tier_notice import told_notice
from pos_app.ledger.told_member import Body

_log = logging.getLogger(__name__)
_STRICTER = (Status.BLACKLISTED.value, Status.FROZEN.value)
_TIER = ("tier_source", "tier_before")
_MALFORMED = (LookupError, TypeError, ValueError, AttributeError)


@dataclass(eq=False)
class FeedUnreadable(PosError):
    """HQ told something that this terminal cannot read; nothing from there on is taken."""

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


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """Members in the order of their identities; `since` is where HQ's feed stood meanwhile."""

    items: tuple[FeedItem, ...]
    last: bool
    since: int
    known_seq: int
    as_of: datetime


Enough = Callable[[], bool]


def _never() -> bool:
    return False


def take_page(ledger: Ledger, page: Page, enough: Enough = _never) -> Page | None:
    """Take a page in one transaction until it is enough; return what is left, None where nothing.

    The cursor moves with it, and taking a page twice changes nothing more. A programme that is
    unsigned, older or out of bounds is left aside, and the last good one stays.
    Raises FeedUnreadable.
    """
    items = sorted(page.items, key=_is_recall)
    with ledger.write() as book:
        left = tuple(items[_take_some(book, items, page, enough) :])
        if left:
            reading_rows.take_cursor(book, min(item.seq for item in left) - 1)
            return replace(page, items=left)
        for answer in page.outstanding:
            grants.take_into(book, answer)
        reading_rows.take_cursor(book, page.cursor)
        return None


def take_snapshot(
    ledger: Ledger, page: SnapshotPage, enough: Enough = _never
) -> SnapshotPage | None:
    """Take a page of members like `take_page`; a snapshot that is cut off goes on where it was.

    Behind its last page the feed goes on where it stood at the first. Raises FeedUnreadable.
    """
    with ledger.write() as book:
        begun = reading_rows.reading(book).since
        since = page.since if begun is None else begun
        left = page.items[_take_some(book, page.items, page, enough) :]
        if page.last and not left:
            reading_rows.end_snapshot(book, since)
        else:
            taken = page.items[: len(page.items) - len(left)]
            reading_rows.go_on_after(book, taken[-1].id, since)
        return replace(page, items=left) if left else None


def _take_some(
    book: Book, items: Sequence[FeedItem], page: Page | SnapshotPage, enough: Enough
) -> int:
    """Take items until it is enough, but one at least; return how many."""
    publisher = link_rows.state(book).key or b""
    turn, count = reading_rows.reading(book).turn, 0
    for count, item in enumerate(items, start=1):
        try:
            _take(book, item, _Told(page.known_seq, page.as_of, turn + count, publisher))
        except _MALFORMED as wrong:
            raise FeedUnreadable(item.seq, item.entity) from wrong
        if enough():
            break
    reading_rows.take_turn(book, turn + count)
    return count


@dataclass(frozen=True, slots=True)
class _Told:
    """How far HQ held this chain when it told something, when, as which word, and whose it is."""

    known_seq: int
    as_of: datetime
    turn: int
    publisher: bytes


def _is_recall(item: FeedItem) -> bool:
    """Say whether an item makes rights go back: HQ's older word on them must be laid before."""
    return item.entity == "recall"


def _take(book: Book, item: FeedItem, told: _Told) -> None:
    """Take one word; an entity that this program does not know, and one that is gone, is none."""
    if item.entity == "recall":
        _obey(book, item, told)
    elif item.body is not None and item.entity in _TAKERS:
        _TAKERS[item.entity](book, item, item.body, told)


def _take_exception(book: Book, item: FeedItem, body: Body, _told: _Told) -> None:
    remote_rows.keep_exception(book, UUID(item.id), item.seq, body)


def _take_alert(book: Book, item: FeedItem, body: Body, _told: _Told) -> None:
    take_alert(book, UUID(item.id), body)


def _take_heads(book: Book, item: FeedItem, body: Body, told: _Told) -> None:
    inbox_rows.witness(book, (item.entity, item.id, book.head.seq, told.turn), body)


def _take_node(book: Book, _item: FeedItem, body: Body, _told: _Told) -> None:
    link_rows.freeze(book, "" if body["status"] == "active" else "revoked")


def _obey(book: Book, item: FeedItem, told: _Told) -> None:
    """Let a member's rights go back, once a recall: behind a snapshot the feed tells it again.

    What has come here since was granted knowing of it, and stays.
    """
    said = {"seq": item.seq, **(item.body or {})}
    if inbox_rows.word_on(book, item.entity, item.id) != said:
        inbox_rows.keep(book, (item.entity, item.id, book.head.seq, told.turn), said)
        return_all(book, MemberId(UUID(item.id)), "recall")


def _take_return(book: Book, item: FeedItem, body: Body, told: _Told) -> None:
    """Keep what another terminal gave back of a sale made here: it is not given back again."""
    plan_from(inbox_rows.read_return(body).body)
    inbox_rows.keep(book, (item.entity, item.id, book.head.seq, told.turn), body)


def _take_member(book: Book, item: FeedItem, body: Body, told: _Told) -> None:
    member = MemberId(UUID(item.id))
    kept, head = inbox_rows.member_as_kept(book, member), book.head.seq
    moved = told.known_seq < head and remote_rows.moved_since(book, member, told.known_seq)
    row = _effective(kept, body, moved=moved)
    if inbox_rows.lay_member(book, Heard(head, held=False, id=member, row=row), kept):
        inbox_rows.keep(book, (inbox_rows.MEMBER, member.hex, head, told.turn), row)
    here = f"{book.node.id.hex}.{book.node.epoch}"
    counted = (body.get("spend", 0), body.get("growth", 0), told_member.elsewhere(body, here))
    said = (str(body.get("pin") or ""), told_standing(body))
    record, until = told_member.real_name(body)
    also = (record, until, told_notice(body))
    remote = Remote(told.as_of, told.known_seq, *counted, *said, body.get("owes", 0), *also)
    remote_rows.keep_member(book, member, remote, told_member.rights(body))
    card_rows.keep_told(book, member, map(told_member.card, body.get("cards", ())))
    if body.get("erased"):
        person_rows.forget(book, member)
        return_all(book, member, "recall")


def _effective(kept: Kept | None, body: Mapping[str, Any], *, moved: bool) -> dict[str, Any]:
    """Return the row to be laid: what this terminal did since HQ last heard of it stays.

    A block always wins, and so does the word that a member is to be forgotten.
    """
    told = {name: body.get(name) for name in inbox_rows.COLUMNS}
    if kept is None or body.get("erased"):
        return told
    here = kept.told()
    if moved:
        blocked = told["status"] in _STRICTER and here["status"] != _STRICTER[0]
        block = ("status", "status_reason")
        return here | ({name: told[name] for name in block} if blocked else {})
    same = here["tier"] == told["tier"]
    return told | ({name: here[name] for name in _TIER} if same else {})


def _take_benefits(book: Book, _item: FeedItem, body: Body, told: _Told) -> None:
    document, signature = bytes.fromhex(body["document"]), bytes.fromhex(body["signature"])
    try:
        adopt_benefits(book, document, signature, publisher=told.publisher)
    except (ProgrammeUnsigned, BenefitsElsewhere, ProgrammeRefused) as refused:
        _log.info("benefits of this store were left aside: %r", refused)


def _take_programme(book: Book, _item: FeedItem, body: Body, told: _Told) -> None:
    document, signature = bytes.fromhex(body["document"]), bytes.fromhex(body["signature"])
    try:
        adopt_into(book, document, signature, publisher=told.publisher)
    except (ProgrammeUnsigned, ProgrammeOlder, ProgrammeRefused) as refused:
        _log.info("a programme of HQ was left aside: %r", refused)


_TAKERS: Mapping[str, Callable[[Book, FeedItem, Body, _Told], None]] = {
    "member": _take_member,
    "programme": _take_programme,
    "benefits": _take_benefits,
    "exception": _take_exception,
    "alert": _take_alert,
    "heads": _take_heads,
    inbox_rows.RETURN: _take_return,
    "node": _take_node,
}
