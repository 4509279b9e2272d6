"""The demo's own numbers and PINs: made for one store, shown by it, useless elsewhere."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from pos_app.security.pin import NOBODY, KnownOfOwner, PinRules, weak_pin

FILE_NAME = "demo.json"


@dataclass(frozen=True, slots=True)
class Login:
    """A number and the PIN that goes with it."""

    number: str
    name: str
    pin: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who can sign in to the demo, and which members can pay."""

    manager: Login
    cashier: Login
    members: tuple[Login, ...]


def new_pin(rules: PinRules, owner: KnownOfOwner = NOBODY) -> str:
    """Return a random PIN that the terminal accepts from this owner."""
    while True:
        pin = f"{secrets.randbelow(10**rules.digits):0{rules.digits}d}"
        if weak_pin(pin, rules, owner) is None:
            return pin


def keep(credentials: Credentials, folder: Path) -> None:
    """Write the credentials beside the demo's ledger, readable by this user only.

    They are written aside and renamed, so that there are all of them or none.
    """
    aside = folder / f"{FILE_NAME}.new"
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(credentials), file, ensure_ascii=False)
    aside.replace(folder / FILE_NAME)


def kept(folder: Path) -> Credentials | None:
    """Read the credentials of this demo; None before it is made."""
    path = folder / FILE_NAME
    if not path.exists():
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    return Credentials(
        manager=Login(**found["manager"]),
        cashier=Login(**found["cashier"]),
        members=tuple(Login(**member) for member in found["members"]),
    )
