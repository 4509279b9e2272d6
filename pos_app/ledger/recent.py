"""What a member did here lately, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos_app.ids import MemberId
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.store import lately
from pos_app.ledger.store.event import Event, Kind
from pos_app.money import Money, Points

RECENT_LINES = 6


@dataclass(frozen=True, slots=True)
class RecentLine:
    """One of the member's latest events; a negative amount left the member's pocket."""

    seq: int
    at: datetime
    kind: Kind
    title: str
    units: int
    amount: Money
    points: Points
    tender: str
    synced: bool


def recent_lines(
    ledger: Ledger, member: MemberId, limit: int = RECENT_LINES
) -> tuple[RecentLine, ...]:
    """Return the member's latest sales, top-ups and refunds, newest first."""
    acked = lately.acked_seq(ledger.read())
    events = lately.last_events(ledger.read(), member, limit)
    return tuple(_recent(event, synced=event.seq <= acked) for event in events)


def _recent(event: Event, *, synced: bool) -> RecentLine:
    body = event.body
    paid = {
        Kind.SALE: -body.get("payable", 0),
        Kind.TOPUP: body.get("amount", 0),
    }.get(event.kind, body.get("money", 0))
    lines = body.get("lines", [])
    shares = body.get("externals", [])
    tender = "stored_value" if body.get("stored_value") else body.get("tender", "")
    return RecentLine(
        seq=event.seq,
        at=event.at,
        kind=event.kind,
        title=lines[0]["title"] if lines else "",
        units=sum(line["quantity"] for line in lines),
        amount=Money(paid),
        points=Points(body["earned"]["points"] if event.kind is Kind.SALE else 0),
        tender=tender or (shares[0]["tender"] if shares else ""),
        synced=synced,
    )
