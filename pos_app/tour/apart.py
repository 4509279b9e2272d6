"""The afternoon without HQ: what is held here is spent, what is not is refused, all ends even."""

from __future__ import annotations

import re
from dataclasses import asdict

from PySide6.QtCore import Qt

from pos_app.demo.credentials import Login
from pos_app.embedded import EmbeddedHq
from pos_app.ids import IntentId, new_id
from pos_app.ledger import counter, day_close, members, operators, outbox
from pos_app.ledger.counter import MemberAtCounter
from pos_app.ledger.grants import NotGranted
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.rules.holder import Status
from pos_app.money import Money
from pos_app.tour.scenes import CONTROL, prove
from pos_app.tour.second_till import SecondTill
from pos_app.tour.visit import Visit
from pos_app.ui.shell.ways import SYNC
from pos_app.ui.text import sentence

Key = Qt.Key
_HELD_LEAST = Money(3_000)
_FREE_LEAST = Money(5_000)
_SMALL = Money(1_200)
_LONG_MS = 120_000
_CELL = re.compile(r": terminal (-?\d+), HQ (-?\d+)")


def lose_hq(visit: Visit, hq: EmbeddedHq, served: Login) -> Login:
    """Stop HQ for real; return a member who has an allowance here and more at HQ.

    Not the one who was just served: what is left of those rights is about to go back to HQ.
    """
    guide = visit.guide
    logins = tuple(login for login in visit.credentials.members if login != served)
    waited_for = "an allowance that came in advance"
    guide.until(lambda: _allowance(visit, logins) is not None, waited_for, _LONG_MS)
    visit.aside(hq.stop)
    login = _allowance(visit, logins)
    assert login is not None, "nobody but HQ takes it away"
    guide.press(Key.Key_F5)
    guide.until(lambda: visit.link is not None and visit.link.badge.icon == "wifi-off", "offline")
    guide.scan(login.number)
    guide.until(lambda: visit.counter_state.loaded is not None, "the member")
    guide.wait(200)
    guide.shoot("offline-member")
    return login


def pay_from_the_holding(visit: Visit, login: Login) -> None:
    """Pay out of what lies here, behind the PIN as ever."""
    guide, window = visit.guide, visit.window
    _ring_up(visit, "18")
    guide.press(Key.Key_F12)
    guide.until(window.second_factor.isVisible, "the second factor")
    prove(visit, login)
    guide.wait(500)
    guide.shoot("offline-paid")
    visit.note_sale("stored value without HQ")


