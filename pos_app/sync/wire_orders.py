"""The shapes of what only HQ can settle: sales of other terminals, and a member's phone number."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from pos_app.sync.wire import Asked, Bytes, Epoch, Identity, Some, Told


class OrderClaim(Asked):
    """The wish to return some of a sale, whichever terminal made it; `claim` is its intent."""

    claim: Identity
    sale: Identity


class SoldOrder(Told):
    """A sale and what has come back of it, as the exact bytes of their events.

    `lots` are when each was bought, what was paid and given; `coupons` their template and days.
    """

    sale: Identity
    node: Identity
    epoch: Epoch
    store: str
    store_name: str
    terminal_name: str
    payload: Bytes
    returns: tuple[Bytes, ...]
    lots: dict[str, tuple[int, int, int]]
    coupons: dict[str, tuple[str, str, str]]


class Orders(Told):
    """Sales that were looked for, the latest first."""

    orders: tuple[SoldOrder, ...]


class Claimed(Told):
    """The sale as HQ knows it, and for how long nobody else may return any of it."""

    order: SoldOrder
    valid_for_s: Some


class PhoneWish(Asked):
    """A member's new phone number, E.164; `before` is the old one as the terminal knows it."""

    intent: Identity
    member: Identity
    phone: Annotated[str, StringConstraints(pattern=r"^\+[0-9]{5,15}$")]
    before: Annotated[str, StringConstraints(pattern=r"^(\+[0-9]{5,15})?$")]


class PhoneChanged(Told):
    """HQ has taken the number down as the member's."""

    member: Identity
