"""What must hold between tills and their HQ, looked at in the files that they left behind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import text

from pos_app.ledger.ledger import Ledger
from pos_app.ledger.link import link_state
from pos_app.ledger.proof import JournalFaulty, make_anew, prove
from pos_hq.hq import Hq
from tests.e2e.till_home import Home

# Whose, and which: member and pocket with lot, day or coupon.
Rights = Counter[tuple[str, str]]
_NOT_EVEN = "SELECT unit, sum(amount) FROM balance GROUP BY unit HAVING sum(amount) <> 0"
_BELOW = (
    "SELECT account, amount FROM balance WHERE amount < 0"
    " AND (account LIKE 'hold:%' OR account LIKE 'avail:%')"
)
_SUSPENSE = "SELECT account, amount FROM balance WHERE account LIKE 'suspense:%' AND amount <> 0"
_EXCEPTIONS = "SELECT type, account, amount FROM exception WHERE state = 'open'"
_UNHEARD = "SELECT count(*) FROM rights_grant WHERE state = 'granted' AND received = 0"
_ACKED = "SELECT e.acked_seq FROM node_epoch e JOIN node n ON n.id = e.node WHERE n.store = :store"
_RIGHTS = (
    "SELECT account, amount FROM balance WHERE amount <> 0"
    " AND (account LIKE 'hold:%' OR account LIKE 'avail:%')"
)
# What HQ gives by itself, like the welcome of a new member.
_GIVEN = (
    "SELECT t.target, t.amount FROM transfer t JOIN act a ON a.seq = t.seq"
    " WHERE t.epoch = 0 AND a.kind = 'ISSUE' AND t.target LIKE 'avail:%'"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What one till has in its journal, and what it holds of members' rights."""

    name: str
    at: str
    payloads: dict[bytes, bytes]
    intents: Counter[bytes]
    kinds: Counter[str]
    holding: Rights
    changes: Rights


def kept_by(home: Home, ledger: Ledger) -> Kept:
    """Read a till's journal as it is, without asking anything that was derived from it."""
    asked = "SELECT event_id, intent, payload FROM journal"
    rows = ledger.read().execute(asked).fetchall()
    holding, changes, kinds = Rights(), Rights(), Counter[str]()
    for *_, payload in rows:
        told = json.loads(payload)
        kinds[f"{told['kind']} {told['body'].get('purpose', '')}".strip()] += 1
        for source, target, _unit, amount in told["moves"]:
            for code, other, moved in ((source, target, -amount), (target, source, amount)):
                if code.startswith("hold:"):
                    holding[right_named(code)] += moved
                    changes[right_named(code)] += 0 if other == "hq" else moved
    return Kept(
        home.name,
        f"{ledger.node.id.hex}.{ledger.node.epoch}",
        {event: payload for event, _, payload in rows},
        Counter(intent for _, intent, _ in rows if intent is not None),
        kinds,
        holding,
        changes,
    )


def now(hq: Hq) -> Iterator[str]:
    """Yield what does not hold at HQ, at whatever moment it was killed."""
    for asked, wrong in (
        (_NOT_EVEN, "HQ's book is not even"),
        (_BELOW, "HQ has a right below nothing"),
        (_SUSPENSE, "HQ put an honest till into suspense"),
    ):
        yield from (f"{wrong}: {row}" for row in _rows(hq, asked))


def forgotten(hq: Hq, held: int, store: str) -> Iterator[str]:
    """Yield what HQ had acknowledged to a store's till and no longer holds."""
    ((acked,),) = _rows(hq, _ACKED, store=store)
    if acked < held:
        yield f"HQ forgot what it acknowledged to {store}: {acked} of {held}"


def at_till(home: Home, ledger: Ledger, kept: Kept) -> Iterator[str]:
    """Yield what a till has lost, done twice, or cannot prove."""
    said, state = home.said(), link_state(ledger)
    lost = [wish for wish in said.acknowledged if wish.bytes not in kept.intents]
    if lost:
        yield f"{home.name}: {len(lost)} acknowledged facts are gone"
    if any(times > 1 for times in kept.intents.values()):
        yield f"{home.name}: an intent was committed twice"
    if state.frozen or state.acked_seq != len(kept.payloads):
        yield f"{home.name}: frozen {state.frozen!r}, {state.acked_seq} of {len(kept.payloads)}"
    faults = [checked.fault for checked in prove(ledger) if checked.fault is not None]
    yield from (f"{home.name}: {fault}" for fault in faults)
    if not faults:
        yield from _not_derived(home, ledger)


def at_hq(hq: Hq, tills: list[Kept]) -> Iterator[str]:
    """Yield what HQ has not heard, has heard otherwise, or counts otherwise than the journals."""
    yield from now(hq)
    yield from (f"an exception is open: {row}" for row in _rows(hq, _EXCEPTIONS))
    ((unheard,),) = _rows(hq, _UNHEARD)
    if unheard:
        yield f"{unheard} grants were never received"
    yield from _exactly_once(hq, tills)
    yield from _same_rights(hq, tills)


def _exactly_once(hq: Hq, tills: list[Kept]) -> Iterator[str]:
    rows = [(bytes(event or b""), bytes(payload)) for event, payload in
            _rows(hq, "SELECT event_id, payload FROM event")]  # fmt: skip
    there, here = dict(rows), {}
    for till in tills:
        here.update(till.payloads)
    if len(here) != sum(len(till.payloads) for till in tills):
        yield "two tills committed one event"
    if len(rows) != len(there) or there.keys() - here.keys():
        yield f"HQ applied {len(rows)} events, of {len(there.keys() & here.keys())} committed ones"
    if here.keys() - there.keys():
        yield f"HQ never heard of {len(here.keys() - there.keys())} events"
    if any(there[event] != here[event] for event in there.keys() & here.keys()):
        yield "HQ has other bytes of an event"


def _same_rights(hq: Hq, tills: list[Kept]) -> Iterator[str]:
    truth, there = Rights(), Rights()
    held = {till.at: Rights() for till in tills}
    for till in tills:
        truth.update(till.changes)
    for account, amount in _rows(hq, _GIVEN):
        truth[right_named(account)] += amount
    for account, amount in _rows(hq, _RIGHTS):
        there[right_named(account)] += amount
        if account.startswith("hold:"):
            held[account.split(":")[1]][right_named(account)] += amount
    yield from (f"spent twice: {key} {left}" for key, left in truth.items() if left < 0)
    yield from _differences("HQ", there, truth)
    for till in tills:
        yield from _differences(f"HQ's holding of {till.name}", held[till.at], till.holding)


def _differences(what: str, there: Rights, here: Rights) -> Iterator[str]:
    for key in sorted(there.keys() | here.keys()):
        if there[key] != here[key]:
            yield f"{what}: {key} is {there[key]}, the journals say {here[key]}"


def _not_derived(home: Home, ledger: Ledger) -> Iterator[str]:
    try:
        tables = make_anew(ledger)
    except JournalFaulty as faulty:
        yield f"{home.name}: {faulty.fault}"
        return
    yield from (f"{home.name}: {one.wrong} wrong rows in {one.name}" for one in tables if one.wrong)


def right_named(code: str) -> tuple[str, str]:
    """Return whose right the last three words of an account name, and which."""
    pocket, member, ref = code.split(":")[-3:]
    return member, f"{pocket}:{ref}"


def _rows(hq: Hq, asked: str, **named: object) -> list[tuple]:  # type: ignore[type-arg]
    with hq.read() as book:
        return [tuple(row) for row in book.execute(text(asked), named)]
