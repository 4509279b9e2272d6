"""A manager closes the business day from the command line; a cashier cannot."""

from datetime import date
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from typer.testing import CliRunner, Result

from pos_app.cli import commands
from pos_app.clock import system_clock
from pos_app.ledger import appointments, members, operators
from pos_app.ledger.appointments import NewOperator
from pos_app.ledger.journal_page import JournalFilter, page
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.rights import NotAllowed
from pos_app.ledger.rules.access import Role
from pos_app.ledger.store.event import Kind
from pos_app.opening import found_ledger, key_store_of, open_ledger
from pos_app.settings import Settings
from tests.shop import MANAGER, intent

CASHIER = ("0217", "507284")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Set up a machine without a key store, with a manager and a cashier."""
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    settings = Settings(data_dir=tmp_path, language="en")
    store = key_store_of(settings, demo=False)
    with found_ledger(settings, store, system_clock, ("徐家汇店", "3 号机")) as ledger:
        first = operators.create_first_manager(ledger, MANAGER[0], "陈静宜", MANAGER[1], intent())
        hired = NewOperator(CASHIER[0], "林晓雯", Role.CASHIER, CASHIER[1])
        appointments.add_operator(ledger, hired, by=first.id, intent=intent())
    return settings


def close(settings: Settings, who: tuple[str, str], *words: str) -> Result:
    asked = ["close-day", "--data", str(settings.data_dir), *words]
    return CliRunner().invoke(commands, asked, input="\n".join(who) + "\n")


def closes(settings: Settings) -> list[tuple[date, int]]:
    """Return the business day of every close, and how many there are."""
    store = key_store_of(settings, demo=False)
    with open_ledger(settings, store, system_clock) as ledger:
        lines = page(ledger, JournalFilter(kinds=(Kind.DAY_CLOSE,)))
        return [(ledger.today(), line.seq) for line in lines]


def test_a_manager_closes_today(settings: Settings) -> None:
    done = close(settings, MANAGER)

    found = closes(settings)
    assert done.exit_code == 0
    assert len(found) == 1
    assert f"Business day {found[0][0].isoformat()} is closed" in done.output


def test_what_the_radar_finds_at_the_close_is_said(settings: Settings) -> None:
    store = key_store_of(settings, demo=False)
    with open_ledger(settings, store, system_clock) as ledger:
        manager = operators.sign_in(ledger, *MANAGER).id
        for n in range(3):
            new = NewMember(f"1390000000{n}", consents=Consents("2026-01"))
            members.register(ledger, new, operator=manager, intent=intent())

    done = close(settings, MANAGER)

    assert "1 alert to be looked at" in done.output


def test_a_day_before_can_be_named(settings: Settings) -> None:
    done = close(settings, MANAGER, "--day", "2026-06-15")

    assert done.exit_code == 0
    assert "Business day 2026-06-15 is closed" in done.output


def test_a_cashier_closes_no_day(settings: Settings) -> None:
    done = close(settings, CASHIER)

    assert isinstance(done.exception, NotAllowed)
    assert closes(settings) == []
