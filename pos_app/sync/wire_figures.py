"""A member's figures led back to their events, as HQ tells them: version 1 of the protocol."""

from __future__ import annotations

from typing import Literal

from pos_app.sync.wire import Count, Identity, Told

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
