"""Figures led back to what they are made of, as HQ tells them: version 1 of the protocol."""

from __future__ import annotations

from typing import Literal

from pos_app.sync.wire import Count, Identity, Sum, Told

What = Literal["stored_value", "points", "coupons", "debt"]


class FigurePart(Told):
    """A lot, an expiry, a coupon or the debt, and where it lies.

    `about` is of a lot `at`, `paid`, `bonus`, of a coupon `template`, `valid_from`, `valid_until`.
    `amount` = `free` + the sum of `held` - `given_again`; the latter is what the house gave a
    second time when a till was lost, and waits for. Of stored value `bonus` is the bonus in it.
    """

    ref: str
    about: dict[str, int | str]
    amount: int
    bonus: int = 0
    free: int
    held: dict[str, int]
    given_again: int = 0


class FigureStep(Told):
    """One event that changed the figure, and the figure after it.

    An act of HQ itself stands under node 00…00 and epoch 0.
    """

    node: Identity
    epoch: Count
    seq: Count
    kind: str
    at: Count
    refs: dict[str, int]
    amount: int
    bonus: int = 0
    after: int


class Explanation(Told):
    """A figure, the parts of which it is made, and a page of the events behind it, oldest first.

    `figure` comes from the balances that are kept, `explained` from the transfers, less what was
    given again; `even` says that they are equal. What only moved between HQ and a till changed
    nothing, and is not listed. `next` is the `first` of the page behind this one.
    """

    member: Identity
    what: What
    figure: int
    explained: int
    even: bool
    parts: tuple[FigurePart, ...]
    steps: tuple[FigureStep, ...]
    next: Count | None
    time: Count


class Fen(Told):
    """Principal and bonus, in fen."""

    principal: Sum
    bonus: Sum


class LiabilityRoll(Told):
    """What moved the lots that a store sold, and what they hold at the end.

    `closing` = opening + top_ups - spent + refunds - closures + adjustments; `difference` is the
    closing less `lots`, and nothing in a sound book.
    """

    opening: Fen
    top_ups: Fen
    spent: Fen
    refunds: Fen
    closures: Fen
    adjustments: Fen
    closing: Fen
    lots: Fen
    difference: Fen


class SettledAt(Told):
    """What was spent at a store of these lots, less what was given back."""

    store: str
    spent: Fen


class StoreLiability(Told):
    """The liability of the lots that the caller's store sold, rolled from day to day.

    Without `first` from the beginning, without `last` until now. `given_again` is, of the lots,
    what the house gave a second time when a till was lost. `custody` is the least that a bank must
    hold of the principal, by the kind of issuer.
    """

    store: str
    first: str | None
    last: str | None
    roll: LiabilityRoll
    settled: tuple[SettledAt, ...]
    given_again: Fen
    custody: dict[str, int]
    even: bool
    time: Count
