"""How a member's tier follows, as HQ tells it: version 1 of the protocol."""

from __future__ import annotations

from pos_app.sync.wire import Count, Epoch, Identity, Sum, Told


class TierOrder(Told):
    """An order that counts, or below zero a return, on the day of its sale."""

    node: Identity
    epoch: Epoch
    seq: Count
    event: Identity | None
    kind: str
    on: str
    spend: Sum
    growth: Sum


class TierGiven(Told):
    """A tier that a person gave, up to and with its last day."""

    tier: str
    until: str


class TierNext(Told):
    """What is missing to the next tier; either is enough."""

    tier: str
    spend_missing: Count
    growth_missing: Count


class TierFall(Told):
    """The fall at the next review, if neither of what is missing comes by then."""

    tier: str
    on: str
    spend_missing: Sum
    growth_missing: Sum


class TierView(Told):
    """The tier of a day, and everything that makes it so.

    `reason` is why; `reached` is what the figures alone reach, `held` the tier that waits for its
    review. `protected_until` is the first day on which it can be lost.
    """

    member: Identity
    on: str
    programme: str
    tier: str
    reason: str
    first_day: str
    spend: Sum
    growth: Sum
    spend_needed: Count
    growth_needed: Count
    reached: str
    held: str
    held_since: str
    protected_until: str | None
    review_on: str | None
    given: TierGiven | None
    next: TierNext | None
    falls: TierFall | None
    orders: tuple[TierOrder, ...]
