"""Exceptions: what a person must look at, and what they decided."""

from __future__ import annotations

from pos_app.sync.wire import ExceptionList, ExceptionView
from pos_hq import applying, cases
from pos_hq.facts import DecisionUnknown, ExceptionUnknown
from pos_hq.fold import accounts
from pos_hq.fold.case_kinds import ABOUT, ACCEPT, LIFT, LOSS, QUARANTINES, UNBLOCK, view_of
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Act, Case
from pos_hq.hq import Hq
from pos_hq.sessions import Caller
from pos_hq.store import case_rows, chain_rows
from pos_hq.store.case_rows import Kept
from pos_hq.store.database import Connection
from pos_hq.store.feed_rows import Told
from pos_hq.store.loading import load_members
from pos_hq.store.saving import save

VIEWS_MOST = 200
# Where the amount in suspense goes: the house bears it as a loss, or as a correction.
_SIDES = {LOSS: accounts.LOSS_ORPHAN, ACCEPT: accounts.adjust("accepted")}


def of_node(hq: Hq, caller: Caller) -> ExceptionList:
    """Return the exceptions that concern the caller or its store, newest first."""
    with hq.read() as book:
        kept = case_rows.of_node(book, caller.node.hex, caller.store, VIEWS_MOST)
    return ExceptionList(items=tuple(map(_view, kept)))


def open_ones(hq: Hq) -> tuple[ExceptionView, ...]:
    """Return everything that waits for a person, oldest first."""
    with hq.read() as book:
        return tuple(map(_view, case_rows.open_ones(book)))


def find(hq: Hq, case: str) -> ExceptionView:
    """Return one exception, open or resolved. Raises ExceptionUnknown."""
    with hq.read() as book:
        kept = case_rows.peek(book, case)
    if kept is None:
        raise ExceptionUnknown
    return _view(kept)


def decisions(kind: str) -> tuple[str, ...]:
    """Return how an exception of this type may be resolved.

    `accept` and `loss` empty its suspense; `lift` ends a quarantine and applies what was kept;
    `unblock` lets a member in again.
    """
    return ABOUT[kind].decisions


def resolve(hq: Hq, case: str, *, by: str, decision: str, note: str = "") -> None:
    """Resolve an exception; what waits in suspense for it is booked out by HQ.

    Its node is told the whole of it anew.
    Raises ExceptionUnknown (also where it was resolved already), DecisionUnknown.
    """
    with hq.write() as book:
        kept = case_rows.find(book, case)
        if kept is None or kept.state != "open":
            raise ExceptionUnknown
        if decision not in decisions(kept.case.type):
            raise DecisionUnknown(decision)
        told = {"by": by, "decision": decision, "note": note, "at": hq.now_ms()}
        case_rows.resolve(book, case, told)
        _carry_out(hq, book, Kept(kept.case, "resolved", told))
    if decision == LIFT and kept.case.node is not None:
        applying.catch_up(hq, kept.case.node, kept.case.epoch or 0)


def _carry_out(hq: Hq, book: Connection, kept: Kept) -> None:
    assert kept.resolution is not None, "it was decided"
    case, decision, by = kept.case, kept.resolution["decision"], str(kept.resolution["by"])
    sheet = Sheet(Whence(case.node or "", case.epoch or 0, "", hq.now_ms(), {}))
    if decision == UNBLOCK and case.member is not None:
        load_members(book, sheet, [case.member], applying.window_start(hq, book))
        _unblock(sheet, case.member)
    if case.suspense and case.node is not None:
        waiting, other = accounts.suspense(case.node), _SIDES[str(decision)]
        ends = (waiting, other) if case.suspense > 0 else (other, waiting)
        move = (*ends, case.unit, abs(case.suspense))
        sheet.act(Act("RESOLVE", case.member, case.id, (move,), by))
    if decision == LIFT and case.node is not None and _is_cleared(book, case.node):
        chain_rows.set_status(book, case.node, "active")
    save(book, sheet, [*case_rows.told(case, kept.state, kept.resolution), *_standing(book, case)])


def _is_cleared(book: Connection, node: str) -> bool:
    """Say whether nothing else keeps a node in quarantine; one that was shut out stays out."""
    others = any(case_rows.open_of(book, kind, node) for kind in QUARANTINES)
    return not others and chain_rows.status_of(book, node) == "quarantined"


def _standing(book: Connection, case: Case) -> list[Told]:
    """Tell a node that had stopped spending how it stands now."""
    if case.node is None or case.type not in {*QUARANTINES, "HOLD_TOTAL_MISMATCH"}:
        return []
    return [cases.status_told(case.node, chain_rows.status_of(book, case.node))]


def _unblock(sheet: Sheet, member: str) -> None:
    known = sheet.members.get(member)
    if known is not None and not known.erased:
        known.status, known.status_reason = "normal", ""
        known.version += 1
        known.versions["status"] = (known.version, "", sheet.whence.heard_at)
        sheet.changed.add(member)


def _view(kept: Kept) -> ExceptionView:
    return view_of(kept.case, kept.state, kept.resolution)
