"""Grants: rights that HQ moves into this terminal's holding, and those that go back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from pos_app.errors import PosError
from pos_app.ids import IntentId, MemberId, new_id
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.quote import Quote
from pos_app.ledger.store import accounts, right_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.event import Draft, Event, Json, Kind, Transfer, milliseconds
from pos_app.ledger.store.right_rows import Asked, Right, Want

# Wanted alone: what checks a member's PIN, where everything else is held here already.
PIN = Want("PIN", 1, 1)
Purpose = Literal["jit", "allowance"]
Cause = Literal["due", "recall", "above_allowance", "unknown_grant", "day_close", "node_close"]


@dataclass(eq=False)
class NotGranted(PosError):
    """HQ was asked and granted less than a payment needs; `reason` is its code, or nothing."""

    member: MemberId
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """HQ's final word on a grant; `pin` checks the member. Where it refused, both are empty."""

    grant: UUID
    member: MemberId
    rights: tuple[Right, ...]
    valid_until: datetime
    reason: str = ""
    pin: str = ""


def shortage(ledger: Ledger, shown: Quote, member: MemberId) -> tuple[Want, ...]:
    """Return what the quote spends beyond what the member may spend here."""
    here, today = Counter[str](), ledger.today().isoformat()
    for right in right_rows.held(ledger.read(), member):
        if right.pocket != "PTS" or right.ref >= today:
            here[accounts.unit_of(right.pocket, right.ref)] += right.amount
    spends = {accounts.CNY: shown.stored_value.minor, accounts.PTS: shown.points.minor}
    spends |= {accounts.coupon_unit(used.coupon): 1 for used in shown.coupons}
    missing = {unit: amount - here[unit] for unit, amount in spends.items()}
    return tuple(Want(unit, short, short) for unit, short in missing.items() if short > 0)


def ensure_granted(ledger: Ledger, shown: Quote, member: MemberId) -> None:
    """Make sure that what the quote spends is held here now. Raises NotGranted."""
    if shortage(ledger, shown, member):
        raise NotGranted(member, right_rows.last_refusal(ledger.read(), member))


def without_coupons_here(
    ledger: Ledger, member: MemberId, wants: tuple[Want, ...]
) -> tuple[Want, ...]:
    """Leave out coupons that have come here since they were missed: HQ has them no more.

    Of money and points too much does no harm; what is not spent goes back.
    """
    held = right_rows.held(ledger.read(), member)
    here = {accounts.unit_of(one.pocket, one.ref) for one in held if one.pocket == "CPN"}
    return tuple(one for one in wants if one.unit not in here)


def ask(ledger: Ledger, member: MemberId, wants: tuple[Want, ...], purpose: Purpose) -> Asked:
    """Put a grant on file before it is sent, so that no answer can be lost."""
    assert wants, "a grant asks for something"
    wish = Asked(new_id(), member, purpose, wants)
    with ledger.write() as book:
        right_rows.ask(book, wish, book.now)
    return wish


def take(ledger: Ledger, answer: Answer) -> None:
    """Book HQ's answer. Repeating the call, or a second delivery, changes nothing.

    A grant that this terminal does not wait for (it was refused before, or the asking was lost
    with an older disk) is received and returned at once, so that no right is stuck.
    """
    with ledger.write() as book:
        take_into(book, answer)


def take_into(book: Book, answer: Answer) -> None:
    """Book HQ's answer inside an open transaction."""
    if not (answer.rights or answer.pin):
        right_rows.close_ask(book, answer.grant, "refused", answer.reason)
        return
    if book.event_of_intent(IntentId(answer.grant)) is not None:
        return
    purpose = right_rows.purpose_of(book, answer.grant) or "jit"
    waited_for = right_rows.close_ask(book, answer.grant, "received")
    book.append(_receipt(answer, purpose))
    right_rows.came_here(book, answer.member, answer.rights)
    if not waited_for:
        give_back(book, answer.member, answer.rights, "unknown_grant")


def give_back(
    book: Book, member: MemberId, rights: tuple[Right, ...], cause: Cause
) -> Event | None:
    """Return rights to HQ; the member can spend them elsewhere once HQ has heard of it."""
    if not rights:
        return None
    left = Counter({(one.pocket, one.ref): one.amount for one in right_rows.held(book, member)})
    left.subtract({(one.pocket, one.ref): one.amount for one in rights})
    body: dict[str, Json] = {
        "lines": [[one.pocket, one.ref, one.amount] for one in rights],
        "cause": cause,
        "over": int(not any(left.values())),
    }
    moves = tuple(_move(member, one, back=True) for one in rights)
    event = book.append(Draft(Kind.RETURN, body, moves, member=member))
    right_rows.went_back(book, member, rights)
    return event


def _receipt(answer: Answer, purpose: str) -> Draft:
    body: dict[str, Json] = {
        "grant": answer.grant.hex,
        "purpose": purpose,
        "lines": [[one.pocket, one.ref, one.amount, dict(one.about)] for one in answer.rights],
        "valid_until": milliseconds(answer.valid_until),
    }
    moves = tuple(_move(answer.member, one, back=False) for one in answer.rights)
    private = {"pin": answer.pin} if answer.pin else None
    intent = IntentId(answer.grant)
    return Draft(Kind.GOT, body, moves, answer.member, intent=intent, private=private)


def _move(member: MemberId, right: Right, *, back: bool) -> Transfer:
    here = accounts.held(right.pocket, member, right.ref)
    unit = accounts.unit_of(right.pocket, right.ref)
    ends = (here, accounts.HQ) if back else (accounts.HQ, here)
    return Transfer(*ends, unit, right.amount)
