"""Exceptions: what a person must look at, and what they decided."""

from __future__ import annotations

from pos_app.sync.wire_cases import ExceptionList, ExceptionView
from pos_hq import applying, resolving
from pos_hq.facts import DecisionUnknown, ExceptionUnknown
from pos_hq.fold.case_kinds import ABOUT, LIFT, view_of
from pos_hq.hq import Hq
from pos_hq.sessions import Caller
from pos_hq.store import case_rows
from pos_hq.store.case_rows import Kept
from pos_hq.window import window_start

VIEWS_MOST = 200


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

    Its node is told the whole of it anew. What a store handed in before stays beside it (`store`).
    Raises ExceptionUnknown (also where it was resolved already), DecisionUnknown.
    """
    with hq.write() as book:
        kept = case_rows.find(book, case)
        if kept is None or kept.state != "open":
            raise ExceptionUnknown
        if decision not in decisions(kept.case.type):
            raise DecisionUnknown(decision)
        told: dict[str, object] = {"by": by, "decision": decision, "note": note, "at": hq.now_ms()}
        if kept.resolution is not None:
            told["store"] = kept.resolution
        case_rows.resolve(book, case, told)
        resolving.carry_out(book, Kept(kept.case, "resolved", told), window_start(hq, book))
    if decision == LIFT and kept.case.node is not None:
        applying.catch_up(hq, kept.case.node, kept.case.epoch or 0)


def _view(kept: Kept) -> ExceptionView:
    return view_of(kept.case, kept.state, kept.resolution)
