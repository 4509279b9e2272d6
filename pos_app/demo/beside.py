"""A second terminal of the demo store: its own ledger and keys, the same people at work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pos_app.clock import Clock
from pos_app.demo.credentials import Credentials, Login, keep, kept
from pos_app.demo.store import LEDGER_NAME, STORE
from pos_app.demo.trading import new_intent
from pos_app.ledger import appointments, operators
from pos_app.ledger.appointments import NewOperator
from pos_app.ledger.ledger import Founding, Ledger
from pos_app.ledger.rules.access import Role
from pos_app.opening import NoDemo, new_keys
from pos_app.security.keystore import FileKeyStore

NAME = "4 号机"


@dataclass(frozen=True, slots=True)
class Beside:
    """The second terminal of the demo store whose first one lies in a folder."""

    first: Path


def make_beside(folder: Path, demo: Beside, programme: bytes, clock: Clock) -> Credentials:
    """Make the second terminal, unless it is there; the staff of the first one sign in here, too.

    Members come from HQ, and with what it grants comes what checks their PINs.
    Raises NoDemo.
    """
    known = kept(demo.first)
    if known is None:
        raise NoDemo(str(demo.first))
    if kept(folder) is None:
        for leftover in folder.glob(f"{LEDGER_NAME}*"):
            leftover.unlink()
        founding = Founding(*STORE[:2], NAME, programme)
        keys = new_keys(FileKeyStore(folder / "keys"))
        with Ledger(folder / LEDGER_NAME, keys, clock, founding) as ledger:
            _hire(ledger, known.manager, known.cashier)
        keep(known, folder)
    return known


def _hire(ledger: Ledger, manager: Login, cashier: Login) -> None:
    first = operators.create_first_manager(
        ledger, manager.number, manager.name, manager.pin, new_intent()
    )
    hired = NewOperator(cashier.number, cashier.name, Role.CASHIER, cashier.pin)
    appointments.add_operator(ledger, hired, by=first.id, intent=new_intent())
