"""HQ restored from a backup: what it has forgotten, the terminals still know."""

from __future__ import annotations

from dataclasses import replace

from pos_app.ids import NodeId, new_id
from pos_app.sync.wire import Place
from pos_hq import cases
from pos_hq.facts import NodeUnknown
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Act, Case
from pos_hq.hq import Hq
from pos_hq.store import case_rows, chain_rows, meta
from pos_hq.store.database import Connection
from pos_hq.store.enrolling import one_at_a_time
from pos_hq.store.saving import save
from pos_hq.store.session_rows import Enrolment


def after_restore(hq: Hq) -> int:
    """Begin anew after a restore and return the incarnation.

    Every terminal pushes again what HQ no longer has; until each has done so, or is waived, no
    rights are granted: HQ may have forgotten that they are spent. Who wondered is answered.
    """
    with hq.write() as book:
        incarnation = meta.begin_anew(book, hq.now_ms())
        chain_rows.freeze_active(book, hq.now_ms())
        sheet = Sheet(Whence("", 0, "", hq.now_ms(), {}))
        sheet.act(Act("RESTORED", None, str(incarnation), ()))
        answered = case_rows.open_of(book, "RESTORED_UNSAID")
        save(book, sheet, case_rows.settle(book, answered, hq.now_ms()))
    return incarnation


def unsaid(hq: Hq, book: Connection, chain: tuple[str, int], acked_seq: int, told_seq: int) -> None:
    """Ask whether HQ was restored and nobody said so: a node was acknowledged more than HQ holds.

    Once, until a person has answered: with `pos-hq restored`, or that the node is wrong.
    """
    one_at_a_time(book)
    if case_rows.open_of(book, "RESTORED_UNSAID"):
        return
    case = Case(new_id().hex, "RESTORED_UNSAID", *chain, None, None, hq.now_ms())
    cases.open_one(book, replace(case, here={"acked": acked_seq}, there={"acked": told_seq}))


def compare(hq: Hq, book: Connection, known: Enrolment, head: Place) -> None:
    """Ask about a terminal whose own chain is an older copy of what HQ holds, or another one.

    Once, until it comes back under a new epoch. An epoch that is over has nothing to lose.
    """
    longer, same = head.seq > known.acked_seq, known_place(known) == head
    if longer or same or known.epoch != known.living:
        return
    one_at_a_time(book)
    if not case_rows.open_of(book, "REWIND", known.node.hex):
        place = (known.node.hex, known.epoch, head.seq, None)
        case = Case(new_id().hex, "REWIND", *place, hq.now_ms())
        ours, theirs = known_place(known).model_dump(), head.model_dump()
        cases.open_one(book, replace(case, here=ours, there=theirs))


def known_place(known: Enrolment) -> Place:
    """Return how far HQ holds the chain of an enrolled epoch."""
    return Place(seq=known.acked_seq, hash=known.acked_hash.hex())


def waiting_for(hq: Hq) -> tuple[str, ...]:
    """Return the terminals that have not yet pushed all they have since the restore."""
    with hq.read() as book:
        return chain_rows.frozen(book)


def waive(hq: Hq, node: NodeId, *, by: str) -> None:
    """No longer wait for a terminal: what only it knows may then be spent twice.

    Raises NodeUnknown where HQ does not wait for it.
    """
    with hq.write() as book:
        if node.hex not in chain_rows.frozen(book):
            raise NodeUnknown
        chain_rows.thaw(book, node.hex)
        sheet = Sheet(Whence("", 0, "", hq.now_ms(), {}))
        sheet.act(Act("WAIVE", None, node.hex, (), by))
        save(book, sheet)
