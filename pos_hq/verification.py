"""Proving HQ's book: what was checked, and the first thing that is wrong."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pos_app.ids import NodeId, new_id
from pos_app.security.chain import NO_HASH, chain_hash, private_digest
from pos_app.security.signing import verify as signed_by
from pos_hq import cases
from pos_hq.fold.accounts import here, place, right_of, suspense
from pos_hq.fold.fact import Fact, read_fact
from pos_hq.fold.values import Case
from pos_hq.hq import Hq
from pos_hq.store import case_rows, chain_rows, checks, feed_rows, head_rows
from pos_hq.store.checks import Checked, Fault, failed
from pos_hq.store.database import Connection

AT_ONCE = 2_000
SIGNATURES = "signatures"
# What HQ books of these depends on what it knew: they are proved by their balances.
_BY_KNOWLEDGE = {"GOT", "RETURN"}


@dataclass(frozen=True, slots=True)
class Report:
    """Every check that was run, up to the first fault."""

    lines: tuple[Checked, ...]
    fault: Fault | None


Row = Sequence[Any]
Wrong = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Chain:
    """A chain as HQ says it is."""

    node: bytes
    epoch: int
    key: bytes
    acked_seq: int
    acked_hash: bytes
    applied_seq: int

    @property
    def at(self) -> str:
        """Name this generation of the node."""
        return place(self.node.hex(), self.epoch)


@dataclass(slots=True)
class _Walk:
    """What is gathered on the way along the chains."""

    events: int = 0
    sidecars: int = 0
    posted: int = 0
    seen: set[bytes] = field(default_factory=set)
    lots: dict[bytes, tuple[bytes | None, int, int, int]] = field(default_factory=dict)


def verify(hq: Hq) -> Report:
    """Run every check on one state of the book; each rests on those before it.

    The node of an event that it has not signed is quarantined, once (BAD_SIG).
    """
    lines: list[Checked] = []
    with hq.read() as book:
        for result in _checks(book):
            lines.append(result)
            if result.fault is not None:
                break
    fault = lines[-1].fault
    if fault is not None and fault.place is not None:
        _suspect(hq, fault.place)
    return Report(tuple(lines), fault)


def _suspect(hq: Hq, place: tuple[str, int, int]) -> None:
    with hq.write() as book:
        chain_rows.lock(book, *place[:2])
        account = ".".join(map(str, place))
        if case_rows.about(book, place[0], "BAD_SIG", account) is None:
            case = Case(new_id().hex, "BAD_SIG", *place, None, hq.now_ms(), account)
            cases.quarantine(book, case)


def _checks(book: Connection) -> Iterator[Checked]:
    walk = _Walk()
    yield _chains(book, walk)
    yield Checked("personal data", walk.sidecars)
    yield Checked("postings", walk.posted)
    for question in checks.QUESTIONS:
        yield checks.ask(book, question)
    yield _short(book)
    yield _lots(book, walk)
    yield _grants(book)
    yield _heads(book)


def _chains(book: Connection, walk: _Walk) -> Checked:
    for node, epoch, key, *ends in checks.chains(book):
        fault = _chain(book, walk, _Chain(bytes(node), epoch, bytes(key), *ends))
        if fault is not None:
            return Checked(fault.check, walk.events, fault)
    return Checked("chain and signatures", walk.events)


def _chain(book: Connection, walk: _Walk, chain: _Chain) -> Fault | None:
    previous, last = NO_HASH, 0
    posted: dict[int, list[Any]] = {}
    for row in checks.events(book, chain.node, chain.epoch, AT_ONCE):
        seq, digest = row[0], bytes(row[8])
        if seq != last + 1:
            return Fault("chain", f"{chain.at} event {last + 1}", "it is missing")
        if seq % AT_ONCE == 1:
            until = seq + AT_ONCE - 1
            posted = checks.transfers(book, chain.node, chain.epoch, seq, until)
        wrong = _link(chain, row, previous) or _event(walk, row, chain, posted.get(seq, []))
        if wrong is not None:
            forged = wrong[0] == SIGNATURES
            suspect = (chain.node.hex(), chain.epoch, seq) if forged else None
            return Fault(wrong[0], f"{chain.at} event {seq}", wrong[1], suspect)
        previous, last = digest, seq
        walk.events += 1
    if (last, previous) != (chain.acked_seq, bytes(chain.acked_hash)):
        return Fault("chain", chain.at, "it does not end where HQ acknowledged it")
    return None


def _link(chain: _Chain, row: Row, previous: bytes) -> Wrong | None:
    seq, payload, digest, sig = row[0], bytes(row[7]), bytes(row[8]), bytes(row[9])
    if chain_hash(NodeId(UUID(bytes=chain.node)), chain.epoch, seq, previous, payload) != digest:
        return "chain", "its bytes do not give its hash"
    if not signed_by(chain.key, digest, sig):
        return SIGNATURES, "its node has not signed it"
    return None


def _event(walk: _Walk, row: Row, chain: _Chain, posted: list[Any]) -> Wrong | None:
    """Compare an event's columns, sidecar and transfers with its bytes."""
    seq, event, kind, day, when, member, of, payload, digest, sig, salt, data = row
    fact = read_fact(seq, bytes(payload), bytes(digest), bytes(sig))
    duplicate = fact.id in walk.seen
    expected = (None if duplicate else fact.id, fact.kind, fact.day, fact.at, fact.member, fact.of)
    kept = (_bytes(event), kind, day, when, _hex(member), _bytes(of))
    if kept != expected:
        return "columns", "its columns are not what its bytes say"
    if data is not None:
        walk.sidecars += 1
        if fact.private != private_digest(bytes(salt), bytes(data)):
            return "personal data", "its sidecar is not what the chain carries"
    if fact.id is None or duplicate or seq > chain.applied_seq:
        return ("postings", "it was not to be posted") if posted else None
    walk.seen.add(fact.id)
    _gather(walk, fact)
    return None if _posted(walk, fact, chain.at, posted) else ("postings", "not what its bytes say")


