"""What HQ can refuse, and why: facts for the doors to put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_app.errors import PosError
from pos_app.money import Money


@dataclass(frozen=True, slots=True)
class Known:
    """How far HQ holds a chain: place 0 stands before its first event."""

    seq: int
    hash: bytes


@dataclass(eq=False)
class Gap(PosError):
    """Events are missing between what HQ holds and what was pushed."""

    known: Known


@dataclass(eq=False)
class Fork(PosError):
    """HQ holds another event at a place of this chain; the node is quarantined."""

    known: Known


@dataclass(eq=False)
class ChainBroken(PosError):
    """What was pushed does not follow from itself, or is not one batch."""

    detail: str


@dataclass(eq=False)
class SignatureWrong(PosError):
    """The head of the batch, or what a caller signed, is not signed with the node's key."""


@dataclass(eq=False)
class KindUnknown(PosError):
    """Events of a kind or version that this HQ does not understand yet; it understands `kinds`."""

    unknown: tuple[str, ...]
    kinds: dict[str, int]


@dataclass(eq=False)
class IncarnationStale(PosError):
    """The caller speaks to an HQ that has been restored since."""

    current: int


@dataclass(eq=False)
class NotAuthorised(PosError):
    """The caller is not who it says, or asks for what is another's."""


@dataclass(eq=False)
class NodeRevoked(PosError):
    """The terminal has been shut out."""


@dataclass(eq=False)
class NodeUnknown(PosError):
    """No such terminal or epoch has been enrolled."""


@dataclass(eq=False)
class CodeRefused(PosError):
    """The enrolment code is wrong, used or expired."""


@dataclass(eq=False)
class GrantsFrozen(PosError):
    """HQ was restored: no rights leave it until these terminals have pushed what they have."""

    waiting_for: tuple[str, ...]


@dataclass(eq=False)
class GrantIdTaken(PosError):
    """Another terminal, or another member, was answered under this grant's identity."""


@dataclass(eq=False)
class SaleUnknown(PosError):
    """HQ has heard of no such sale."""


@dataclass(eq=False)
class SaleClaimed(PosError):
    """Another terminal is returning some of this sale, or HQ does not know yet what came of it."""


@dataclass(eq=False)
class PhoneTaken(PosError):
    """The phone number is another member's."""


@dataclass(eq=False)
class MemberStale(PosError):
    """The caller does not know the member as HQ does: it has to hear the news first."""


@dataclass(eq=False)
class JobUnknown(PosError):
    """HQ has no such job; it has those of `known`."""

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class DayAhead(PosError):
    """What falls due on a day is not done before it has begun."""

    day: date
    today: date


@dataclass(eq=False)
class MemberUnknown(PosError):
    """HQ has no such member."""


@dataclass(eq=False)
class StoreUnknown(PosError):
    """HQ has no such store."""

    code: str


@dataclass(eq=False)
class StoreTaken(PosError):
    """There is a store of this code already."""

    code: str


@dataclass(eq=False)
class NotFounded(PosError):
    """The database belongs to no HQ yet."""


@dataclass(eq=False)
class FoundedAlready(PosError):
    """The database belongs to an HQ already."""


@dataclass(eq=False)
class KeyWrong(PosError):
    """The database belongs to an HQ with another signing key."""


@dataclass(eq=False)
class AlertUnknown(PosError):
    """HQ raised no alert of this identity, or it is closed."""


@dataclass(eq=False)
class ExceptionUnknown(PosError):
    """There is no such exception, or it has been resolved already."""


@dataclass(eq=False)
class DecisionUnknown(PosError):
    """An exception cannot be resolved like this."""

    decision: str


@dataclass(eq=False)
class NotReleased(PosError):
    """An epoch is released before it is sealed, and only an open one is released."""

    state: str


@dataclass(eq=False)
class ProgrammeBehind(PosError):
    """A programme that begins before the one in force did: every terminal would refuse it."""

    version: str
    in_force: str


@dataclass(eq=False)
class CreditLossNotAccepted(PosError):
    """The programme lets terminals give credit, and nobody has agreed to what it may cost.

    `loss` is the most that all active terminals together could lose.
    """

    loss: Money
    terminals: int


@dataclass(eq=False)
class VersionUnknown(PosError):
    """HQ has published no programme of this version."""

    version: str


@dataclass(eq=False)
class UnderWay(PosError):
    """Another process is doing this just now."""

    what: str


@dataclass(eq=False)
class IntegrationTaken(PosError):
    """There is a system of this name, with a key that works."""

    name: str


@dataclass(eq=False)
class IntegrationUnknown(PosError):
    """No system of this name has a key that works."""

    name: str


@dataclass(eq=False)
class ScopeMissing(PosError):
    """The key is good, and not for this door."""

    scope: str


@dataclass(eq=False)
class ReferenceTaken(PosError):
    """Something else was told under this reference."""


@dataclass(eq=False)
class NotInTime(PosError):
    """What a member did is told too late, or before it was done."""


@dataclass(eq=False)
class MemberBlocked(PosError):
    """The member is frozen or blacklisted, and is given nothing."""


@dataclass(eq=False)
class TierUnknown(PosError):
    """The programme in force has no tier of this code."""

    code: str
    known: tuple[str, ...]


@dataclass(eq=False)
class TierDayRefused(PosError):
    """A tier is given up to a day from `first` to `last`, and to no other."""

    first: date
    last: date


@dataclass(eq=False)
class BenefitsOfAnother(PosError):
    """The document of a store's benefits names another store."""

    named: str
    wanted: str


@dataclass(eq=False)
class BenefitsBehind(PosError):
    """A store's benefits begin before its last ones do."""

    version: str


@dataclass(eq=False)
class ShareExceeded(PosError):
    """A store's own benefits would be more of all its benefits than the programme allows."""

    arithmetic: str
