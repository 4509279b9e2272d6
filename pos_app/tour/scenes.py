"""The first half of the morning: signing in, finding a member, and being paid."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos_app.demo.credentials import Login
from pos_app.tour.visit import Visit
from pos_app.ui.checkout.held_view import HeldButton

Key = Qt.Key
_TOAST_MS = 4_500
_TELLING_MS = 600_000  # at the first start HQ is told a whole year
CONTROL = Qt.KeyboardModifier.ControlModifier


def sign_in(visit: Visit) -> None:
    """Open the till with staff number and PIN."""
    guide, view = visit.guide, visit.program.sign_in_view
    guide.until(view.isVisible, "the sign-in")
    guide.shoot("sign-in")
    cashier = visit.credentials.cashier
    guide.fill(view.number, cashier.number)
    guide.fill(view.pin, cashier.pin)
    guide.until(lambda: visit.on_counter, "the counter")
    guide.until(lambda: visit.is_online, "the green badge", _TELLING_MS)
    guide.wait(300)
    guide.shoot("counter-home")


def find(visit: Visit, login: Login) -> None:
    """Look for a member by the initials of the name, then open the right one by a scan."""
    guide = visit.guide
    guide.press(Key.Key_F1)
    guide.type("wxm")
    guide.until(lambda: bool(visit.counter_state.lookup.hits), "names by their initials")
    guide.shoot("look-up")
    guide.press(Key.Key_Escape)
    guide.scan(login.number)
    guide.until(lambda: visit.counter_state.loaded is not None, "the scanned member")
    guide.wait(200)
    guide.shoot("member-loaded")


def pay_with_everything(visit: Visit, login: Login) -> str:
    """Take coupon, points and stored value behind the PIN, a wrong one first; return the slip."""
    guide, window = visit.guide, visit.window
    guide.press(Key.Key_F2)
    guide.type("328")
    guide.until(lambda: visit.quote is not None, "a price")
    guide.shoot("checkout")
    guide.press(Key.Key_F7)
    guide.until(window.points.isVisible, "the points sheet")
    guide.type("1200")
    guide.shoot("points")
    guide.press(Key.Key_Return)
    guide.until(lambda: not window.points.isVisible(), "the points to be taken")
    guide.press(Key.Key_1, CONTROL)
    guide.shoot("checkout-with-points")
    guide.press(Key.Key_F12)
    guide.until(window.second_factor.isVisible, "the second factor")
    guide.type(login.pin[:3])
    guide.shoot("second-factor")
    guide.type(_wrong_end(login.pin))
    guide.wait(900)
    guide.shoot("second-factor-wrong")
    prove(visit, login)
    guide.wait(500)
    guide.shoot("paid")
    return visit.note_sale("stored value, coupon and points")


def pay_in_two_ways(visit: Visit, login: Login) -> None:
    """Split an order: a part from stored value, the rest by WeChat."""
    guide, window = visit.guide, visit.window
    guide.scan(login.number)
    guide.until(lambda: visit.counter_state.loaded is not None, "the member")
    guide.press(Key.Key_F2)
    guide.type("45.5")
    guide.until(lambda: visit.quote is not None, "a price")
    guide.press(Key.Key_1, CONTROL)
    guide.press(Key.Key_6, CONTROL)
    guide.until(window.panel.detail.split.isVisible, "the split")
    guide.fill(window.panel.detail.split.first, "20")
    guide.press(Key.Key_2, CONTROL)
    guide.wait(200)
    guide.shoot("split-payment")
    guide.press(Key.Key_F12)
    guide.until(window.second_factor.isVisible, "the second factor")
    prove(visit, login)
    visit.note_sale("split payment")


def sell_for_cash(visit: Visit) -> None:
    """Serve somebody who is no member: the fen are rounded down, the change is large."""
    guide, window = visit.guide, visit.window
    guide.press(Key.Key_Escape)
    guide.press(Key.Key_F2)
    guide.type("128.67")
    guide.until(lambda: visit.quote is not None, "a price")
    guide.press(Key.Key_4, CONTROL)
    guide.until(window.panel.detail.cash.isVisible, "the cash pane")
    guide.fill(window.panel.detail.cash.received, "150")
    guide.wait(200)
    guide.shoot("cash")
    guide.press(Key.Key_F12)
    guide.until(lambda: visit.is_paid, "the payment")
    guide.wait(400)
    guide.shoot("cash-paid")
    visit.note_sale("cash")


def put_aside(visit: Visit) -> None:
    """Hold an order, see it on the home page, and fetch it back."""
    guide, window = visit.guide, visit.window
    guide.press(Key.Key_F2)
    guide.type("88")
    guide.until(lambda: visit.quote is not None, "a price")
    guide.press(Key.Key_F8)
    guide.until(lambda: bool(visit.counter_state.home.waiting), "the order put aside")
    guide.shoot("held-order")
    guide.press(Key.Key_F8)
    guide.until(window.held.isVisible, "the held orders")
    guide.click(window.held.findChildren(HeldButton)[0])
    guide.until(lambda: visit.quote is not None, "the order fetched back")
    guide.press(Key.Key_Escape)
    guide.press(Key.Key_Escape)
    guide.wait(_TOAST_MS)


def prove(visit: Visit, login: Login) -> None:
    """Type the member's PIN; where a limit steps up, the manager agrees in the same sheet."""
    guide, consent = visit.guide, visit.window.second_factor.approval
    guide.type(login.pin)
    guide.until(lambda: visit.is_paid or consent.isVisible(), "the payment or a manager's turn")
    if visit.is_paid:
        return
    manager = visit.credentials.manager
    guide.fill(consent.number, manager.number)
    guide.fill(consent.pin, manager.pin)
    guide.until(lambda: visit.is_paid, "the payment with a manager's consent")


def _wrong_end(pin: str) -> str:
    """Return three figures that make the PIN wrong."""
    return "".join(str(9 - int(figure)) for figure in pin[3:])
