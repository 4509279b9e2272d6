"""The second half: registering, topping up, giving back, looking things up, locking."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Qt

from pos_app.demo.credentials import Login, new_pin
from pos_app.ledger.pin_choice import pin_rules
from pos_app.ledger.rules.identity_documents import check_digit
from pos_app.security.pin import KnownOfOwner
from pos_app.tour.visit import Visit
from pos_app.ui.refund.state import Planned

Key = Qt.Key
_NEWCOMER = "张䶮"
_DOCUMENT = "31010119900307123"


def register(visit: Visit) -> None:
    """Make a new member: phone, name, PIN, and the two consents."""
    guide, sheet = visit.guide, visit.desk.register_sheet
    guide.press(Key.Key_F3)
    guide.until(sheet.isVisible, "the registration sheet")
    phone = f"199{secrets.randbelow(10**8):08d}"
    pin = new_pin(pin_rules(visit.program.ledger.programme), KnownOfOwner(phone=phone))
    guide.fill(sheet.phone, phone[:7])
    sheet.who.name.setFocus()
    sheet.who.name.insert(_NEWCOMER)  # an input method writes it, not a key
    guide.fill(sheet.who.pin, pin)
    guide.fill(sheet.who.pin_again, pin)
    guide.click(sheet.terms)
    guide.wait(300)
    guide.shoot("register")
    guide.fill(sheet.phone, phone[7:])
    guide.until(sheet.submit.isEnabled, "the number to be found new")
    guide.click(sheet.submit)
    guide.until(lambda: not sheet.isVisible(), "the new member")
    guide.until(lambda: visit.counter_state.loaded is not None, "the new member's card")
    guide.shoot("new-member")


def top_up(visit: Visit) -> None:
    """Top the new member up by a rung of the ladder."""
    guide, view = visit.guide, visit.desk.top_up_view
    guide.press(Key.Key_F6)
    guide.until(view.isVisible, "the top-up page")
    guide.until(lambda: bool(visit.desk.top_up.shown.state.presets), "the ladder")
    guide.fill(view.document.number, _DOCUMENT + check_digit(_DOCUMENT))
    guide.click(view.sums.tickets[1])
    guide.until(lambda: bool(visit.desk.top_up.shown.state.after), "what it brings")
    guide.shoot("top-up")
    guide.click(view.pay.submit)
    guide.until(lambda: visit.desk.top_up.shown.state.outcome is not None, "the top-up")
    guide.shoot("top-up-done")
    guide.click(view.outcome.done)


def _is_settled(planned: Planned | None) -> bool:
    return planned is not None and all(gift.end for gift in planned.gifts)


def give_back(visit: Visit, slip: str) -> None:
    """Refund a sale with a manager's consent; every fen is shown before it moves."""
    guide, view, case = visit.guide, visit.desk.refund_view, visit.desk.refund
    guide.press(Key.Key_F9)
    guide.until(view.isVisible, "the refund page")
    guide.shoot("refund-find")
    guide.fill(view.finder.slip, slip)
    guide.press(Key.Key_Return)
    guide.until(lambda: case.shown.state.slip is not None, "the sale")
    guide.click(view.what.reasons.all_buttons()[0])
    guide.until(lambda: case.shown.state.planned is not None, "where every fen goes")
    for gift in view.plan.gifts.rows:
        guide.click(gift.ends.button_of("back"))
    guide.until(lambda: _is_settled(case.shown.state.planned), "what becomes of the gifts")
    guide.fill(view.plan.tail, slip[-4:])
    guide.shoot("refund-plan")
    guide.click(view.plan.submit)
    guide.until(view.right.pane.isVisible, "the manager's consent")
    manager = visit.credentials.manager
    guide.fill(view.right.pane.number, manager.number)
    guide.shoot("refund-approval")
    guide.fill(view.right.pane.pin, manager.pin)
    guide.until(lambda: case.shown.state.outcome is not None, "the refund")
    guide.shoot("refund-done")
    guide.click(view.outcome.done)


def look_closer(visit: Visit, login: Login) -> None:
    """Open everything about a member, tab by tab."""
    guide, member = visit.guide, visit.desk.member
    guide.scan(login.number)
    guide.until(lambda: visit.counter_state.loaded is not None, "the member")
    guide.press(Key.Key_F10)
    guide.until(lambda: member.shown.state.identity is not None, "the member's page")
    for tab in ("overview", "value", "points", "coupons", "tier", "orders"):
        member.choose_tab(tab)
        guide.wait(120)
        guide.shoot(f"member-{tab}")
    guide.press(Key.Key_Escape)


def read_the_journal(visit: Visit) -> None:
    """Read the day's events and explain the newest one to its last transfer."""
    guide, journal = visit.guide, visit.desk.journal
    visit.desk.shell.go("journal")
    guide.until(lambda: bool(journal.shown.state.rows), "the day's events")
    guide.shoot("journal")
    journal.explain(journal.shown.state.rows[0].key)
    guide.until(lambda: journal.shown.state.explained is not None, "the event explained")
    guide.shoot("journal-explained")
    visit.desk.shell.home()


def lock(visit: Visit) -> None:
    """Lock the till; the order would stay."""
    guide, view = visit.guide, visit.program.sign_in_view
    guide.press(Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    guide.until(view.isVisible, "the lock screen")
    guide.shoot("locked")
