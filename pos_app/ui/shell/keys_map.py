"""Which intent each key starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from pos_app.ui.kit.keys import COUPONS, TENDERS, Action
from pos_app.ui.shell.presenter import ShellPresenter

TENDER_NAMES = ("stored_value", "wechat", "alipay", "cash", "card")
Acts = Mapping[str, Callable[[], None]]


def acts_of(
    shell: ShellPresenter, find: Callable[[], None], coupons: Callable[[], None]
) -> dict[str, Callable[[], None]]:
    """Return what each action of the key map does; finding and coupons are the window's."""
    checkout = shell.checkout
    tenders = {
        action.value: partial(checkout.choose_tender, name)
        for action, name in zip(TENDERS, TENDER_NAMES, strict=True)
    }
    tickets = {
        action.value: partial(shell.counter.toggle_coupon_at, place)
        for place, action in enumerate(COUPONS, start=1)
    }
    return {
        Action.FIND.value: find,
        Action.AMOUNT.value: shell.home,
        Action.REGISTER.value: shell.register,
        Action.COUPONS.value: coupons,
        Action.REFRESH.value: shell.renew,
        Action.TOP_UP.value: shell.top_up,
        Action.POINTS.value: shell.use_points,
        Action.HOLD.value: checkout.hold,
        Action.REFUND.value: shell.refund,
        Action.MEMBER.value: shell.details,
        Action.DRAWER.value: shell.open_drawer,
        Action.PAY.value: checkout.pay,
        Action.PRINT.value: shell.reprint,
        Action.LOCK.value: shell.lock,
        **tenders,
        **tickets,
    }
