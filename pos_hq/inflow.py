"""What terminals push: held against their chains, kept as it came, and applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pos_app.errors import PosError
from pos_app.ids import new_id
from pos_app.security.chain import NO_HASH
from pos_app.security.signing import verify
from pos_app.sync.seals import ack_digest
from pos_app.sync.wire import Ack, EventResult, Push
from pos_hq import applying, cases, restoration
from pos_hq.facts import (
    Fork,
    Gap,
    IncarnationStale,
    Known,
    NodeUnknown,
    NotAuthorised,
    SignatureWrong,
)
from pos_hq.fold.accounts import unit_class, unit_of
from pos_hq.fold.fact import Fact, parse
from pos_hq.fold.people import is_identity
from pos_hq.fold.values import Case, CaseType
from pos_hq.hq import Hq
from pos_hq.push import Batch, open_push
from pos_hq.sessions import Caller
from pos_hq.store import case_rows, chain_rows, claim_rows, grant_rows
from pos_hq.store.chain_rows import Chain
from pos_hq.store.database import Connection


def receive(hq: Hq, caller: Caller, push: Push) -> Ack:
    """Take a batch in, all of it in one transaction; repeating the call changes nothing.

    A committed fact is never rejected. Raises NotAuthorised, IncarnationStale, KindUnknown, Gap,
    Fork and SignatureWrong (the node is quarantined then), ChainBroken; nothing is kept then.
    """
    if (push.node, push.epoch) != (caller.node.hex, caller.epoch):
        raise NotAuthorised
    with hq.read() as book:
        _ensure_current(hq, book, push)
    batch = open_push(push)
    with hq.write() as book:
        taken = _take(hq, book, batch, push)
    if isinstance(taken, PosError):
        raise taken
    return taken


def _take(hq: Hq, book: Connection, batch: Batch, push: Push) -> Ack | PosError:
    chain_rows.lock(book, push.node, push.epoch)
    chain = chain_rows.chain_of(book, push.node, push.epoch)
    if chain is None:
        return NodeUnknown()
    _ensure_current(hq, book, push)
    refusal = _refusal(hq, book, chain, batch)
    if refusal is not None:
        return refusal
    _compare(hq, book, chain, push)
    facts = batch.facts_after(chain.acked_seq)
    opened = applying.enter(hq, book, chain, facts, batch.sidecars)
    seq, digest = (facts[-1].seq, facts[-1].hash) if facts else (chain.acked_seq, chain.acked_hash)
    chain_rows.advance(book, chain, seq=seq, digest=digest, head_seq=push.head_seq)
    claim_rows.answered(book, chain.node, chain.epoch, _returned(facts))
    if seq >= max(push.head_seq, chain.head_seq):
        _told_all(hq, book, chain)
    held = replace(chain, acked_seq=seq, acked_hash=digest)
    return _ack(hq, book, held, _results(batch, chain, opened))


def _told_all(hq: Hq, book: Connection, chain: Chain) -> None:
    """Wait no longer for a node that has told all: HQ restored for it, or a sale it claimed."""
    claim_rows.settle(book, chain.node, chain.epoch, hq.now_ms())
    alive = chain.status == "active" and chain.epoch == chain.living
    if chain.frozen and alive:
        chain_rows.thaw(book, chain.node)


def _returned(facts: Sequence[Fact]) -> set[bytes]:
    """Return the wishes that these events gave sales back by."""
    returns = (parse(one.payload) for one in facts if one.kind in {"REFUND", "VOID"})
    wishes = (str(told.get("intent", "")) for told in returns if isinstance(told, dict))
    return {bytes.fromhex(one) for one in wishes if is_identity(one)}


def _refusal(hq: Hq, book: Connection, chain: Chain, batch: Batch) -> PosError | None:
    """Return why a batch cannot be a continuation of what HQ holds."""
    known = Known(chain.acked_seq, chain.acked_hash)
    if batch.first_seq > chain.acked_seq + 1:
        place = (chain.node, chain.epoch)
        restoration.unsaid(hq, book, place, chain.acked_seq, batch.first_seq - 1)
        return Gap(known)
    if batch.hashes and not verify(chain.public_key, batch.hashes[-1], batch.signatures[-1]):
        there = {"hash": batch.hashes[-1].hex(), "signature": batch.signatures[-1].hex()}
        _quarantine(hq, book, chain, ("BAD_SIG", batch.last_seq), there)
        return SignatureWrong()
    shared = range(batch.first_seq - 1, min(batch.last_seq, chain.acked_seq) + 1)
    ours = {0: NO_HASH, **chain_rows.hashes(book, chain, list(shared))}
    theirs = dict(enumerate((batch.prev_hash, *batch.hashes), batch.first_seq - 1))
    forked = next((seq for seq in shared if ours[seq] != theirs[seq]), None)
    if forked is None:
        return None
    if not batch.hashes:
        return SignatureWrong()
    _quarantine(hq, book, chain, ("FORK", forked), {"hash": theirs[forked].hex()})
    return Fork(known)


def _quarantine(
    hq: Hq, book: Connection, chain: Chain, what: tuple[CaseType, int], there: Mapping[str, object]
) -> None:
    """Suspect a node of two different pasts, or of one that it has not signed; once at a time."""
    if chain.status == "active":
        kind, seq = what
        case = Case(new_id().hex, kind, chain.node, chain.epoch, seq, None, hq.now_ms())
        cases.quarantine(book, replace(case, there=there))


def _compare(hq: Hq, book: Connection, chain: Chain, push: Push) -> None:
    """Look into sums of holdings that a node finds different from HQ's, at the same place.

    Where they are the same again, the exception is closed, and the node hears how it stands.
    """
    if push.holdings is None or push.first_seq != chain.acked_seq + 1:
        return
    ours = _received(book, chain)
    theirs = {unit: total for unit, total in sorted(push.holdings.items()) if total}
    if ours == theirs:
        cases.settle(book, "HOLD_TOTAL_MISMATCH", hq.now_ms(), chain.node)
        cases.tell_status(book, chain.node, chain.status)
    elif not case_rows.open_of(book, "HOLD_TOTAL_MISMATCH", chain.node):
        unit = next(unit for unit in sorted(ours | theirs) if ours.get(unit) != theirs.get(unit))
        amount = abs(ours.get(unit, 0) - theirs.get(unit, 0))
        place = (chain.node, chain.epoch, None, None)
        case = Case(new_id().hex, "HOLD_TOTAL_MISMATCH", *place, hq.now_ms(), unit=unit)
        cases.open_one(book, replace(case, amount=amount, here=ours, there=theirs))


def _results(batch: Batch, chain: Chain, opened: Mapping[int, Case]) -> tuple[EventResult, ...]:
    return tuple(
        _result(seq, chain, opened.get(seq)) for seq in range(batch.first_seq, batch.last_seq + 1)
    )


def _result(seq: int, chain: Chain, case: Case | None) -> EventResult:
    if seq <= chain.acked_seq:
        return EventResult(seq=seq, status="duplicate")
    if chain.status != "active":  # kept, until a person has looked
        return EventResult(seq=seq, status="applied_with_exception")
    if case is None:
        return EventResult(seq=seq, status="applied")
    return EventResult(seq=seq, status="applied_with_exception", exception=case.id)


def _ack(hq: Hq, book: Connection, chain: Chain, results: tuple[EventResult, ...]) -> Ack:
    told: dict[str, object] = {
        "node": chain.node,
        "epoch": chain.epoch,
        "acked_seq": chain.acked_seq,
        "acked_hash": chain.acked_hash.hex(),
        "incarnation": hq.incarnation(book),
        "time": hq.now_ms(),
    }
    totals = _received(book, chain)
    signature = hq.signer.sign(ack_digest(told)).hex()
    return Ack.model_validate(
        {**told, "results": results, "hold_totals": totals, "signature": signature}
    )


def _received(book: Connection, chain: Chain) -> dict[str, int]:
    """Return what the node itself must hold at this place: grants under way are not there yet."""
    totals = Counter(chain_rows.hold_totals(book, chain.node, chain.epoch))
    for grant in grant_rows.outstanding(book, chain.node, chain.epoch):
        for pocket, ref, amount in grant.lines:
            totals[unit_of(pocket, ref)] -= amount
    classes: Counter[str] = Counter()
    for unit, total in totals.items():
        classes[unit_class(unit)] += total
    return {unit: total for unit, total in sorted(classes.items()) if total}


def _ensure_current(hq: Hq, book: Connection, push: Push) -> None:
    current = hq.incarnation(book)
    if push.incarnation != current:
        raise IncarnationStale(current)
