"""A manager appoints an operator from the command line; no PIN is ever an argument."""

from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from typer.testing import CliRunner

from pos_app.cli import commands
from pos_app.clock import system_clock
from pos_app.ledger import operators
from pos_app.ledger.operators import SignInRefused
from pos_app.ledger.rules.access import Role
from pos_app.opening import found_ledger, key_store_of, open_ledger
from pos_app.settings import Settings
from tests.shop import MANAGER, intent

NEW_PIN = "507284"
ASKED = ["add-operator", "--number", "0217", "--name", "林晓雯"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Set up a machine without a key store, whose ledger has its first manager."""
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    settings = Settings(data_dir=tmp_path, language="en")
    store = key_store_of(settings, demo=False)
    with found_ledger(settings, store, system_clock, ("徐家汇店", "3 号机")) as ledger:
        operators.create_first_manager(ledger, MANAGER[0], "陈静宜", MANAGER[1], intent())
    return settings


def appoint(settings: Settings, manager_pin: str) -> int:
    typed = "\n".join((MANAGER[0], manager_pin, NEW_PIN, NEW_PIN))
    folder = ["--data", str(settings.data_dir)]
    return CliRunner().invoke(commands, [*ASKED, *folder], input=f"{typed}\n").exit_code


def test_a_manager_appoints_a_cashier_who_can_then_sign_in(settings: Settings) -> None:
    code = appoint(settings, MANAGER[1])

    store = key_store_of(settings, demo=False)
    with open_ledger(settings, store, system_clock) as ledger:
        cashier = operators.sign_in(ledger, "0217", NEW_PIN)
    assert (code, cashier.name, cashier.role) == (0, "林晓雯", Role.CASHIER)


def test_without_a_manager_s_pin_nobody_is_appointed(settings: Settings) -> None:
    code = appoint(settings, "111222")

    store = key_store_of(settings, demo=False)
    with open_ledger(settings, store, system_clock) as ledger, pytest.raises(SignInRefused):
        operators.sign_in(ledger, "0217", NEW_PIN)
    assert code != 0
