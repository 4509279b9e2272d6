"""What closes every slip: small print, the code to scan, and the place in the book."""

from __future__ import annotations

from pos_app.documents.slip import Foot, JournalPosition
from pos_app.ledger.receipts import Stamp

_SHORT = 8


def foot_of(stamp: Stamp, rule: str = "", notes: tuple[str, ...] = ()) -> Foot:
    """Return the foot of a committed event's slip."""
    digest = stamp.hash.hex()
    node = stamp.node.hex[:_SHORT]
    return Foot(
        return_rule=rule,
        notes=notes,
        position=JournalPosition(node, stamp.epoch, stamp.seq, digest[:_SHORT]),
        code=f"RCP:{stamp.slip}:{digest[:16]}",
    )
