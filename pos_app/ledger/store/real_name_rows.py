"""The records of documents shown: where each lies, for whom it is sealed, how long it is kept."""

from __future__ import annotations

from datetime import date

from pos_app.ids import MemberId
from pos_app.ledger.store.driver import Statements

_OF = (
    "SELECT event_id, kept_until FROM real_name WHERE member = ? AND (sealed_for = 'hq' OR ? = 0)"
    " ORDER BY seq DESC LIMIT 1"
)
_TOLD = "SELECT real_name, real_name_until FROM remote_member WHERE member = ? AND real_name <> ''"
_OVER = "SELECT event_id FROM real_name WHERE kept_until < ?"


def on_record(book: Statements, member: MemberId, *, for_hq: bool) -> tuple[str, date] | None:
    """Return the event of a member's record, here or as HQ told, and until when it is kept.

    `for_hq`: one that this till sealed for itself, before it had an HQ, does not count.
    """
    row = book.execute(_OF, (member.bytes, int(for_hq))).fetchone()
    if row is not None:
        return row[0].hex(), date.fromisoformat(row[1])
    told = book.execute(_TOLD, (member.bytes,)).fetchone()
    return None if told is None else (told[0], date.fromisoformat(told[1]))


def forget_due(book: Statements, today: date) -> None:
    """Delete the records that need no longer be kept; the chain goes on without them."""
    for (event,) in book.execute(_OVER, (today.isoformat(),)).fetchall():
        book.execute("DELETE FROM sidecar WHERE event_id = ?", (event,))
        book.execute("DELETE FROM real_name WHERE event_id = ?", (event,))
