"""What seals the record of an identity document, apart from every other secret of the house."""

from pos_app.ids import MemberId
from pos_app.security.sealing import RecordSeal

_PURPOSE = b"real-name record"


def about(member: MemberId) -> bytes:
    """Return what a record is bound to: moved to another member, it does not open."""
    return _PURPOSE + member.bytes


def seal_of_till(own: bytes) -> RecordSeal:
    """Return the seal of a terminal without an HQ; its key is derived for this alone."""
    return RecordSeal(own, _PURPOSE)
