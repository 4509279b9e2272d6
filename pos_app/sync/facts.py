"""Why HQ could not be asked, in the three ways that matter: later, never, or not to be believed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.errors import PosError


class Outage(StrEnum):
    """Where the way to HQ is broken, as far as the operating system can tell."""

    NO_NETWORK = "no_network"
    NAME = "name"
    NETWORK = "network"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    BUSY = "busy"


class Doubt(StrEnum):
    """Why an answer is not believed."""

    CERTIFICATE = "certificate"
    NO_CERTIFICATES = "no_certificates"
    NOT_HQ = "not_hq"
    SHAPE = "shape"
    SIGNATURE = "signature"


@dataclass(eq=False)
class HqUnreachable(PosError):
    """HQ did not answer, or asked to come back later: the same request is sent again."""

    outage: Outage
    retry_after_s: int = 0


@dataclass(eq=False)
class HqRefused(PosError):
    """HQ answered no. `code` is one of its problem codes; nothing is given up because of it."""

    status: int
    code: str


@dataclass(eq=False)
class HqMisbehaved(PosError):
    """What answered is not HQ, or not as HQ speaks: nothing of the answer is taken."""

    doubt: Doubt


@dataclass(eq=False)
class HqOlder(PosError):
    """HQ does not understand what this terminal writes, and must be upgraded first."""

    kinds: tuple[str, ...]


@dataclass(eq=False)
class TerminalOlder(PosError):
    """HQ no longer speaks this terminal's protocol: the terminal must be upgraded."""

    least: int


@dataclass(eq=False)
class Rewound(PosError):
    """HQ holds more of this terminal's chain than the terminal itself, or another chain.

    The disk was restored from an old copy, or two copies of it are in use.
    """

    here: int
    at_hq: int
