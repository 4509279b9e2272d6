"""The shapes that terminal and HQ exchange: version 1 of the protocol."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

PROTO_MIN = 1
PROTO_MAX = 1
EVENTS_MOST = 500
BATCH_BYTES_MOST = 1 << 20
BUNDLE_TAG = b"MTX1"

Identity = Annotated[str, StringConstraints(pattern="^[0-9a-f]{32}$")]
Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
Signature = Annotated[str, StringConstraints(pattern="^[0-9a-f]{128}$")]
Key = Digest
# Exact bytes: a payload is hashed, stored and sent unchanged.
Bytes = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9+/]*={0,2}$", max_length=1 << 20)]
# One line without control characters; a database may not take them, and a log must not.
Plain = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[Plain, StringConstraints(min_length=1, max_length=200)]
Count = Annotated[int, Field(ge=0, lt=1 << 63, strict=True)]
Some = Annotated[int, Field(gt=0, lt=1 << 63, strict=True)]
Sum = Annotated[int, Field(gt=-(1 << 63), lt=1 << 63, strict=True)]
Epoch = Annotated[int, Field(ge=1, lt=1 << 31, strict=True)]
UnitClass = Annotated[str, StringConstraints(pattern="^(CNY|PTS|CPN)$")]
Pocket = Literal["P", "B", "PTS", "CPN"]


class Asked(BaseModel):
    """What a terminal asks: nothing in it may be unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Told(BaseModel):
    """What HQ tells: a newer HQ may tell more than an older terminal understands."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Place(Told):
    """A place in a node's chain: `seq` 0 stands before the first event."""

    seq: Count
    hash: Digest


class Hello(Told):
    """Who HQ is and what it understands; `known` is the caller's chain as HQ holds it."""

    proto_min: int
    proto_max: int
    kinds: dict[str, int]
    incarnation: Some
    hq_key: Key
    time: Count
    min_app: str
    known: Place | None = None
    escrow_key: Key | Literal[""] = ""  # X25519; empty where HQ keeps no escrow


class EnrolAsk(Asked):
    """A terminal asks to belong to the store that the one-time code names.

    `node` and `store` are the founded ledger's own, or empty where HQ shall give them.
    """

    code: Annotated[str, StringConstraints(min_length=8, max_length=64)]
    node: Identity | Literal[""] = ""
    epoch: Epoch | Literal[0] = 0
    store: Annotated[Plain, StringConstraints(max_length=200)] = ""
    public_key: Key
    device: Annotated[Plain, StringConstraints(max_length=200)] = ""
    app: Annotated[Plain, StringConstraints(max_length=40)] = ""
    escrow: Bytes = ""  # the key of its database, sealed to HQ's `escrow_key`


class SignedDocument(Told):
    """A programme document, byte for byte, and HQ's Ed25519 signature over it."""

    document: Bytes
    signature: Signature


class Enrolled(Told):
    """What a terminal is from now on, and whom it may believe."""

    node: Identity
    epoch: Epoch
    store: Name
    store_name: Name
    terminal_name: Name
    hq_key: Key
    incarnation: Some
    programme: SignedDocument
    pepper: Key


class ChallengeAsk(Asked):
    """A terminal wants to prove who it is."""

    node: Identity


class Challenge(Told):
    """Random bytes to be signed once, within a short time."""

    challenge: Digest
    expires_in_s: Some


class SessionAsk(Asked):
    """The signed challenge (Ed25519 over `session_digest`), and how far HQ ever acknowledged.

    `head` is where the node's own chain ends; one that ends before HQ's, or otherwise, is a
    restored copy.
    """

    node: Identity
    epoch: Epoch
    challenge: Digest
    signature: Signature
    acked_seq: Count = 0
    head: Place | None = None


class Session(Told):
    """A bearer token, bound to node and epoch."""

    token: str
    expires_in_s: Some
    known: Place
    incarnation: Some
    time: Count


class Sidecar(Asked):
    """Personal data that an event in the chain digests, with the salt of the digest."""

    event_id: Identity
    salt: Bytes
    data: Bytes