def _posted(walk: _Walk, fact: Fact, at: str, posted: list[Any]) -> bool:
    if fact.kind in _BY_KNOWLEDGE:
        return True
    walk.posted += 1
    waiting = suspense(at.partition(".")[0])
    named = [
        (here(move.source, move.unit, at), here(move.target, move.unit, at), move.unit, move.amount)
        for move in fact.moves
    ]
    expected = [
        (source or waiting, target or waiting, *rest)
        for source, target, *rest in named
        if source or target
    ]
    corrections = posted[len(expected) :]
    return posted[: len(expected)] == expected and all(move[0] == waiting for move in corrections)


def _gather(walk: _Walk, fact: Fact) -> None:
    if fact.kind != "TOPUP":
        return
    try:
        lot = UUID(fact.body["lot"]).bytes
        bought = (fact.at, fact.body["amount"], fact.body["bonus"])
    except (LookupError, TypeError, ValueError, AttributeError):
        return
    member = None if fact.member is None else bytes.fromhex(fact.member)
    walk.lots.setdefault(lot, (member, *bought))


def _short(book: Connection) -> Checked:
    """Rights at HQ stay above zero, unless a person was told why not."""
    below, told = checks.short(book)
    known = {(right.pocket, right.ref) for (code,) in told if (right := right_of(code))}
    for account, amount in below:
        right = right_of(account)
        if right is None or (right.pocket, right.ref) not in known:
            return failed("rights at HQ", len(below), account, f"holds {amount}")
    return Checked("rights at HQ", len(below))


def _lots(book: Connection, walk: _Walk) -> Checked:
    rows = checks.lots(book)
    for lot, *told in rows:
        kept = (bytes(told[0]), *told[1:])
        if walk.lots.get(bytes(lot)) != kept:
            return failed("lots", len(rows), bytes(lot).hex(), "not what its top-up says")
    held: Counter[tuple[str, str]] = Counter()
    for account, amount in checks.lot_totals(book):
        right = right_of(account)
        if right is not None and right.pocket in {"P", "B"}:
            held[right.pocket, right.ref] += amount
    bought = {lot.hex(): {"P": told[2], "B": told[3]} for lot, told in walk.lots.items()}
    for (pocket, ref), amount in held.items():
        if amount > bought.get(ref, {}).get(pocket, amount) and not checks.any_released(book):
            return failed("lots", len(rows), ref, f"holds more than was bought: {amount}")
    return Checked("lots", len(rows))


def _grants(book: Connection) -> Checked:
    moved: dict[bytes, Counter[tuple[str, str]]] = {}
    said: dict[bytes, Counter[tuple[str, str]]] = {}
    for grant, lines, target, amount in checks.grants(book):
        right = right_of(target)
        if right is None:
            return failed("grants", len(said), bytes(grant).hex(), f"went to {target}")
        moved.setdefault(bytes(grant), Counter())[right.pocket, right.ref] += amount
        said[bytes(grant)] = Counter()
        for pocket, ref, some, _about in json.loads(lines):
            said[bytes(grant)][pocket, ref] += some
    for grant, lines_said in said.items():
        if moved[grant] != lines_said:
            return failed("grants", len(said), grant.hex(), "HQ moved other rights than it told")
    return Checked("grants", len(said))


def _heads(book: Connection) -> Checked:
    """Find every head that the terminals were told in the book still."""
    days = head_rows.all_told(book)
    witnessed = feed_rows.bodies(book, "heads")
    for day, lines in days:
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        changed = checks.rewritten(book, lines)
        if changed is not None:
            return failed("daily heads", len(days), day, f"no longer there: {changed}")
        if witnessed.get(day, {}).get("sha256") != digest:
            return failed("daily heads", len(days), day, "the terminals were told another hash")
    return Checked("daily heads", len(days))


def _bytes(value: object) -> bytes | None:
    return None if value is None else bytes(value)  # type: ignore[call-overload]


def _hex(value: object) -> str | None:
    known = _bytes(value)
    return None if known is None else known.hex()
