"""Applying events: load what they touch, fold them, write what has come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos_hq import resolving
from pos_hq.fold.batch import fold
from pos_hq.fold.fact import Fact, read_fact
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Case
from pos_hq.hq import Hq
from pos_hq.push import Personal, personal
from pos_hq.store import chain_rows, programme_rows
from pos_hq.store.chain_rows import Chain
from pos_hq.store.database import Connection
from pos_hq.store.loading import load_sheet
from pos_hq.store.saving import save
from pos_hq.window import window_start

AT_ONCE = 500
Sidecars = Mapping[bytes, tuple[bytes, bytes]]


def enter(
    hq: Hq, book: Connection, chain: Chain, facts: Sequence[Fact], sidecars: Sidecars
) -> Mapping[int, Case]:
    """Keep new events and apply them; return the exceptions that they opened, by place.

    What a node pushes while it is in quarantine is kept, and applied when a person has looked.
    """
    if not facts:
        return {}
    known = personal(facts, sidecars)
    chain_rows.keep_sidecars(book, known.kept)
    if chain.status != "active" or chain.applied_seq < chain.acked_seq:
        chain_rows.keep(book, chain, facts, chain_rows.ids_known(book, facts), hq.now_ms())
        if chain.status == "active":
            apply_waiting(hq, book, chain)
        return {}
    sheet = empty_sheet(hq, book, chain, facts, known)
    chain_rows.keep(book, chain, facts, sheet.known_ids, hq.now_ms())
    return _apply(book, chain, sheet, facts, known)


def catch_up(hq: Hq, node: str, epoch: int) -> None:
    """Apply everything that was kept while a node was in quarantine, part by part."""
    applied = 1
    while applied:
        with hq.write() as book:
            chain_rows.lock(book, node, epoch)
            chain = chain_rows.chain_of(book, node, epoch)
            applied = 0 if chain is None else apply_waiting(hq, book, chain)
            if chain is not None and not applied and chain.acked_seq >= chain.head_seq:
                chain_rows.thaw(book, node)


def apply_waiting(hq: Hq, book: Connection, chain: Chain) -> int:
    """Apply a part of what was kept while the node was in quarantine; return how many events."""
    rows = chain_rows.waiting(book, chain, AT_ONCE)
    facts = [read_fact(seq, *map(bytes, row)) for seq, *row, _event in rows]
    ids = [bytes(event) for *_, event in rows if event is not None]
    known = personal(facts, chain_rows.sidecars_of(book, ids))
    if facts:
        sheet = empty_sheet(hq, book, chain, facts, known)
        sheet.known_ids = {fact.id for fact in facts if fact.id is not None} - set(ids)
        _apply(book, chain, sheet, facts, known)
    return len(facts)


def empty_sheet(
    hq: Hq, book: Connection, chain: Chain, facts: Sequence[Fact], known: Personal
) -> Sheet:
    """Return a sheet with everything that these events touch."""
    rules = programme_rows.named(book, (fact.rules for fact in facts))
    whence = Whence(chain.node, chain.epoch, chain.state, hq.now_ms(), rules)
    return load_sheet(book, whence, facts, known.read, window_start(hq, book))


def _apply(
    book: Connection, chain: Chain, sheet: Sheet, facts: Sequence[Fact], known: Personal
) -> Mapping[int, Case]:
    fold(sheet, facts, known.read, known.wrong)
    save(book, sheet)
    chain_rows.forget_sidecars(book, _of_erased(sheet, facts))
    chain_rows.applied(book, chain, facts[-1].seq)
    if sheet.closes:
        chain_rows.set_state(book, chain.node, chain.epoch, "closed")
    resolving.answered(book, sheet.whence, sheet.decided)
    return {case.seq: case for case in reversed(sheet.cases) if case.seq is not None}


def _of_erased(sheet: Sheet, facts: Sequence[Fact]) -> list[bytes]:
    """Return the events of members whom HQ has erased: a till had not heard of it yet."""
    members = ((fact, sheet.member_of(fact)) for fact in facts)
    return [fact.id for fact, one in members if fact.id and one is not None and one.erased]