class Push(Asked):
    """Events of one node and epoch, in order, as the exact bytes of its journal.

    `prev_hash` is the hash before the first of them, `signatures` are those of the journal rows;
    `holdings`, the node's own sums before it, are told only where it found HQ's to differ.
    """

    proto: int
    node: Identity
    epoch: Epoch
    incarnation: Count
    first_seq: Some
    prev_hash: Digest
    head_seq: Count
    events: Annotated[tuple[Bytes, ...], Field(max_length=EVENTS_MOST)]
    signatures: Annotated[tuple[Signature, ...], Field(max_length=EVENTS_MOST)]
    sidecars: Annotated[tuple[Sidecar, ...], Field(max_length=EVENTS_MOST)] = ()
    holdings: dict[UnitClass, Sum] | None = None


class Bundle(Asked):
    """What HQ has not acknowledged of one chain, to be carried to it in a file.

    The file is `BUNDLE_TAG`, and sealed for HQ (`hq_envelope`, about the tag): a gzip of the node's
    signature over `body_digest` of this JSON (64 bytes), and the JSON.
    """

    node: Identity
    epoch: Epoch
    made_at: Count
    pushes: tuple[Push, ...]


class EventResult(Told):
    """What became of one event; HQ never rejects a committed fact."""

    seq: Some
    status: Literal["applied", "duplicate", "applied_with_exception"]
    exception: Identity | None = None


class Ack(Told):
    """HQ's signed word of how far it holds this chain (`ack_digest`), and of its holdings."""

    node: Identity
    epoch: Epoch
    acked_seq: Count
    acked_hash: Digest
    incarnation: Some
    results: tuple[EventResult, ...]
    hold_totals: dict[str, int]
    time: Count
    signature: Signature


class Want(Asked):
    """So much of one unit: `CNY` in fen, `PTS`, `CPN:<id>` of which there is one; or `PIN`, alone.

    HQ grants at most `want`, and nothing below `least`. What checks a PIN comes without any lines.
    """

    unit: Annotated[str, StringConstraints(pattern="^(CNY|PTS|PIN|CPN:[0-9a-f]{32})$")]
    want: Some
    least: Count


class GrantAsk(Asked):
    """Rights of one member to be moved into this node's holding; all wants or none."""

    grant: Identity
    member: Identity
    purpose: Literal["jit", "allowance"]
    wants: Annotated[tuple[Want, ...], Field(min_length=1, max_length=64)]


class Line(Told):
    """Rights granted: the lot of pocket P or B, the expiry (ISO date) of PTS, the coupon of CPN.

    `about` is what the node must know of a lot (`at` in ms, `paid`, `bonus`: as it was bought) or
    of a coupon (`template`, `valid_from`, `valid_until`); empty for points.
    """

    pocket: Pocket
    ref: str
    amount: Some
    about: dict[str, int | str] = {}


class Grant(Told):
    """HQ's final answer to a grant: lines to be booked, or a refusal and its reason.

    `pin` checks the member's PIN; it is empty where no terminal but one could check it.
    """

    grant: Identity
    node: Identity
    epoch: Epoch
    member: Identity
    state: Literal["granted", "refused"]
    reason: str = ""
    lines: tuple[Line, ...] = ()
    valid_for_s: Count = 0
    pin: str = ""
    incarnation: Some
    signature: Signature


class FeedItem(Told):
    """The latest state of one entity; `body` is null where it no longer exists."""

    seq: Some
    entity: str
    id: str
    body: dict[str, object] | None


class FeedPage(Told):
    """What changed since a cursor, and every grant whose receipt HQ has not yet seen."""

    items: tuple[FeedItem, ...]
    cursor: Count
    more: bool
    outstanding: tuple[Grant, ...]
    acked_seq: Count
    incarnation: Some
    time: Count


class SnapshotPage(Told):
    """Members in the order of their identities; the feed goes on from the first page's `cursor`."""

    items: tuple[FeedItem, ...]
    next: str | None
    cursor: Count
    acked_seq: Count
    incarnation: Some
    time: Count


class Problem(Told):
    """Why HQ did not do what was asked. `code` is for programs, `detail` for the log."""

    code: str
    detail: str = ""
    known: Place | None = None
    kinds: dict[str, int] | None = None
    retry_after_s: int | None = None
