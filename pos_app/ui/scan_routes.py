"""What a scanned code means, by its content alone; no Qt in here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class ScanKind(StrEnum):
    MEMBER = "member"
    COUPON = "coupon"
    RECEIPT = "receipt"
    BADGE = "badge"
    WECHAT_PAYER = "wechat_payer"
    ALIPAY_PAYER = "alipay_payer"
    PHONE = "phone"
    UNKNOWN = "unknown"


SECRET = frozenset({ScanKind.BADGE, ScanKind.WECHAT_PAYER, ScanKind.ALIPAY_PAYER})


@dataclass(frozen=True, slots=True)
class Scan:
    """A code and what it carries: `payload` without its prefix; a member's may hold a proof."""

    kind: ScanKind
    code: str
    payload: str
    issued: str = ""
    proof: str = ""

    @property
    def tail(self) -> str:
        """Return all that may be shown or logged of a code that nobody knows or that is secret."""
        return f"\u2026{self.code[-4:]}"

    def __repr__(self) -> str:
        """Keep codes out of logs and tracebacks."""
        return f"Scan({self.kind.value}, {self.tail})"


# First match wins. Base45 is what a QR code writes in its alphanumeric mode.
_BASE45 = r"[0-9A-Z $%*+\-./:]"
_PATTERNS = (
    (ScanKind.MEMBER, r"MBR:(?P<payload>\d{4,24})(?::(?P<issued>\d{10}):(?P<proof>.{8,}))?"),
    (ScanKind.MEMBER, r"M(?P<payload>\d{4,24})"),
    (ScanKind.MEMBER, rf"MBR:(?P<proof>{_BASE45}{{40,}})"),
    (ScanKind.MEMBER, r"(?P<payload>90\d{22})"),
    (ScanKind.COUPON, r"CPN:(?P<payload>[0-9A-Z-]{4,64})"),
    (ScanKind.RECEIPT, r"RCP:(?P<payload>[0-9A-Z-]{4,64})(?::(?P<proof>[0-9a-f]{16}))?"),
    (
        ScanKind.RECEIPT,
        r"https?://[^\s/]+/(?:[^\s/]+/)*(?:r|receipt)/(?P<payload>[0-9A-Z-]{4,64})/?",
    ),
    (ScanKind.BADGE, r"EMP:(?P<payload>[0-9A-Z-]{4,128})"),
    (ScanKind.WECHAT_PAYER, r"(?P<payload>1[0-5]\d{16})"),
    (ScanKind.ALIPAY_PAYER, r"(?P<payload>(?:2[5-9]|30)\d{14,22})"),
    (ScanKind.PHONE, r"(?:\+?86)?(?P<payload>1[3-9]\d{9})"),
)
_ROUTES = tuple(
    (kind, re.compile(pattern, re.ASCII | re.IGNORECASE)) for kind, pattern in _PATTERNS
)


def route(code: str) -> Scan:
    """Say what a code is.

    A payer's code is a route, not a promise: the counter decides whether it may be charged now.
    """
    cleaned = code.strip()
    for kind, pattern in _ROUTES:
        if found := pattern.fullmatch(cleaned):
            facts = {name: text for name, text in found.groupdict().items() if text}
            return Scan(kind, cleaned, **{"payload": "", **facts})
    return Scan(ScanKind.UNKNOWN, cleaned, cleaned)
