"""The stamp of a committed event: who, when, where, as paper and screens may show it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pos_app.ids import MemberId, OperatorId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.masking import mask_name, mask_phone
from pos_app.ledger.receipts import After, MemberOnSlip, Stamp
from pos_app.ledger.rules.points import PointsBatch
from pos_app.ledger.rules.tier_standing import given_or_held
from pos_app.ledger.rules.tiers import tier_name
from pos_app.ledger.store import member_rows
from pos_app.ledger.store.book import Book
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.event import Event, Json
from pos_app.ledger.store.holdings import Wallet
from pos_app.ledger.store.operator_rows import operator_by_id
from pos_app.money import Money, Points


def slip_number(book: Book) -> str:
    """Name the next slip by its business day and its place in the chain.

    So that a missing one shows.
    """
    return f"S{book.today:%Y%m%d}-{book.next_seq:06d}"


def stamp_of(ledger: Ledger, reader: Statements, event: Event) -> Stamp:
    """Return the stamp of an event; names are today's, figures the event's own."""
    node = ledger.node
    number, name = ("", "") if event.operator is None else _operator(reader, event.operator)
    return Stamp(
        seq=event.seq,
        event_id=event.id,
        slip=event.body["slip"],
        at=event.at,
        business_date=event.business_date,
        store_name=node.store_name,
        terminal_name=node.terminal_name,
        operator_number=number,
        operator_name=name,
        member=None if event.member is None else member_on_slip(ledger, reader, event.member),
        hash=event.hash,
        node=node.id,
        epoch=node.epoch,
    )


def member_on_slip(ledger: Ledger, reader: Statements, member: MemberId) -> MemberOnSlip | None:
    """Return the member as paper may show them; None for nobody that is known here."""
    row = member_rows.by_id(reader, member)
    if row is None:
        return None
    rules = ledger.programme
    tier = tier_name(given_or_held(row.tier, row.manual, ledger.today(), rules), rules)
    return MemberOnSlip(mask_name(row.name), mask_phone(row.phone or ""), row.number, tier)


def after_record(wallet: Wallet, today: date) -> dict[str, Json]:
    """Encode what the member holds once the event is done; `after_from` reads it back."""
    usable = [batch for batch in wallet.batches if batch.expires_on >= today]
    expiry = [usable[0].expires_on.isoformat(), usable[0].points.minor] if usable else []
    return {
        "principal": wallet.principal.minor,
        "bonus": wallet.bonus.minor,
        "points": wallet.points_on(today).minor,
        "next_expiry": expiry,
    }


def after_from(record: Mapping[str, Any] | None) -> After | None:
    """Decode what the member held once the event was done."""
    if record is None:
        return None
    expiry = record["next_expiry"]
    batch = PointsBatch(date.fromisoformat(expiry[0]), Points(expiry[1])) if expiry else None
    return After(
        Money(record["principal"]), Money(record["bonus"]), Points(record["points"]), batch
    )


def _operator(reader: Statements, operator: OperatorId) -> tuple[str, str]:
    row = operator_by_id(reader, operator)
    return ("", "") if row is None else (row.number, row.name)
