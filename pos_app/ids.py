"""Identities, minted before they are first used."""

from typing import NewType
from uuid import UUID

import uuid6

EventId = NewType("EventId", UUID)
IntentId = NewType("IntentId", UUID)
MemberId = NewType("MemberId", UUID)
OperatorId = NewType("OperatorId", UUID)
NodeId = NewType("NodeId", UUID)
LotId = NewType("LotId", UUID)
CouponId = NewType("CouponId", UUID)
CardId = NewType("CardId", UUID)


def new_id() -> UUID:
    """Return a UUIDv7, monotone within this process.

    Order in the book is `seq`, never this time.
    """
    return UUID(bytes=uuid6.uuid7().bytes)
