"""Whether a staff number is open for a PIN now; numbers that nobody has lock like all others."""

from __future__ import annotations

import hmac
import unicodedata
from datetime import timedelta
from uuid import UUID

from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.lockout import Door, LockRules, door
from pos_app.ledger.store.driver import Statements
from pos_app.ledger.store.pins import failures_of


def staff_number(text: str) -> str:
    """Return a staff number as it was meant: no blanks, plain digits from any keyboard."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return plain.encode("ascii", "replace").decode("ascii")


def subject_of(ledger: Ledger, number: str) -> UUID:
    """Return what failures are kept under: not the number, as a PIN may be typed in its place."""
    digest = hmac.digest(ledger.pepper, b"operator " + number.encode(), "sha256")
    return UUID(bytes=digest[:16])


def door_of(ledger: Ledger, reader: Statements, number: str) -> Door:
    """Return whether a PIN for this number is looked at now."""
    session = ledger.programme.session
    rules = LockRules(session.login_max_failures, timedelta(minutes=session.login_lock_minutes))
    return door(failures_of(reader, subject_of(ledger, number)), rules, ledger.now())
