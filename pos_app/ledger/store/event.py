"""What the journal holds: one committed local fact per row, as exact bytes."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

from pos_app.ids import EventId, IntentId, MemberId, OperatorId
from pos_app.ledger.rules.forms import FORMS, PLAIN, filled, spared

# What a payload may hold: None, integers, strings, lists and maps of these. Never a float.
Json: TypeAlias = object

FORMAT = 1
_EPOCH_START = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
# Made once: json.dumps would make it anew for every event.
_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False
)


class Kind(StrEnum):
    """What happened. A kind is never renamed: old events are read for ever."""

    NODE_OPEN = "NODE_OPEN"
    PROGRAMME = "PROGRAMME"
    BENEFITS = "BENEFITS"
    OPERATOR_NEW = "OPERATOR_NEW"
    OPERATOR_EDIT = "OPERATOR_EDIT"
    SIGN_IN = "SIGN_IN"
    SIGN_IN_FAIL = "SIGN_IN_FAIL"
    MEMBER_NEW = "MEMBER_NEW"
    MEMBER_EDIT = "MEMBER_EDIT"
    MEMBER_STATUS = "MEMBER_STATUS"
    MEMBER_TIER = "MEMBER_TIER"
    PIN_SET = "PIN_SET"
    PIN_FAIL = "PIN_FAIL"
    PIN_PASS = "PIN_PASS"  # noqa: S105 -- the name of an event
    COUPON_ISSUE = "COUPON_ISSUE"
    REAL_NAME = "REAL_NAME"
    CARD_ISSUE = "CARD_ISSUE"
    CARD_LOSS = "CARD_LOSS"
    CARD_FOUND = "CARD_FOUND"
    CARD_REPLACE = "CARD_REPLACE"
    TOPUP = "TOPUP"
    SALE = "SALE"
    VOID = "VOID"
    REFUND = "REFUND"
    ACCOUNT_CLOSE = "ACCOUNT_CLOSE"
    NOTE = "NOTE"
    GOT = "GOT"
    RETURN = "RETURN"
    DAY_CLOSE = "DAY_CLOSE"
    NODE_CLOSE = "NODE_CLOSE"
    ALERT_CLOSE = "ALERT_CLOSE"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A count of one unit that leaves one account and enters another."""

    source: str
    target: str
    unit: str
    amount: int

    def __post_init__(self) -> None:
        assert self.amount > 0, "a transfer moves something"
        assert self.source != self.target, "a transfer moves it somewhere else"


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before the journal gives it its place.

    `private` is personal data, kept beside the chain. `id` is minted early where the facts name it.
    """

    kind: Kind
    body: Mapping[str, Json] = field(default_factory=dict)
    transfers: tuple[Transfer, ...] = ()
    member: MemberId | None = None
    operator: OperatorId | None = None
    intent: IntentId | None = None
    of: EventId | None = None
    private: Mapping[str, Json] | None = None
    id: EventId | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A committed fact, decoded from its stored bytes."""

    seq: int
    id: EventId
    kind: Kind
    at: datetime
    business_date: date
    programme: str
    member: MemberId | None
    operator: OperatorId | None
    intent: IntentId | None
    of: EventId | None
    body: Mapping[str, Any]
    transfers: tuple[Transfer, ...]
    private_digest: str | None
    hash: bytes


def canonical(value: Json) -> bytes:
    """Return the one encoding of a value.

    Keys sorted, NFC, no blanks, integers and strings only.
    """
    text = _ENCODER.encode(value)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.encode()


def milliseconds(at: datetime) -> int:
    """Return an aware moment as whole milliseconds since 1970 UTC."""
    return (at - _EPOCH_START) // _MILLISECOND


def moment(stamp: int) -> datetime:
    """Return the aware UTC moment of a stored stamp."""
    return _EPOCH_START + timedelta(milliseconds=stamp)


def payload_of(
    draft: Draft, event_id: EventId, *, at: int, day: date, programme: str, digest: str | None
) -> bytes:
    """Encode a draft as the bytes that are hashed, stored and sent unchanged."""
    value: dict[str, Json] = {
        "v": FORMAT,
        "id": event_id.hex,
        "kind": draft.kind.value,
        "at": at,
        "day": day.isoformat(),
        "rules": programme,
        "body": spared(draft.body, FORMS.get(draft.kind, PLAIN)),
        "moves": [[move.source, move.target, move.unit, move.amount] for move in draft.transfers],
    }
    named = {"member": draft.member, "by": draft.operator, "intent": draft.intent, "of": draft.of}
    value.update({name: known.hex for name, known in named.items() if known is not None})
    if digest is not None:
        value["private"] = digest
    return canonical(value)


def read_event(seq: int, payload: bytes, digest: bytes) -> Event:
    """Decode stored bytes. Raises KeyError or ValueError on bytes that nobody here wrote."""
    value = json.loads(payload)
    if value["v"] != FORMAT:
        raise ValueError(f"event format {value['v']}")
    kind = Kind(value["kind"])
    return Event(
        seq=seq,
        id=EventId(UUID(value["id"])),
        kind=kind,
        at=moment(value["at"]),
        business_date=date.fromisoformat(value["day"]),
        programme=value["rules"],
        member=MemberId(UUID(value["member"])) if "member" in value else None,
        operator=OperatorId(UUID(value["by"])) if "by" in value else None,
        intent=IntentId(UUID(value["intent"])) if "intent" in value else None,
        of=EventId(UUID(value["of"])) if "of" in value else None,
        body=filled(value["body"], FORMS.get(kind, PLAIN)),
        transfers=tuple(Transfer(*move) for move in value["moves"]),
        private_digest=value.get("private"),
        hash=digest,
    )
