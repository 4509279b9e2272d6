"""Making the demo store: once, with a year behind it, up to yesterday evening."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from pos_app.clock import Clock
from pos_app.demo.credentials import Credentials, Login, keep, kept, new_pin
from pos_app.demo.history import DAYS, DemoClock, comings
from pos_app.demo.people import Person, some_people
from pos_app.demo.trading import BEST, Street, issue, live_through, new_intent, top_up
from pos_app.ledger import appointments, operators
from pos_app.ledger.appointments import NewOperator
from pos_app.ledger.ledger import Founding, Ledger, LedgerKeys, SecondInstance
from pos_app.ledger.member_edit import StatusChange, set_status
from pos_app.ledger.pin_choice import pin_rules
from pos_app.ledger.rules.access import Role
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.slip_state import mark_all_printed
from pos_app.money import Money
from pos_app.security.pin import KnownOfOwner, PinRules

ZONE = ZoneInfo("Asia/Shanghai")
STORE = ("S001", "徐家汇店", "3 号机")
LEDGER_NAME = "ledger.db"
HQ_FOLDER = "hq"
SECOND_FOLDER = "terminal-2"
_OPENS = time(8, 30)
_BEST = "王晓明"
_BIRTHDAY_IN = 3
_LOST_A_CARD = 1
_TOLD_TIMES = 100
_COUPONS_IN_HAND = ("M300-50", "NEW5", "M500-100", "G200")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How big a demo is: members, visits, and how many members have a wallet and a PIN."""

    members: int = 2_000
    visits: int = 6_500
    wallets: int = 120
    seed: int = 20261121


def make_demo(
    folder: Path, keys: LedgerKeys, programme: bytes, clock: Clock, size: Size, progress: Progress
) -> Credentials:
    """Make the demo store in a folder, unless it is there already; return who can sign in.

    The credentials are written last: a demo whose making was cut off is made anew.
    Raises SecondInstance while another program makes it.
    """
    known = kept(folder)
    if known is not None:
        return known
    lock = FileLock(folder / "demo.lock", blocking=False)
    try:
        with lock:
            return _make(folder, keys, programme, clock(), size, progress)
    except Timeout as taken:
        raise SecondInstance(str(folder / LEDGER_NAME)) from taken


def _make(
    folder: Path, keys: LedgerKeys, programme: bytes, now: datetime, size: Size, progress: Progress
) -> Credentials:
    _clear(folder)
    dice = Random(size.seed)  # noqa: S311 -- invented people, not secrets
    today = now.astimezone(ZONE).date()
    opening = datetime.combine(today - timedelta(days=DAYS), _OPENS, ZONE)
    past = DemoClock(opening)
    with Ledger(folder / LEDGER_NAME, keys, past, Founding(*STORE, programme)) as ledger:
        credentials, street = _move_in(ledger, dice, size, today + timedelta(days=_BIRTHDAY_IN))
        moments = comings(size.members, size.visits, dice, opening)
        step = max(len(moments) // _TOLD_TIMES, 1)
        for done in live_through(ledger, past, street, moments):
            if done % step == 0:
                progress(done, len(moments))
        _end_the_year(ledger, street)
        mark_all_printed(ledger)
        ledger.tidy()
    keep(credentials, folder)
    return credentials


def _clear(folder: Path) -> None:
    """Remove what is left of an earlier demo, with the HQ and the terminal that knew it."""
    for leftover in folder.glob(f"{LEDGER_NAME}*"):
        leftover.unlink()
    for other in (HQ_FOLDER, SECOND_FOLDER):
        shutil.rmtree(folder / other, ignore_errors=True)


def _move_in(
    ledger: Ledger, dice: Random, size: Size, birthday: date
) -> tuple[Credentials, Street]:
    people = some_people(size.members, dice)
    born = (dice.randint(1985, 1995), birthday.month, birthday.day)
    people = (Person(_BEST, people[0].phone, born), *people[1:])
    credentials = _credentials(ledger, people[: size.wallets])
    manager, cashier = credentials.manager, credentials.cashier
    first = operators.create_first_manager(
        ledger, manager.number, manager.name, manager.pin, new_intent()
    )
    hired = appointments.add_operator(
        ledger,
        NewOperator(cashier.number, cashier.name, Role.CASHIER, cashier.pin),
        by=first.id,
        intent=new_intent(),
    )
    wallets = dict(enumerate(credentials.members))
    return credentials, Street(people, wallets, first.id, hired.id, dice)


def _credentials(ledger: Ledger, owners: tuple[Person, ...]) -> Credentials:
    rules = pin_rules(ledger.programme)
    return Credentials(
        manager=Login("0001", "陈静宜", new_pin(rules)),
        cashier=Login("0217", "林晓雯", new_pin(rules)),
        members=tuple(_login(owner, rules) for owner in owners),
    )


def _login(owner: Person, rules: PinRules) -> Login:
    year, month, day = owner.born
    return Login(
        owner.phone, owner.name, new_pin(rules, KnownOfOwner(year, month, day, owner.phone))
    )


def _end_the_year(ledger: Ledger, street: Street) -> None:
    """Fill the best customer's wallet and hand, and freeze the account of a lost card."""
    top_up(ledger, street, BEST, Money(100_000))
    for template in _COUPONS_IN_HAND:
        issue(ledger, street, BEST, template)
    lost = StatusChange(street.ids[_LOST_A_CARD], Status.FROZEN, "本人挂失", new_intent())
    set_status(ledger, lost, operator=street.manager)
