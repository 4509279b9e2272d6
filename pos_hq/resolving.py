"""What comes of a decision about an exception, whoever took it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pos_hq import cases
from pos_hq.fold import accounts
from pos_hq.fold.case_kinds import (
    ACCEPT,
    CORRECT,
    HQ_CORRECTS,
    LIFT,
    LOSS,
    QUARANTINES,
    UNBLOCK,
    of_store,
)
from pos_hq.fold.fact import whole
from pos_hq.fold.sheet import Sheet, Whence
from pos_hq.fold.values import Act, Case, Decided
from pos_hq.store import case_rows, chain_rows
from pos_hq.store.case_rows import Kept
from pos_hq.store.database import Connection
from pos_hq.store.feed_rows import Told
from pos_hq.store.loading import load_members
from pos_hq.store.saving import save

# Where the amount in suspense goes: the house bears it as a loss, or as a correction.
_SIDES = {LOSS: accounts.LOSS_ORPHAN, ACCEPT: accounts.adjust("accepted")}


def answered(book: Connection, whence: Whence, decided: Iterable[Decided]) -> None:
    """Carry out what managers of a store decided and wrote into their terminal's journal.

    What is not theirs to decide, or was decided before, stays an entry of that journal.
    """
    for one in decided:
        kept = case_rows.find(book, one.case)
        if kept is not None and kept.state == "open" and _may(book, whence, kept.case, one):
            _answer(book, whence, kept.case, one)


def _may(book: Connection, whence: Whence, case: Case, one: Decided) -> bool:
    mine = case.node == whence.node or case.store == chain_rows.store_of(book, whence.node)
    return mine and one.decision in of_store(case)


def _answer(book: Connection, whence: Whence, case: Case, one: Decided) -> None:
    told: dict[str, object] = {
        "by": one.by,
        "decision": one.decision,
        "note": one.note,
        "at": whence.heard_at,
        "entry": f"{whence.at}.{one.seq}",
    }
    if one.decision == CORRECT:
        handed = replace(case, who=HQ_CORRECTS)
        case_rows.hand_over(book, handed, told)
        cases.publish(book, case_rows.told(handed, "open", told))
        return
    case_rows.resolve(book, case.id, told)
    carry_out(book, Kept(case, "resolved", told), "")


def carry_out(book: Connection, kept: Kept, since: str) -> None:
    """Book what was decided, tell whom it concerns; `since` is the last day of no tier.

    The exception is marked resolved already.
    """
    assert kept.resolution is not None, "it was decided"
    case, decision, by = kept.case, kept.resolution["decision"], str(kept.resolution["by"])
    at = whole(kept.resolution["at"])
    sheet = Sheet(Whence(case.node or "", case.epoch or 0, "", at, {}))
    if decision == UNBLOCK and case.member is not None:
        load_members(book, sheet, [case.member], since)
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
