"""What the doors refuse before anybody inside is asked."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.errors import PosError


@dataclass(eq=False)
class TooLarge(PosError):
    """The body has more than `most` bytes, as sent or decompressed."""

    most: int


@dataclass(eq=False)
class TooSlow(PosError):
    """The body did not arrive in time."""

    seconds: float


@dataclass(eq=False)
class TooOften(PosError):
    """The node or the address has asked too often."""

    retry_after_s: int


@dataclass(eq=False)
class NotJson(PosError):
    """The body is declared as something else than JSON, or packed by something else than gzip."""

    declared: str


@dataclass(eq=False)
class Malformed(PosError):
    """The request has not the shape that the document of this API describes.

    `where` names the part and never repeats what it held.
    """

    where: str
    rule: str


@dataclass(eq=False)
class BodyNotSigned(PosError):
    """The signature beside the body is not the caller's, or not over these bytes."""


@dataclass(eq=False)
class TokenMissing(PosError):
    """The door opens to a session only."""


@dataclass(eq=False)
class NotYours(PosError):
    """The body speaks for another terminal, or another epoch, than the session's."""


@dataclass(eq=False)
class EpochOver(PosError):
    """The epoch of this session has ended: it may say what it did, and gets nothing more."""


@dataclass(eq=False)
class ProtocolUnknown(PosError):
    """The caller speaks a version of the protocol that this HQ does not."""

    asked: int


@dataclass(eq=False)
class NoSuchPlace(PosError):
    """There is no door at this address."""


@dataclass(eq=False)
class NoSuchMethod(PosError):
    """The door does not open this way."""


@dataclass(eq=False)
class Busy(PosError):
    """The database has no time now; nothing was kept, and asking again is harmless."""