def ask_for_more(visit: Visit, login: Login) -> None:
    """Ask for more than lies here, though the member has it: it is refused, with ways out."""
    guide = visit.guide
    guide.scan(login.number)
    guide.until(lambda: visit.counter_state.loaded is not None, "the member")
    member = _member(visit, login)
    _ring_up(visit, str((member.balance + _FREE_LEAST).minor // 100))
    panel = visit.desk.shell.checkout
    guide.until(lambda: panel.shown.state.notice is not None, "the refusal")
    guide.press(Key.Key_F12)
    guide.shoot("offline-not-covered")
    notice = panel.shown.state.notice
    assert notice is not None, "it was waited for"
    assert not visit.is_paid, "nobody spends what lies at HQ"
    visit.figures["not covered without HQ"] = {
        "wanted": panel.shown.state.due,
        "told": notice.text,
        "offers": [action.text for action in notice.actions],
    }
    guide.press(Key.Key_Escape)
    guide.press(Key.Key_Escape)


def look_what_waits(visit: Visit) -> None:
    """Open the page of what HQ has not heard yet."""
    guide, link = visit.guide, visit.program.link
    assert link is not None, "this till belongs to an HQ"
    guide.until(lambda: not visit.window.toasts.texts, "the last toast to go")
    visit.desk.shell.go(SYNC)
    guide.until(lambda: bool(link.page.shown.state.rows), "what waits")
    guide.shoot("offline-waiting")
    visit.desk.shell.home()


def spend_elsewhere(visit: Visit, hq: EmbeddedHq, login: Login) -> Money:
    """Let a second terminal reach HQ first: it gets nothing of what the first one holds.

    Returns what the member then has here and free at HQ.
    """
    link = visit.program.link
    assert link is not None, "this till belongs to an HQ"
    link.pause()
    whole = _member(visit, login).whole
    visit.aside(lambda: _begin(hq, visit))
    second = _second(visit, hq)
    tried = visit.aside(lambda: second.spend(login, whole, _SMALL))
    assert (tried.granted, bool(tried.reason)) == (0, True), "the same money is never granted twice"
    told = sentence(NotGranted(_member(visit, login).id, tried.reason))
    visit.figures["second terminal"] = {**asdict(tried), "told": told}
    taken = tried.then_paid + tried.held_after - tried.held_before
    return whole - Money(taken)


def come_back(visit: Visit, login: Login, left: Money) -> None:
    """Reach HQ again: the badge turns green, nothing waits, and the member's money adds up."""
    guide, link = visit.guide, visit.program.link
    assert link is not None, "this till belongs to an HQ"
    link.resume()
    guide.until(lambda: visit.is_online, "the green badge", _LONG_MS)
    guide.until(lambda: _unsent(visit) == 0, "HQ to hear everything", _LONG_MS)
    guide.until(lambda: _member(visit, login).whole == left, "every fen that is left", _LONG_MS)
    guide.scan(login.number)
    guide.until(lambda: visit.counter_state.loaded is not None, "the member")
    guide.wait(200)
    guide.shoot("online-again")
    guide.press(Key.Key_Escape)


def close_the_day(visit: Visit, hq: EmbeddedHq) -> None:
    """Close the business day at both terminals, and let HQ compare every figure."""
    guide, manager = visit.guide, visit.credentials.manager
    day = visit.at_ledger(lambda ledger: _close(ledger, manager))
    guide.press(Key.Key_F5)
    guide.until(lambda: _unsent(visit) == 0, "HQ to hear of the close", _LONG_MS)
    second = _second(visit, hq)
    left = visit.aside(second.close_day)
    assert left == 0, "the second terminal has told everything, too"
    done = visit.aside(lambda: hq.run("reconcile", day))
    cells = [(int(here), int(there)) for here, there in _CELL.findall(done.stdout)]
    visit.figures["reconciliation"] = {
        "day": day,
        "terminals": done.stdout.count(": closed"),
        "cells": len(cells),
        "differences": sum(here != there for here, there in cells),
        "result": (done.stdout.strip().splitlines() or [""])[-1],
    }
    assert done.returncode == 0, done.stdout + done.stderr


def _ring_up(visit: Visit, amount: str) -> None:
    guide = visit.guide
    guide.press(Key.Key_F2)
    guide.type(amount)
    guide.until(lambda: visit.quote is not None, "a price")
    guide.press(Key.Key_1, CONTROL)
    guide.until(lambda: visit.quote is not None, "a price from stored value")


def _allowance(visit: Visit, logins: tuple[Login, ...]) -> Login | None:
    return visit.at_ledger(lambda ledger: _whose_allowance(ledger, logins))


def _whose_allowance(ledger: Ledger, logins: tuple[Login, ...]) -> Login | None:
    for login in logins:
        member = _opened(ledger, login)
        held = member.wallet.principal + member.wallet.bonus
        enough = held >= _HELD_LEAST and member.whole >= held + _FREE_LEAST
        if enough and member.status is Status.NORMAL:
            return login
    return None


def _member(visit: Visit, login: Login) -> MemberAtCounter:
    return visit.at_ledger(lambda ledger: _opened(ledger, login))


def _opened(ledger: Ledger, login: Login) -> MemberAtCounter:
    hit = members.find_exact(ledger, login.number)
    assert hit is not None, "the demo's own members are known"
    return counter.open_member(ledger, hit.id)


def _close(ledger: Ledger, manager: Login) -> str:
    who = operators.sign_in(ledger, manager.number, manager.pin)
    day = ledger.today()
    day_close.close_day(ledger, day, operator=who.id, intent=IntentId(new_id()))
    return day.isoformat()


def _unsent(visit: Visit) -> int:
    return visit.at_ledger(lambda ledger: outbox.unsent(ledger).count)


def _begin(hq: EmbeddedHq, visit: Visit) -> str:
    node = visit.program.ledger.node
    hq.begin(node.store, node.store_name)
    return hq.address()


def _second(visit: Visit, hq: EmbeddedHq) -> SecondTill:
    return SecondTill(visit.program.settings.data_dir, visit.program.settings, hq)
