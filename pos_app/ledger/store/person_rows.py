"""What the file holds of a person beside the chain, and how it is forgotten."""

from __future__ import annotations

from pos_app.ids import MemberId
from pos_app.ledger.store.driver import Statements

_SIDECARS = (
    "DELETE FROM sidecar WHERE event_id IN"
    " (SELECT event_id FROM journal WHERE member = ? AND kind <> 'REAL_NAME')"
)
_FORGET = (
    _SIDECARS,
    "DELETE FROM pin WHERE member = ?",
    "UPDATE card SET number = NULL WHERE member = ?",
    "DELETE FROM held_order WHERE member = ?",
)


def forget(book: Statements, member: MemberId) -> None:
    """Delete everything personal of a member; the chain still verifies, and replays to nobody.

    What was sealed of an identity document stays for as long as the law wants it kept.
    """
    for statement in _FORGET:
        book.execute(statement, (member.bytes,))
