"""Every type of exception that HQ opens: what is proposed, who must act, how it is resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, NamedTuple

from pos_app.sync.wire_cases import ExceptionView
from pos_hq.fold.values import Case, CaseType

Who = Literal["store manager", "HQ operations", "HQ finance", "IT"]
ACCEPT, LOSS, LIFT, UNBLOCK = "accept", "loss", "lift", "unblock"
SETTLED = "settled"
# A store hands in a correction: it is HQ's turn then.
CORRECT = "correct"
_OF_STORES = (ACCEPT, LOSS)
HQ_CORRECTS: Who = "HQ operations"
# While one of these is open, nothing that its node pushes is applied.
QUARANTINES: tuple[CaseType, ...] = ("BAD_SIG", "FORK")
_SUSPENDED = (ACCEPT, LOSS)
# Every name of a fact that either side of an exception may state; terminals have words for each.
FACTS = (
    "CNY", "CPN", "PTS", "acked", "at", "before", "bonus", "booked", "count", "counted", "day",
    "eligible", "event", "external", "fault", "field", "growth", "hash", "held", "last_seen",
    "member", "of", "points", "principal", "received_at", "seq", "signature", "status", "sum",
)  # fmt: skip


class About(NamedTuple):
    """A type of exception: HQ's proposal as a code, who must act, and how it may be resolved.

    Proposals that are decisions of `pos-hq resolve`:
      accept    it stays as it was booked; somebody has looked at it
      loss      the house bears what waits in suspense
      lift      the node's quarantine ends, and what was kept meanwhile is applied
      unblock   the member is let in again
    Other commands of `pos-hq`, after which the exception is closed or can be accepted:
      release   gives members again what the dead epoch holds
      restored  says that HQ came back from a backup, so that every terminal pushes again
      programme adds the programme by whose rules the order was priced
      verify    proves HQ's book, to see which of two sums is wrong
    What is to be done elsewhere, or nothing at all:
      keep <field>  HQ's value of the field stays; the store asks the member
      merged    two members are one now
      clock     set the terminal's clock right
      count     count again, and compare with the bank's or provider's statement
      recover   bring the terminal back under a new epoch; then the exception closes by itself
      connect   bring the terminal back to the network; then the exception closes by itself
      wait      it closes by itself when the missing events arrive
    """

    proposal: str
    who: Who
    decisions: tuple[str, ...] = (ACCEPT,)


ABOUT: Mapping[str, About] = {
    "ACCOUNT_UNKNOWN": About(ACCEPT, "HQ finance", _SUSPENDED),
    "AVAIL_SHORT": About("wait", "HQ finance"),
    "BAD_SIG": About(LIFT, "IT", (LIFT,)),
    "CLOCK_SUSPECT": About("clock", "store manager"),
    "CLOSING_DIFF": About(ACCEPT, "HQ operations"),
    "COUPON_DOUBLE": About(LOSS, "store manager", _SUSPENDED),
    "CREDIT_OWED": About("wait", "HQ finance"),
    "DAY_DIFF": About(ACCEPT, "HQ finance"),
    "DUP_EVENT_ID": About(ACCEPT, "IT"),
    "DUP_MEMBER": About("merged", "HQ operations"),
    "FORK": About(LIFT, "IT", (LIFT,)),
    "GIFT_WAIVED": About(ACCEPT, "HQ operations"),
    "GRANT_MISMATCH": About(ACCEPT, "HQ finance", _SUSPENDED),
    "HOLD_SHORT": About(LOSS, "HQ finance", _SUSPENDED),
    "HOLD_TOTAL_MISMATCH": About("verify", "IT"),
    "ORPHAN": About("release", "HQ operations"),
    "POINTS_RATE": About(ACCEPT, "HQ finance"),
    "POINTS_RULE_DIFF": About(ACCEPT, "HQ operations"),
    "PROFILE": About(ACCEPT, "IT"),
    "PROFILE_CONFLICT": About("keep", "store manager", (ACCEPT, UNBLOCK)),
    "REFUND_DIFF": About(ACCEPT, "store manager"),
    "REFUND_EXCESS": About(ACCEPT, "store manager"),
    "RESTORED_UNSAID": About("restored", "IT"),
    "REWIND": About("recover", "IT"),
    "RULES_UNKNOWN": About("programme", "HQ operations"),
    "STALE_NODE": About("connect", "store manager"),
    "TENDER_DIFF": About("count", "store manager"),
    "UNREADABLE": About(ACCEPT, "IT"),
}


def completed(case: Case) -> Case:
    """Return a case with the proposal and the person of its type, where it has none of its own."""
    about = ABOUT[case.type]
    return replace(case, proposal=case.proposal or about.proposal, who=case.who or about.who)


def of_store(case: Case) -> tuple[str, ...]:
    """Return what the store itself may decide about a case; nothing where it is not its turn."""
    if completed(case).who != "store manager":
        return ()
    return (*(one for one in ABOUT[case.type].decisions if one in _OF_STORES), CORRECT)


def view_of(
    case: Case, state: str = "open", resolution: Mapping[str, object] | None = None
) -> ExceptionView:
    """Return a case as everybody sees it: the operator, and the terminal that it concerns."""
    whole = completed(case)
    return ExceptionView(
        id=whole.id,
        type=whole.type,
        node=whole.node,
        epoch=whole.epoch,
        seq=whole.seq,
        member=whole.member,
        unit=whole.unit,
        amount=whole.amount,
        here=dict(whole.here),
        there=dict(whole.there),
        proposal=whole.proposal,
        who=whole.who,
        state="open" if state == "open" else "resolved",
        opened_at=whole.opened_at,
        decisions=of_store(whole) if state == "open" else (),
        resolution=None if resolution is None else dict(resolution),
    )
