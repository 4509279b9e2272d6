"""The cycle: push what HQ has not heard, settle what was asked for, pull what is new."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Protocol, TypeVar

from pos_app.ids import MemberId
from pos_app.ledger import grants, inbox, link, outbox, returns
from pos_app.ledger.inbox import Enough, Page, SnapshotPage
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store import journal, link_rows, right_rows
from pos_app.ledger.store.event import Kind, moment
from pos_app.ledger.store.reading_rows import Reading, reading
from pos_app.sync import translate
from pos_app.sync.facts import HqOlder, HqRefused, Rewound, TerminalOlder
from pos_app.sync.hq import GRANTS_FROZEN, Hq
from pos_app.sync.wire import PROTO_MAX, PROTO_MIN, Ack, Hello, Place

T = TypeVar("T")
P = TypeVar("P", Page, SnapshotPage)
# What is read holds the ledger for so long at a time, and the commit behind it for as long again.
MOMENT_S = 0.003
CHECKPOINT_EVERY = 4


class AtLedger(Protocol):
    """Does something where the ledger is open, and waits for what comes of it."""

    def __call__(self, task: Callable[[Ledger], T], /) -> T:
        """Return what the task returns; what it raises is raised."""


@dataclass(frozen=True, slots=True)
class CycleReport:
    """What one cycle did; `more` is left to be read."""

    pushed: int
    pulled: int
    granted: int
    clock_suspect: bool
    more: bool


def run_cycle(at: AtLedger, hq: Hq, *, serving: Collection[MemberId] = frozenset()) -> CycleReport:
    """Bring both books nearer to one point: they are there when no more is left to be read.

    Whatever breaks in between, the next cycle goes on. `serving` are members at the counter, whose
    rights stay. Raises HqUnreachable, HqRefused, HqMisbehaved, HqOlder, TerminalOlder, Rewound,
    ChainDiffers, HoldingsDiffer, OtherHq, FeedUnreadable.
    """
    hello = hq.hello()
    _ensure_understood(hello)
    at(lambda ledger: link.greet(ledger, _greeting(hello)))
    acked = at(link.link_state).acked_seq
    _ensure_same_chain(at, _known(at, hq, hello, acked), acked)
    at(_online)
    at(returns.return_due)
    at(lambda ledger: returns.return_excess(ledger, but=serving))
    pushed = push(at, hq)
    granted = settle_all(at, hq)
    pulled, more = pull(at, hq)
    pushed += push_news(at, hq)
    suspect = at(lambda ledger: link.clock_suspect(ledger, moment(hello.time)))
    return CycleReport(pushed, pulled, granted, suspect, more)


def read_on(at: AtLedger, hq: Hq) -> CycleReport:
    """Read a page more of a long tale; what happened at the till meanwhile goes before it.

    Raises like `run_cycle`.
    """
    pushed = push_news(at, hq)
    granted = settle_all(at, hq)
    pulled, more = pull(at, hq)
    return CycleReport(pushed, pulled, granted, clock_suspect=False, more=more)


def push(at: AtLedger, hq: Hq) -> int:
    """Push until HQ holds the whole chain; return how many events it took.

    An empty batch is pushed too: it tells HQ where the chain ends.
    """
    count = 0
    while True:
        batch = at(outbox.next_batch)
        ack = hq.push(translate.push_of(batch))
        at(partial(_acknowledge, ack=ack))
        count += len(batch.payloads)
        if not batch.payloads or ack.acked_seq >= batch.head_seq:
            return count


def push_news(at: AtLedger, hq: Hq) -> int:
    """Push what HQ has not heard of; where there is nothing it is not asked."""
    return push(at, hq) if at(outbox.unsent).count else 0


def settle_all(at: AtLedger, hq: Hq) -> int:
    """Ask for every open grant; return how many were granted. One that HQ refuses stops no other.

    While HQ grants nothing at all they stay open.
    """
    granted = 0
    for wish in at(_open_asks):
        try:
            granted += settle(at, hq, wish)
        except HqRefused as refused:
            if refused.code == GRANTS_FROZEN:
                break
            at(partial(_give_up, wish=wish, reason=refused.code))
    return granted


def settle(at: AtLedger, hq: Hq, wish: right_rows.Asked) -> bool:
    """Ask for a grant and book the answer; say whether anything was granted."""
    grant = hq.grant(translate.asking(wish))
    at(lambda ledger: grants.take(ledger, translate.answer_of(grant, ledger.now())))
    return bool(grant.lines)


def pull(at: AtLedger, hq: Hq) -> tuple[int, bool]:
    """Read one page; return how many items it had, and whether there is more.

    A ledger that never read anything takes the members in bulk, and what else there is at once.
    """
    here, count = at(_reading), 0
    if here.needs_snapshot:
        others = hq.feed(here.cursor, members=False)
        _take(at, translate.page_of(others, at(Ledger.now)), inbox.take_page)
        members = hq.snapshot(here.after)
        _take(at, translate.members_of(members), inbox.take_snapshot)
        count = len(others.items) + len(members.items)
        if members.next is not None:
            return count, True
    page = hq.feed(at(_reading).cursor)
    _take(at, translate.page_of(page, at(Ledger.now)), inbox.take_page)
    return count + len(page.items), page.more


def _take(at: AtLedger, page: P, take: Callable[[Ledger, P, Enough], P | None]) -> None:
    """Take a page a moment at a time: between two of them the till has its turn.

    Checkpoints have turns of their own, or a commit would have to make up for many.
    """
    left, turn = page, 0
    while (rest := at(partial(_take_a_moment, page=left, take=take))) is not None:
        left, turn = rest, turn + 1
        if turn % CHECKPOINT_EVERY == 0:
            at(Ledger.tidy)


def _take_a_moment(
    ledger: Ledger, page: P, take: Callable[[Ledger, P, Enough], P | None]
) -> P | None:
    end = monotonic() + MOMENT_S
    return take(ledger, page, lambda: monotonic() >= end)


def _give_up(ledger: Ledger, wish: right_rows.Asked, reason: str) -> None:
    grants.take(ledger, grants.Answer(wish.id, wish.member, (), ledger.now(), reason))


def _acknowledge(ledger: Ledger, ack: Ack) -> None:
    outbox.acknowledge(ledger, translate.word_of(ack), dict(ack.hold_totals))


def _greeting(hello: Hello) -> link.Greeting:
    return link.Greeting(bytes.fromhex(hello.hq_key), hello.incarnation, moment(hello.time))


def _ensure_understood(hello: Hello) -> None:
    if hello.proto_min > PROTO_MAX:
        raise TerminalOlder(hello.proto_min)
    unknown = tuple(kind.value for kind in Kind if kind.value not in hello.kinds)
    if hello.proto_max < PROTO_MIN or unknown:
        raise HqOlder(unknown)


def _known(at: AtLedger, hq: Hq, hello: Hello, acked: int) -> Place:
    """Return how far HQ holds this chain; in a session that lasts the greeting has told it.

    An HQ that has forgotten what it acknowledged, or holds another past, hears so in a new session.
    """
    known = hello.known
    if known is not None and known.seq >= acked and _is_ours(at, known):
        return known
    return hq.open_session(acked, at(_head_if_rewound)).known


def _is_ours(at: AtLedger, known: Place) -> bool:
    return at(lambda ledger: link_rows.hash_at(ledger.read(), known.seq)) == bytes.fromhex(
        known.hash
    )


def _ensure_same_chain(at: AtLedger, known: Place, acked: int) -> None:
    """Compare heads: an HQ that holds more, or another event, has met another copy of this disk.

    One that holds less than it had acknowledged when it was asked has forgotten, and is told
    everything anew.
    """
    if not _is_ours(at, known):
        at(link.distrust)
        raise Rewound(at(lambda ledger: link_rows.head_seq(ledger.read())), known.seq)
    if known.seq < acked:
        at(link.tell_anew)


def _online(ledger: Ledger) -> None:
    """Count what lies at HQ as usable from the handshake on: the first tale may be long."""
    ledger.online = True


def _open_asks(ledger: Ledger) -> tuple[right_rows.Asked, ...]:
    return right_rows.open_asks(ledger.read())


def _head_if_rewound(ledger: Ledger) -> Place | None:
    """Return where the chain ends, once it has proved to be a copy: what is late proves nothing."""
    if link.link_state(ledger).frozen != link.REWOUND:
        return None
    head = journal.head_of(ledger.read())
    return Place(seq=head.seq, hash=head.hash.hex())


def _reading(ledger: Ledger) -> Reading:
    return reading(ledger.read())
